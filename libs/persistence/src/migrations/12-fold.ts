import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A build that adds dossiers' entries up otherwise finds the states that an older one wrote, and rebuilds them. */
export class Fold1764300000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.dossier add column fold integer not null default 1;
comment on column desk.dossier.fold is
  'Which way of adding entries up made state. Rows of another than desk''s own are rebuilt from the journal before it serves.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table desk.dossier drop column fold');
  }
}
