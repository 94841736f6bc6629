import type { Instant } from '#calendar';

const DAY_MS = 24 * 3_600_000;

/** Somebody who was, is or will be away, and what becomes of their work meanwhile. */
export interface DemoAbsence {
  readonly officialId: string;
  /** From (inclusive) to (exclusive). */
  readonly from: Instant;
  readonly until: Instant;
  /** Who was given the work on the first day, and by which head; null: nobody, and it lay. */
  readonly transfer: { readonly to: string; readonly by: string } | null;
}

/** The same, in days before (negative) and after the present begins. */
const away: readonly (Pick<DemoAbsence, 'officialId' | 'transfer'> & { readonly days: readonly [number, number] })[] = [
  { officialId: 'cuong', days: [-138, -124], transfer: { to: 'viet', by: 'kha' } },
  { officialId: 'minh', days: [-61, -47], transfer: null },
  { officialId: 'viet', days: [1, 15], transfer: null },
];

/**
 * Cường's work was given to Việt on the first day. Minh's lay for two weeks, and what was late then shows in the figures. Việt goes
 * as the present begins, and what becomes of his work is for whoever watches.
 */
export function absencesAround(now: Instant): readonly DemoAbsence[] {
  const day = (days: number) => new Date(Date.parse(now) + days * DAY_MS).toISOString();
  return away.map(({ officialId, transfer, days: [from, until] }) => ({
    officialId,
    transfer,
    from: day(from),
    until: day(until),
  }));
}

/** The absence somebody is in at an instant. */
export function absentAt(absences: readonly DemoAbsence[], officialId: string, at: Instant): DemoAbsence | undefined {
  return absences.find((one) => one.officialId === officialId && one.from <= at && at < one.until);
}
