import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import type { PostHolder } from '#contracts';
import type { Action } from '#domain';
import type { Refusal } from '#platform';
import { uuidPattern } from '../command/request';

/** Whether a look stands in the log already, along everything that answers one request. */
const answering = new AsyncLocalStorage<{ isLogged: boolean }>();

/** Answers a request, and says whether a look was written down for it. */
export async function notingLooks<Result>(
  answer: () => Promise<Result>,
): Promise<{ result: Result; isLogged: boolean }> {
  const looks = { isLogged: false };
  const result = await answering.run(looks, answer);
  return { result, isLogged: looks.isLogged };
}

function noteLook(): void {
  const looks = answering.getStore();
  if (looks) looks.isLogged = true;
}

/** Writes down a look at personal data, of no dossier in particular where it is null. Append-only; moves no sequence, event or ETag. */
export async function logLook(
  manager: EntityManager,
  { actor }: { readonly actor: PostHolder },
  action: Action,
  dossierId: string | null,
  attachmentId: string | null = null,
): Promise<void> {
  noteLook();
  const { officialId, postId, officeId } = actor;
  await manager.query(
    `insert into desk.access_log (official_id, post_id, office_id, action, dossier_id, attachment_id)
     values ($1, $2, $3, $4, $5, $6)`,
    [officialId, postId, officeId, action, dossierId, attachmentId],
  );
}

/** Whom a complaint is about. */
interface About {
  readonly officialId: string | null;
  readonly officeId: string | null;
}

/**
 * The same where somebody complains by the receipt of a dossier. The line says when, and of which dossier: for whom the complaint is
 * about it is not there.
 */
export async function logComplaint(
  manager: EntityManager,
  { actor: { officialId, postId, officeId } }: { readonly actor: PostHolder },
  dossierId: string,
  about: About,
): Promise<void> {
  const action: Action = 'speak-with-secret';
  await manager.query(
    `insert into desk.access_log (official_id, post_id, office_id, action, dossier_id, about_official_id, about_office_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [officialId, postId, officeId, action, dossierId, about.officialId, about.officeId],
  );
}

/** The same of several dossiers at once: of a list, each line is a look. */
export async function logLooks(
  manager: EntityManager,
  { actor: { officialId, postId, officeId } }: { readonly actor: PostHolder },
  action: Action,
  dossierIds: readonly string[],
): Promise<void> {
  noteLook();
  await manager.query(
    `insert into desk.access_log (official_id, post_id, office_id, action, dossier_id)
     select $1, $2, $3, $4, unnest($5::uuid[])`,
    [officialId, postId, officeId, action, dossierIds],
  );
}

/** Writes down what somebody was not let do. On a connection of its own: the transaction it was asked in is undone. */
export async function logRefusal(
  manager: EntityManager,
  { officialId, postId, officeId }: PostHolder,
  { action, route, dossierId, outcome }: Refusal,
): Promise<void> {
  await manager.query(
    `insert into desk.access_log (official_id, post_id, office_id, action, dossier_id, outcome, route)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      officialId,
      postId,
      officeId,
      action,
      dossierId !== null && uuidPattern.test(dossierId) ? dossierId : null,
      outcome,
      route,
    ],
  );
}
