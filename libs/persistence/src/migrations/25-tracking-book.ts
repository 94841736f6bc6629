import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tracking book of a day reads that day, and not all that was ever received. */
export class TrackingBook1764300000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index dossier_by_receipt on desk.dossier ((state->>'clockStartedAt'), code, office_id) where code is not null;
comment on index desk.dossier_by_receipt is
  'For the tracking book: what was received in a period, in its order. The instant is the text of the fold, which sorts as time does.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index desk.dossier_by_receipt;');
  }
}
