import type { Instant } from '#calendar';
import type { PostHolder } from '#contracts';
import { actingIn } from './deputies';
import { canTakeWork, officesUpward } from './offices-in-time';
import {
  holderOfPost,
  isValidAt,
  officialsIn,
  type Mandate,
  type MandateAction,
  type Organisation,
} from './organisation';

/** What somebody is to answer for: dossiers of a procedure (null: of any) at an office. */
export interface Matter {
  readonly action: MandateAction;
  readonly officeId: string;
  readonly procedureCode: string | null;
}

/** Somebody who may, and by what right: as head of an office, in the place of its head, or by a mandate with its basis. */
export interface Answerable extends PostHolder {
  readonly by: 'head' | 'deputy' | 'mandate';
  /** The office whose head may, or for which the mandate was given. */
  readonly forOfficeId: string;
  readonly legalBasis: string | null;
}

/**
 * Who answers for a matter at an instant: the heads of the office and of those above it, who stands in for a head that is away
 * or missing, and whoever holds a mandate. Nearest first.
 */
export function answerableFor(organisation: Organisation, matter: Matter, at: Instant): readonly Answerable[] {
  const upward = officesUpward(organisation, matter.officeId, at);
  const heads = upward.flatMap(({ id, headPostId }): readonly Answerable[] => {
    const holders = holdersOf(organisation, headPostId, at);
    const deputy = deputyIn(organisation, headPostId, at);
    const rest = { forOfficeId: id, legalBasis: null };
    return [
      ...holders.map((holder) => ({ ...holder, by: 'head' as const, ...rest })),
      ...deputy.map((holder) => ({ ...holder, by: 'deputy' as const, ...rest })),
    ];
  });
  const mandated = mandatesFor(organisation, matter, at).flatMap((mandate) => mandatedBy(organisation, mandate, at));
  return [...heads, ...mandated];
}

/** The mandates that are declared for a matter and hold at an instant, whoever has them: of its office and of those above. */
export function mandatesFor(organisation: Organisation, matter: Matter, at: Instant): readonly Mandate[] {
  const offices = new Set(officesUpward(organisation, matter.officeId, at).map(({ id }) => id));
  return organisation.mandates
    .filter(({ action, procedureCode }) => action === matter.action && covers(procedureCode, matter.procedureCode))
    .filter((mandate) => isValidAt(mandate, at) && offices.has(officeIdOf(organisation, mandate, at)));
}

/** Whether an official may at an instant, by whichever post. */
export function mayAnswer(organisation: Organisation, officialId: string, matter: Matter, at: Instant): boolean {
  return answerableFor(organisation, matter, at).some((one) => one.officialId === officialId);
}

/** A mandate for an office that has ended goes on for its successor. */
function officeIdOf(organisation: Organisation, { officeId }: Mandate, at: Instant): string {
  return officesUpward(organisation, officeId, at)[0]?.id ?? officeId;
}

function covers(given: string | null, asked: string | null): boolean {
  return given === null || given === asked;
}

/**
 * A post's mandate is used by who holds the post and, while they are away or it is vacant, by who stands in; a person's by nobody
 * else. A post of an office that has ended is held no more, whatever its tenure says.
 */
function mandatedBy(organisation: Organisation, mandate: Mandate, at: Instant): readonly Answerable[] {
  const { officialId, postId, officeId: forOfficeId, legalBasis } = mandate;
  const holders = postId === null ? postsOf(organisation, officialId ?? '', at) : usersOf(organisation, postId, at);
  return holders
    .filter((holder) => canTakeWork(organisation, holder, at))
    .map((holder) => ({ ...holder, by: 'mandate', forOfficeId, legalBasis }));
}

function usersOf(organisation: Organisation, postId: string, at: Instant): readonly PostHolder[] {
  return [...holdersOf(organisation, postId, at), ...deputyIn(organisation, postId, at)];
}

/** Who acts in a post by another. */
function deputyIn(organisation: Organisation, postId: string, at: Instant): readonly PostHolder[] {
  const acting = actingIn(organisation, postId, at);
  return acting && acting.postId !== postId ? [acting] : [];
}

function holdersOf(organisation: Organisation, postId: string, at: Instant): readonly PostHolder[] {
  const post = holderOfPost(organisation, postId, at);
  if (!post) return [];
  return officialsIn(organisation, postId, at).map((officialId) => ({ ...post, officialId }));
}

/** A mandate given to a person holds while that person holds a post, and in each post that they hold. */
function postsOf(organisation: Organisation, officialId: string, at: Instant): readonly PostHolder[] {
  const held = organisation.tenures.filter((tenure) => tenure.officialId === officialId && isValidAt(tenure, at));
  return held.flatMap(({ postId }) => {
    const post = holderOfPost(organisation, postId, at);
    return post ? [{ ...post, officialId }] : [];
  });
}
