import type { Instant } from '#calendar';
import type { Addressee, PostHolder, Tell } from '#contracts';
import { isConcerned, type Concerned } from './concerned';
import { becomesAt, officesUpward } from './offices-in-time';
import { holderOfPost, holdsPost, isValidAt, officialsIn, type Office, type Organisation } from './organisation';

/**
 * Who acts in a post at an instant: who holds it and is there; else who so acts in the first post that stands in for it, also
 * a deputy's deputy. Null where nobody does.
 */
export function actingIn(organisation: Organisation, postId: string, at: Instant): PostHolder | null {
  const acting = actingPost(organisation, postId, at, new Set());
  const holder = acting === null ? null : holderOfPost(organisation, acting, at);
  const [officialId] = acting === null ? [] : presentIn(organisation, acting, at);
  return holder && officialId !== undefined ? { ...holder, officialId } : null;
}

/** The posts that an official stands in for at an instant by the post held: vacant ones, and those whose holder is away. */
export function postsStoodInFor(organisation: Organisation, holder: PostHolder, at: Instant): readonly string[] {
  if (!holdsPost(organisation, holder, at) || isAbsent(organisation, holder.officialId, at)) return [];
  const deputised = organisation.deputies.filter((deputy) => isValidAt(deputy, at)).map(({ postId }) => postId);
  return [...new Set(deputised)].filter(
    (postId) => postId !== holder.postId && actingPost(organisation, postId, at, new Set()) === holder.postId,
  );
}

/**
 * Whom a rung tells. A head's post that is vacant, or whose holder is away, is answered by its deputy; without one the
 * telling goes on to the next office above that has somebody, so that it is never lost. Where nobody is there at all, the
 * first such post is told, with whoever holds it. Whom a complaint is about is passed over likewise; where nobody above is left,
 * the next below is told.
 */
export function addresseeOf(
  organisation: Organisation,
  tell: Tell,
  responsible: PostHolder,
  at: Instant,
  concerned: Concerned | null = null,
): Addressee {
  if (tell === 'responsible-official') return responsible;
  const upward = officesUpward(organisation, responsible.officeId, at);
  const posts = postsToTell(tell, upward);
  const below = upward.map(({ headPostId }) => headPostId).filter((postId) => !posts.includes(postId));
  return (
    firstToldOf(organisation, posts, at, concerned) ??
    firstToldOf(organisation, below.reverse(), at, concerned) ??
    responsible
  );
}

/** Who acts in the first of some posts in which somebody does; else the first of them, as it is held. */
function firstToldOf(
  organisation: Organisation,
  posts: readonly string[],
  at: Instant,
  concerned: Concerned | null,
): Addressee | null {
  const acting = posts.flatMap((postId) => actingIn(organisation, postId, at) ?? []);
  const held = posts.flatMap((postId) => holderOfPost(organisation, postId, at) ?? []);
  return [...acting, ...held].find((told) => !isConcerned(concerned, told, becomesAt(organisation, at))) ?? null;
}

/** The posts that would be told, in the order in which one steps in for another. */
function postsToTell(tell: Exclude<Tell, 'responsible-official'>, upward: readonly Office[]): readonly string[] {
  const heads = upward.map(({ headPostId }) => headPostId);
  const last = Math.max(0, heads.length - 1);
  switch (tell) {
    case 'head-of-office':
      return heads;
    case 'head-of-parent-office':
      return heads.slice(Math.min(1, last));
    case 'head-of-authority':
      return heads.slice(last);
    case 'steering-committee': {
      const leads = upward.flatMap(({ committeePostId }) => committeePostId ?? []);
      return [...leads, ...heads.slice(last)];
    }
  }
}

function actingPost(organisation: Organisation, postId: string, at: Instant, passed: Set<string>): string | null {
  if (presentIn(organisation, postId, at).length > 0) return postId;
  passed.add(postId);
  for (const deputy of organisation.deputies) {
    if (deputy.postId !== postId || !isValidAt(deputy, at) || passed.has(deputy.deputyPostId)) continue;
    const acting = actingPost(organisation, deputy.deputyPostId, at, passed);
    if (acting !== null) return acting;
  }
  return null;
}

function presentIn(organisation: Organisation, postId: string, at: Instant): readonly string[] {
  return officialsIn(organisation, postId, at).filter((officialId) => !isAbsent(organisation, officialId, at));
}

function isAbsent({ absences }: Organisation, officialId: string, at: Instant): boolean {
  return absences.some((absence) => absence.officialId === officialId && isValidAt(absence, at));
}
