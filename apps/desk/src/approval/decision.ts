import type { EntityManager } from 'typeorm';
import { NotTheProposer } from '#domain';
import type { Subject } from '../access/desk-access';
import type { Decision, DecisionColumns } from './approval';

const tables = {
  approval:
    'desk.approval set decision = $2, decided_by = $3, decided_at = $4, reason_code = $5 where approval_id = $1',
  document:
    'desk.document_proposal set decision = $2, decided_by = $3, decided_at = $4, reason_code = $5 where proposal_id = $1',
} as const;

/** Ends a proposal that waits, under the lock that each decision upon it takes first; answers its row as it is then. */
export async function ended<Row extends DecisionColumns>(
  manager: EntityManager,
  proposal: { readonly of: keyof typeof tables; readonly id: string; readonly row: Row },
  { actor, at }: Subject,
  { decision, reasonCode }: Decision,
): Promise<Row> {
  const { of, id, row } = proposal;
  const values = [id, decision, JSON.stringify(actor), at, reasonCode];
  await manager.query(`update ${tables[of]} and decision is null`, values);
  return { ...row, decision, decided_by: actor, decided_at: new Date(at), reason_code: reasonCode };
}

/** @throws NotTheProposer */
export function requireProposer({ proposed_by: proposedBy }: DecisionColumns, { actor }: Subject): void {
  if (proposedBy.officialId !== actor.officialId) throw new NotTheProposer();
}
