import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A dossier that was helped, received and decided in three offices is found from the one that decides. */
export class DecidingOffice1764300000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.dossier
  add column deciding_office_id text not null generated always as (coalesce(state->>'decidingOfficeId', office_id)) stored;
comment on column desk.dossier.deciding_office_id is
  'Who decides: the office that received it, where no other was named. Drawn from state, which in rows of an older fold does not say it.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table desk.dossier drop column deciding_office_id');
  }
}
