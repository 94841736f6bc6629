import {
  bodiesOf,
  calendarReference,
  dossierFrom,
  latenessOf,
  lifeUntil,
  livedUntil,
  type Bodies,
  type Fact,
  type Lateness,
  type LifeInterval,
  type Timekeeping,
} from '#domain';

/**
 * Who held a dossier in which step, whose clock ran, how its lateness divides over those who held it; and which bodies were late
 * with steps and opinions of their own, while the lead answers to the applicant.
 */
export interface ResponsibilityView extends Bodies {
  readonly dossierId: string;
  /** Where the intervals end: with the dossier, or now. */
  readonly until: string;
  /** The calendar that working time is counted by, `id/version`: the newest. */
  readonly calendar: string;
  readonly intervals: readonly LifeInterval[];
  /** Against what was first promised; null where nothing was. */
  readonly lateness: {
    /** Of an online submission that waited for its answer. */
    readonly acceptance: Lateness | null;
    readonly appointment: Lateness | null;
    readonly legal: Lateness | null;
  };
}

/** A dossier's whole responsibility from its entries, until now while it is open. @throws CalendarNotValid */
export function responsibilityOf(facts: readonly Fact[], timekeeping: Timekeeping, now: string): ResponsibilityView {
  const dossier = dossierFrom(facts);
  const { presentCalendar } = timekeeping;
  const until = livedUntil(dossier, now);
  return {
    dossierId: dossier.dossierId,
    until,
    calendar: calendarReference(presentCalendar.id, presentCalendar.version),
    intervals: lifeUntil(facts, presentCalendar, until),
    lateness: {
      acceptance: latenessOf('acceptanceDueAt', facts, timekeeping, until),
      appointment: latenessOf('appointmentAt', facts, timekeeping, until),
      legal: latenessOf('legalDueAt', facts, timekeeping, until),
    },
    ...bodiesOf(facts, timekeeping, until),
  };
}
