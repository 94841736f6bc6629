import type { Instant } from '#calendar';
import type { Addressee, PostHolder } from '#contracts';
import type { FourEyesAct } from './conditions';
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
  /** From when it exists (inclusive); null: always. */
  readonly validFrom: Instant | null;
  /** When it ends (exclusive); null: no end is known. */
  readonly validUntil: Instant | null;
  /**
   * Who takes over its open work when it ends: several name the same one in a merge, one in a change of name or level; in a
   * split it is the one that takes what is not handed on dossier by dossier. Null where it does not end, or holds no dossiers.
   */
  readonly successorId: string | null;
  /** The post that leads the steering committee for the office and those below it; null: that of the office above. */
  readonly committeePostId: string | null;
  /** The number that citizens may call, as they are to read it; null where they are told none. */
  readonly phone: string | null;
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

/** The post that stands in for another from when (inclusive) to when (exclusive; null: until further notice). */
export interface Deputy {
  readonly postId: string;
  readonly deputyPostId: string;
  readonly from: Instant;
  readonly until: Instant | null;
}

/** An official who is away from when (inclusive) to when (exclusive; null: not known yet). Why is nobody's business here. */
export interface Absence {
  readonly officialId: string;
  readonly from: Instant;
  readonly until: Instant | null;
}

/** What a mandate can be for. */
export const mandateActions = ['decide', 'sign-apology', 'approve-exception'] as const;
export type MandateAction = (typeof mandateActions)[number];

/** A post, or one person whatever their post, may do what else the head of an office does; given from when to when. */
export interface Mandate {
  /** Either this or {@link postId}; the other is null. */
  readonly officialId: string | null;
  readonly postId: string | null;
  readonly action: MandateAction;
  /** Null: for every procedure. */
  readonly procedureCode: string | null;
  /** For dossiers held in or decided by this office and those below it. */
  readonly officeId: string;
  readonly from: Instant;
  readonly until: Instant | null;
  /** The decision that gives it. */
  readonly legalBasis: string;
}

/** Offices, posts and people as one whole; past acts are judged by what was valid then. */
export interface Organisation {
  readonly offices: readonly Office[];
  readonly posts: readonly Post[];
  readonly officials: readonly Official[];
  readonly tenures: readonly PostTenure[];
  readonly deputies: readonly Deputy[];
  readonly absences: readonly Absence[];
  readonly mandates: readonly Mandate[];
  /** Which acts take two persons in its offices; a small office with one head may leave it empty. */
  readonly fourEyes: readonly FourEyesAct[];
}

/** True from `from` (inclusive) to `until` (exclusive; null: without end). */
export function isValidAt({ from, until }: { from: Instant; until: Instant | null }, at: Instant): boolean {
  return from <= at && (until === null || at < until);
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

/** All who held the post at that instant, by id. */
export function officialsIn({ tenures }: Organisation, postId: string, at: Instant): readonly string[] {
  return tenures
    .filter((tenure) => tenure.postId === postId && isValidAt(tenure, at))
    .map(({ officialId }) => officialId)
    .sort();
}
