import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Open dossiers, those that ended a moment ago and those that are blocked are found without reading all of years. */
export class Watched1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index dossier_open on desk.dossier (dossier_id) where ended_at is null;
create index dossier_ended on desk.dossier (last_recorded_at) where ended_at is not null;
create index watch_blocked on clock.watch (dossier_id) where blocked;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index desk.dossier_open, desk.dossier_ended, clock.watch_blocked');
  }
}
