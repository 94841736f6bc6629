import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an office has of its own on top of the calendar above is kept beside the calendar that both make. */
export class OwnCalendars1764200000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.work_calendar add column own jsonb;
comment on column desk.work_calendar.own is
  'What the office itself has (body is that on top of the calendar it inherits); a new version of the calendar above makes a new one of this. Null for a calendar that is whole.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table desk.work_calendar drop column own');
  }
}
