import type { Instant } from '#calendar';
import type { DueInstants, PostHolder, WorkTransferDecided } from '#contracts';
import { actingIn } from './deputies';
import { holderOf, type Dossier, type Status } from './dossier';
import { hasEnded, officesUpward } from './offices-in-time';
import { isValidAt, type Organisation } from './organisation';

/** Whose work goes to whom: what somebody decides. */
export type WorkTransfer = Pick<WorkTransferDecided, 'fromOfficialId' | 'fromOfficeId' | 'to' | 'assignments'>;

/** The offices whose work a transfer hands on because they have ended by an instant; none where an official's is. */
export function endedOfficesOf(organisation: Organisation, transfer: WorkTransfer, at: Instant): readonly string[] {
  const { fromOfficialId, fromOfficeId } = transfer;
  if (fromOfficialId !== null) return [];
  return organisation.offices
    .filter((office) => hasEnded(office, at) && (fromOfficeId === null || office.id === fromOfficeId))
    .map(({ id }) => id);
}

/**
 * Who takes a dossier in a transfer: as assigned, else whom the transfer names, else the heir of an ended office's holder.
 * Null: it stays where it is.
 */
export function takerOf(
  organisation: Organisation,
  transfer: WorkTransfer,
  dossier: Dossier,
  at: Instant,
): PostHolder | null {
  const assigned = transfer.assignments.find(({ dossierId }) => dossierId === dossier.dossierId)?.to ?? transfer.to;
  if (assigned !== null || transfer.fromOfficialId !== null) return assigned;
  return heirOf(organisation, holderOf(dossier), at);
}

/**
 * Who goes on with what somebody held in an office that has ended: the same official, where they hold a post in its successor;
 * else who acts as its head, or as head of the nearest office above. Null where nobody does.
 */
function heirOf(organisation: Organisation, { officialId, officeId }: PostHolder, at: Instant): PostHolder | null {
  const upward = officesUpward(organisation, officeId, at);
  const [successor] = upward;
  const held = organisation.tenures.filter((tenure) => tenure.officialId === officialId && isValidAt(tenure, at));
  const moved = organisation.posts.find(
    (post) => post.officeId === successor?.id && held.some(({ postId }) => postId === post.id),
  );
  if (moved) return { officialId, postId: moved.id, officeId: moved.officeId };
  for (const { headPostId } of upward) {
    const head = actingIn(organisation, headPostId, at);
    if (head) return head;
  }
  return null;
}

/** An open dossier that a transfer would hand on, as `desk` tells it. */
export interface TransferableDossier {
  readonly dossierId: string;
  readonly code: string | null;
  /** That received it. */
  readonly officeId: string;
  readonly procedureCode: string;
  readonly status: Status;
  readonly due: DueInstants;
  /** Of the calendar it is counted by: by its clock people read the instants. An IANA name. */
  readonly timeZone: string;
  readonly from: PostHolder;
  /** Null: it would stay. */
  readonly to: PostHolder | null;
  /** It would stay because it is late, and to reassign it takes two persons: it is proposed and approved by itself. */
  readonly takesTwo: boolean;
}
