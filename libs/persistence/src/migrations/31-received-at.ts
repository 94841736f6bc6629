import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a dossier was received is a column: behind a wall an index serves only comparisons that tell nobody anything of a row they
 * may not see, and taking a field out of JSON is none of them. The tracking book read all that was ever received.
 */
export class ReceivedAt1764300000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index desk.dossier_by_receipt;
alter table desk.dossier add column received_at text generated always as (state->>'clockStartedAt') stored;
comment on column desk.dossier.received_at is
  'When the legal clock started, ISO 8601 UTC, as in state: text of this form sorts as time does. Null before it is accepted.';
create index dossier_by_receipt on desk.dossier (received_at, code, office_id) where code is not null;
comment on index desk.dossier_by_receipt is 'For the tracking book: what was received in a period, in its order.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index desk.dossier_by_receipt;
alter table desk.dossier drop column received_at;
create index dossier_by_receipt on desk.dossier ((state->>'clockStartedAt'), code, office_id) where code is not null;`);
  }
}
