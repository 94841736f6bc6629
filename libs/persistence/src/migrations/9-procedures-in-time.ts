import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of a version of a procedure, whose content never changes. */
export class ProceduresInTime1764300000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.procedure_version
  add column state text not null default 'published' check (state in ('draft', 'published', 'withdrawn')),
  add column withdrawn_from date,
  add check ((state = 'withdrawn') = (withdrawn_from is not null));
comment on table desk.procedure_version is
  'body is never changed once loaded: a dossier keeps the version it was accepted with. state goes from draft to published to withdrawn, by entries of the catalogue''s stream.';
comment on column desk.procedure_version.withdrawn_from is
  'The first local day on which it takes no new dossiers; null unless withdrawn.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.procedure_version drop column withdrawn_from, drop column state`);
  }
}
