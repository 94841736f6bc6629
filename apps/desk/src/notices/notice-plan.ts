import type { EntityManager } from 'typeorm';
import { noticesCausedBy, type Fact } from '#domain';

/**
 * Writes down what the applicant is to be told of these facts, in their transaction and in one statement. Of a dossier that names
 * no applicant nobody is told.
 */
export async function planNotices(manager: EntityManager, facts: readonly Fact[]): Promise<void> {
  const planned = noticesCausedBy(facts).map(({ fact, kind }) => {
    return { dossier_id: fact.subject, cause_sequence: fact.sequence, kind };
  });
  if (planned.length === 0) return;
  await manager.query(
    `insert into desk.notice (dossier_id, cause_sequence, kind)
     select dossier_id, cause_sequence, kind from json_populate_recordset(null::desk.notice, $1) planned
     where exists (select from desk.applicant where applicant.dossier_id = planned.dossier_id)`,
    [JSON.stringify(planned)],
  );
}
