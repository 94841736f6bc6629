import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The state of a dossier holds its fees. Of those stored before, the fees are what their journal says: each payment that was
 * asked for, and whether it came.
 */
export class Fees1764300000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
with requested as (
  select asked.stream, asked.sequence, asked.body::jsonb as body,
    (select paid.body::jsonb->>'time' from desk.journal paid
     where paid.stream = asked.stream and paid.sequence > asked.sequence and paid.type = 'dossier-payment-received'
     order by paid.sequence limit 1) as paid_at
  from desk.journal asked where asked.type = 'dossier-payment-requested'
),
fees as (
  select stream, jsonb_agg(jsonb_build_object(
    'feeId', 'payment-' || sequence,
    'stopsClock', true,
    'basis', null,
    'legalBasis', null,
    'collectedAt', null,
    'currency', body->'data'->'currency',
    'chargedMinor', body->'data'->'amountMinor',
    'chargedAt', body->'time',
    'paidMinor', case when paid_at is null then '0'::jsonb else body->'data'->'amountMinor' end,
    'paidAt', paid_at,
    'receiptNumber', null,
    'method', null,
    'refundedMinor', 0) order by sequence) as fees
  from requested group by stream
)
update desk.dossier set state = state || jsonb_build_object('fees', coalesce(
  (select fees.fees from fees where fees.stream = dossier_id::text), '[]'::jsonb))
where not state ? 'fees';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update desk.dossier set state = state - 'fees'`);
  }
}
