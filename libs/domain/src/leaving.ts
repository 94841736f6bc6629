import type { Instant } from '#calendar';
import { actingIn } from './deputies';
import { isValidAt, type Absence, type Organisation, type PostTenure } from './organisation';

/** An official who, by a later version of an organisation, is not in a post any more, or for a time. */
export interface Leaving {
  readonly officialId: string;
  readonly postId: string;
  readonly because: 'tenure' | 'absence';
  /** From when; what is past counts from now. */
  readonly from: Instant;
  /** Until when they are away; null where they do not come back, or nobody knows when. */
  readonly until: Instant | null;
  /** Who acts in the post then; null where nobody does. */
  readonly actingOfficialId: string | null;
}

/** Who leaves a post by a later version of an organisation, or is away from one that they hold, in the order of the document. */
export function leavings(before: Organisation, after: Organisation, now: Instant): readonly Leaving[] {
  const left = before.tenures.flatMap((tenure) => {
    const from = leftAt(tenure, after.tenures, now);
    return from === null ? [] : [{ ...tenure, because: 'tenure' as const, from, until: null }];
  });
  const away = newAbsences(before, after).flatMap((absence) => {
    const from = laterOf(absence.from, now);
    if (absence.until !== null && absence.until <= from) return [];
    return postsHeld(after.tenures, absence.officialId, from).map((postId) => {
      return { ...absence, postId, because: 'absence' as const, from };
    });
  });
  return [...left, ...away].map(({ officialId, postId, because, from, until }) => {
    const acting = actingIn(after, postId, from)?.officialId ?? null;
    return { officialId, postId, because, from, until, actingOfficialId: acting };
  });
}

/**
 * The first instant, not before now, at which a tenure lasts and the later version has the official not in that post; null where
 * there is none. Asked of the post and not of the tenure: who stays leaves nothing, whatever is corrected about when they began.
 */
function leftAt(tenure: PostTenure, after: readonly PostTenure[], now: Instant): Instant | null {
  const ends = after.flatMap(({ until }) => until ?? []);
  const instants = [now, tenure.from, ...ends].filter((at) => at >= now && isValidAt(tenure, at)).sort();
  return instants.find((at) => !postsHeld(after, tenure.officialId, at).includes(tenure.postId)) ?? null;
}

function newAbsences(before: Organisation, { absences }: Organisation): readonly Absence[] {
  const isKnown = (absence: Absence) =>
    before.absences.some(
      ({ officialId, from, until }) =>
        officialId === absence.officialId && from === absence.from && until === absence.until,
    );
  return absences.filter((absence) => !isKnown(absence));
}

function postsHeld(tenures: readonly PostTenure[], officialId: string, at: Instant): readonly string[] {
  return tenures.filter((one) => one.officialId === officialId && isValidAt(one, at)).map(({ postId }) => postId);
}

function laterOf(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}
