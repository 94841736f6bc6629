import type { EntityManager } from 'typeorm';
import type { Action } from '#domain';
import type { Subject } from './desk-access';

/** Writes down a look at personal data, of no dossier in particular where it is null. Append-only; moves no sequence, event or ETag. */
export async function logLook(
  manager: EntityManager,
  { actor }: Subject,
  action: Action,
  dossierId: string | null,
): Promise<void> {
  const { officialId, postId, officeId } = actor;
  await manager.query(
    `insert into desk.access_log (official_id, post_id, office_id, action, dossier_id) values ($1, $2, $3, $4, $5)`,
    [officialId, postId, officeId, action, dossierId],
  );
}
