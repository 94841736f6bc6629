import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an office has of its own on top of the calendar above is kept beside the calendar that both make. The latest results of
 * a procedure at an office are found without reading all of years: ids rise with time.
 */
export class OwnCalendars1764200000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.work_calendar add column own jsonb;
comment on column desk.work_calendar.own is
  'What the office itself has (body is that on top of the calendar it inherits); a new version of the calendar above makes a new one of this. Null for a calendar that is whole.';
create index dossier_results on desk.dossier (procedure_code, office_id, dossier_id)
  where status in ('processed', 'returned');
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index desk.dossier_results; alter table desk.work_calendar drop column own');
  }
}
