import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A dossier that was open in another system is taken over once, and found by the number that people have on paper. */
export class ExternalNumbers1764300000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table desk.external_number (
  system     text not null,
  number     text not null,
  dossier_id uuid not null unique,
  primary key (system, number)
);
comment on table desk.external_number is
  'Of each dossier taken over: its number in the system where it was open before. Rows are added, never changed.';
create index external_number_number on desk.external_number (number);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table desk.external_number');
  }
}
