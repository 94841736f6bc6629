import type { Instant } from '#calendar';
import type { Addressee, PostHolder, Tell } from '#contracts';
import { isConcerned, type Concerned } from './concerned';
import type { Role } from './roles';

/** A unit of the organisation. The one without a parent is the authority. */
export interface Office {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  /** The post whose holder answers for the office. */
  readonly headPostId: string;
  /** The post that answers for online submissions until they are accepted; null where the office takes none. */
  readonly receptionPostId: string | null;
  /** What the office's dossier codes begin with, for example `H41.16681`. */
  readonly codePrefix: string;
  /** The work calendar of the office and of those below it; null: that of the office above. */
  readonly calendarId: string | null;
}

/** A function held in an office. Rights hang on posts, never on persons. */
export interface Post {
  readonly id: string;
  readonly officeId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface Official {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/** Who held which post from when (inclusive) to when (exclusive; null: still). */
export interface PostTenure {
  readonly officialId: string;
  readonly postId: string;
  readonly from: Instant;
  readonly until: Instant | null;
}

/** Offices, posts and people as one whole; past acts are judged by the tenures of then. */
export interface Organisation {
  readonly offices: readonly Office[];
  readonly posts: readonly Post[];
  readonly officials: readonly Official[];
  readonly tenures: readonly PostTenure[];
}

/** True when that official held that post of that office at that instant. */
export function holdsPost(organisation: Organisation, holder: PostHolder, at: Instant): boolean {
  const post = organisation.posts.find(({ id }) => id === holder.postId);
  return post?.officeId === holder.officeId && officialsIn(organisation, holder.postId, at).includes(holder.officialId);
}

/** The official who held the post at that instant; null when vacant. Of several the first by id, so that it is always the same. */
export function holderOfPost(organisation: Organisation, postId: string, at: Instant): Addressee | null {
  const post = organisation.posts.find(({ id }) => id === postId);
  if (!post) return null;
  return { officialId: officialsIn(organisation, postId, at)[0] ?? null, postId, officeId: post.officeId };
}

/** The office and all above it, nearest first. */
export function officesUpward(organisation: Organisation, officeId: string): readonly Office[] {
  const office = organisation.offices.find(({ id }) => id === officeId);
  if (!office) return [];
  return office.parentId === null ? [office] : [office, ...officesUpward(organisation, office.parentId)];
}

/** The calendar an office works by: its own, else that of the nearest office above; null where none has one. */
export function calendarIdOf(organisation: Organisation, officeId: string): string | null {
  return officesUpward(organisation, officeId).find(({ calendarId }) => calendarId !== null)?.calendarId ?? null;
}

/** The office and all below it. */
export function officesBelow(organisation: Organisation, officeId: string): readonly string[] {
  const children = organisation.offices.filter(({ parentId }) => parentId === officeId);
  return [officeId, ...children.flatMap(({ id }) => officesBelow(organisation, id))];
}

/**
 * Whom a rung tells. A vacant head's post hands on to the next office above that has a head, so that a telling is never
 * lost; where all are vacant the post itself is told. Whom a complaint is about is passed over likewise; where nobody above is
 * left, the next below is told.
 */
export function addresseeOf(
  organisation: Organisation,
  tell: Tell,
  responsible: PostHolder,
  at: Instant,
  concerned: Concerned | null = null,
): Addressee {
  if (tell === 'responsible-official') return responsible;
  const heads = officesUpward(organisation, responsible.officeId).flatMap(({ headPostId }) => {
    const head = holderOfPost(organisation, headPostId, at);
    return head ? [head] : [];
  });
  const eligible = (some: readonly Addressee[]) => some.filter((head) => !isConcerned(concerned, head));
  const level = Math.min(levelsUp(tell, heads.length), heads.length - 1);
  const upward = eligible(heads.slice(level));
  const told = upward.find(({ officialId }) => officialId !== null) ?? upward[0];
  return told ?? eligible(heads.slice(0, level)).at(-1) ?? responsible;
}

function levelsUp(tell: Exclude<Tell, 'responsible-official'>, levels: number): number {
  switch (tell) {
    case 'head-of-office':
      return 0;
    case 'head-of-parent-office':
      return 1;
    case 'head-of-authority':
      return levels - 1;
  }
}

function officialsIn({ tenures }: Organisation, postId: string, at: Instant): readonly string[] {
  return tenures
    .filter((tenure) => tenure.postId === postId && tenure.from <= at && (tenure.until === null || at < tenure.until))
    .map(({ officialId }) => officialId)
    .sort();
}
