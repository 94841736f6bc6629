import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was refused stands beside what was looked at. */
export class Refusals1764300000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.access_log
  add column outcome text not null default 'allowed' check (outcome in ('allowed', 'forbidden', 'not-found')),
  add column route   text;
comment on table desk.access_log is
  'Every look at personal data, and every refusal: forbidden, or not-found for a dossier that the caller may not see or that is not there. route is method and pattern, of refusals alone. Append-only; moves no sequence, event or ETag.';
create index access_log_by_dossier on desk.access_log (dossier_id, id) where dossier_id is not null;
create index access_log_by_official on desk.access_log (official_id, id);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index desk.access_log_by_dossier;
drop index desk.access_log_by_official;
delete from desk.access_log where outcome <> 'allowed';
alter table desk.access_log drop column outcome, drop column route;
`);
  }
}
