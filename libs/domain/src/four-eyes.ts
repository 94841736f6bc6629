import type { Instant } from '#calendar';
import type { PostHolder } from '#contracts';
import { conditions, fourEyesCommands, type DocumentAct, type FourEyesCommand } from './conditions';
import { postsStoodInFor } from './deputies';
import type { Dossier } from './dossier';
import { DossierError } from './errors';
import { scopeOf, type Action } from './policy';
import { holdsPost, officialsIn, type Organisation, type Post } from './organisation';

/** A post somebody acts in: the one held, or one that is stood in for. */
export interface ActingPost {
  readonly post: Post;
  /** Whose place is taken by acting in it: whoever holds the post that is stood in for; of one's own nobody's. */
  readonly inPlaceOf: readonly string[];
}

/** The posts that an official acts in at an instant by the post held; none where it is not held. */
export function postsActedIn(organisation: Organisation, holder: PostHolder, at: Instant): readonly ActingPost[] {
  if (!holdsPost(organisation, holder, at)) return [];
  const stoodInFor = postsStoodInFor(organisation, holder, at);
  return organisation.posts.flatMap((post) => {
    if (post.id === holder.postId) return [{ post, inPlaceOf: [] }];
    return stoodInFor.includes(post.id) ? [{ post, inPlaceOf: officialsIn(organisation, post.id, at) }] : [];
  });
}

/** Who answers for an act as persons: whoever did it, and those in whose place they did. */
export function personsOf(officialId: string, { inPlaceOf }: Pick<ActingPost, 'inPlaceOf'>): readonly string[] {
  return [officialId, ...inPlaceOf];
}

/** True where nobody is on both sides: an author and a deputy acting for them are one person. */
export function areTwo(authors: readonly string[], deciding: readonly string[]): boolean {
  return !authors.some((person) => deciding.includes(person));
}

/** Whether it takes two to give a dossier this command at an instant. */
export function takesTwo(
  command: string,
  dossier: Dossier,
  { fourEyes }: Pick<Organisation, 'fourEyes'>,
  at: Instant,
): command is FourEyesCommand {
  const held = fourEyesCommands.find((name) => name === command && fourEyes.includes(name));
  if (held === undefined) return false;
  return conditions[held] === 'four-eyes' || isLate(dossier, at);
}

/**
 * Whether it takes two to load a document at an instant: where the organisation says so, and somebody else holds the right, or
 * several do. Left to one, the others having gone, it is theirs alone, or their deputy's: who could not load an organisation could
 * not name a second either. Two who are away are still two: whoever stands in for both is one.
 */
export function documentTakesTwo(
  act: DocumentAct,
  organisation: Organisation,
  authors: readonly string[],
  at: Instant,
): boolean {
  return organisation.fourEyes.includes(act) && othersEntitled(act, organisation, authors, at).length > 0;
}

/**
 * Who holds a post that entitles to an act at an instant and is none of its authors, by their ids. Where all of several are among
 * them, because one person stands in for each, it is all of them.
 */
export function othersEntitled(
  act: Action,
  organisation: Organisation,
  authors: readonly string[],
  at: Instant,
): readonly string[] {
  const entitled = organisation.posts.filter(({ roles }) => scopeOf(act, roles) !== null);
  const holders = [...new Set(entitled.flatMap(({ id }) => officialsIn(organisation, id, at)))];
  const others = holders.filter((id) => !authors.includes(id));
  return others.length === 0 && holders.length > 1 ? holders : others;
}

/** Past one of its due instants by the office's clock, which may have been stopped since. */
function isLate({ due, status, suspensions, processedAt }: Dossier, at: Instant): boolean {
  const reached = suspensions.find(({ until }) => until === null)?.from ?? processedAt ?? at;
  const instants = status === 'submitted' ? [due.acceptanceDueAt] : [due.stepDueAt, due.appointmentAt, due.legalDueAt];
  return instants.some((instant) => instant !== null && instant < reached);
}

/** Thrown when one person gives a command that takes two in their office. */
export class FourEyes extends DossierError {
  readonly code = 'FOUR_EYES';
  readonly kind = 'conflict';

  constructor(
    readonly command: string,
    /** Where it is proposed. */
    route = '/dossiers/{dossierId}/approvals',
  ) {
    super(`"${command}" takes two persons here: propose it with POST ${route}; another who has the right approves it.`);
  }
}

/** Thrown when somebody would approve what they proposed, or what was proposed in their place or by whom they stand in for. */
export class OwnProposal extends DossierError {
  readonly code = 'OWN_PROPOSAL';
  readonly kind = 'conflict';

  constructor() {
    super('Nobody approves what they proposed themselves, nor in the place of who proposed it; another person must.');
  }
}
