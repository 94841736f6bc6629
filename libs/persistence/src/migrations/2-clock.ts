import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `clock`: which entries it has heard of each dossier, and what it could not read. */
export class Clock1763900000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create schema clock;

create table clock.watch (
  dossier_id   uuid        primary key,
  heard        integer     not null,
  heard_hash   char(64)    not null,
  next_rung_at timestamptz,
  told         integer     not null default 0,
  closed       boolean     not null default false,
  blocked      boolean     not null default false
);
comment on table clock.watch is
  'Per dossier: the last entry heard, and the last one its workflow was told. Both only grow.';

create table clock.dead_letter (
  id           bigint generated always as identity primary key,
  topic        text not null,
  partition    integer not null,
  kafka_offset text not null,
  message_key  text not null,
  body         text not null,
  stream       text,
  reason       text not null,
  recorded_at  timestamptz not null default clock_timestamp(),
  unique (topic, partition, kafka_offset)
);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema clock cascade');
  }
}
