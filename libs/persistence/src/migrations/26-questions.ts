import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A note that asks whoever holds the dossier, and waits to be read by them. */
export class Questions1764300000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.note add column asks_holder boolean not null default false;
alter table desk.note drop constraint note_check4;
alter table desk.note add constraint note_read_of_what_waits check (read_at is null or official_id is null or asks_holder);
alter table desk.note add constraint note_asks_colleagues check (not asks_holder or visibility = 'office');
comment on column desk.note.asks_holder is
  'A question to whoever holds the dossier; read_at and read_by say when the holder had read it, as of an answer.';
drop index desk.note_unread;
create index note_unread on desk.note (dossier_id) where (official_id is null or asks_holder) and read_at is null;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index desk.note_unread;
alter table desk.note drop constraint note_asks_colleagues;
update desk.note set read_at = null, read_by = null where asks_holder;
alter table desk.note drop constraint note_read_of_what_waits;
alter table desk.note drop column asks_holder;
alter table desk.note add constraint note_check4 check (read_at is null or official_id is null);
create index note_unread on desk.note (dossier_id) where official_id is null and read_at is null;
`);
  }
}
