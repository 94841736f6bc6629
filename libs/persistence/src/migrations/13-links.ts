import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which dossiers belong together, so that a link is found from both sides. */
export class Links1764300000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table desk.dossier_link (
  dossier_id       uuid    not null,
  sequence         integer not null,
  kind             text    not null,
  other_dossier_id uuid    not null,
  primary key (dossier_id, sequence)
);
comment on table desk.dossier_link is
  'What each dossier was noted to belong to, by the entry that says so: one row, never edited. The other dossier has no entry of it.';
create index dossier_link_by_other on desk.dossier_link (other_dossier_id);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table desk.dossier_link');
  }
}
