import type { Instant } from '#calendar';
import { dueInstants, type ClockFacts, type Timekeeping } from './deadlines';
import type { Dossier, Suspension, SuspensionReason } from './dossier';
import { punctuality, type Punctuality } from './outcome';

/** From an instant (inclusive) to another (exclusive), mapped time. */
export interface Period {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * The four balances of a unit and a period (Circular 01/2020/TT-VPCP). Each line is counted on its own, so that they can be checked:
 * `received` = online + in person + carried over; `settled` = early + on time + late; `pending` = within + overdue; and received =
 * settled + pending.
 *
 * A dossier counts from its acceptance; a submission that waits or was refused is none yet. It is settled when its result is
 * there, or it ends without one.
 */
export interface Balances {
  readonly received: {
    readonly total: number;
    readonly online: number;
    /** At the desk, and by every other way that is not online. */
    readonly inPerson: number;
    /** Accepted before the period and not settled by its beginning. */
    readonly carriedOver: number;
  };
  readonly settled: { readonly total: number; readonly early: number; readonly onTime: number; readonly late: number };
  readonly pending: { readonly total: number; readonly within: number; readonly overdue: number };
}

/** By which rule a rate of punctuality was computed; named with every figure, because the two differ. */
export type RateFormula = 'decision-766-index-2.1' | 'circular-01-2020';

/** How many of how many were on time. */
export interface PunctualityRate {
  readonly formula: RateFormula;
  readonly onTime: number;
  readonly of: number;
  /** With two decimals; null where there is nothing to count. */
  readonly percent: number | null;
}

/** What was counted so far of a period. Plain data: dossiers are added one by one, so that no set of them is ever held at once. */
export interface Tally {
  readonly balances: Balances;
  /** By Decision 766: finished on time, or open and within the limit. */
  readonly keptBy766: number;
}

/** Nothing counted yet. */
export const emptyTally: Tally = {
  balances: {
    received: { total: 0, online: 0, inPerson: 0, carriedOver: 0 },
    settled: { total: 0, early: 0, onTime: 0, late: 0 },
    pending: { total: 0, within: 0, overdue: 0 },
  },
  keptBy766: 0,
};

/** A line of the balances, or a sum of them: each number that is told names one. */
export const figures = [
  'received',
  'online',
  'inPerson',
  'carriedOver',
  'settled',
  'early',
  'onTime',
  'late',
  'pending',
  'within',
  'overdue',
] as const;
export type Figure = (typeof figures)[number];

/** Where a dossier stands in the balances of a period: how it came, and what became of it. */
export interface Standing {
  readonly coming: Exclude<keyof Balances['received'], 'total'>;
  /** Null while it is pending at the end of the period. */
  readonly settled: Exclude<keyof Balances['settled'], 'total'> | null;
  /** Null where it is settled by then. */
  readonly pending: Exclude<keyof Balances['pending'], 'total'> | null;
}

/**
 * Where a dossier stands in a period; null where it is in none of its figures. What happened to it at or after the end of the
 * period changes nothing.
 *
 * Punctual against the first promise, moved by each stop that began while it was kept: neither an extension nor a supplement
 * asked for too late makes a dossier punctual. One without any limit is on time.
 *
 * @throws CalendarNotValid
 */
export function standingIn(period: Period, dossier: Dossier, timekeeping: Timekeeping): Standing | null {
  const receivedAt = receivedAtOf(dossier);
  const doneAt = doneIn(period, dossier);
  const isCounted = receivedAt !== null && receivedAt < period.until && (doneAt === null || doneAt >= period.from);
  if (!isCounted) return null;
  const kept = keptAt(dossier, timekeeping, doneAt ?? period.until);
  return {
    coming: comingOf(dossier, receivedAt, period),
    settled: doneAt === null ? null : settledNames[kept],
    pending: doneAt !== null ? null : kept === 'late' ? 'overdue' : 'within',
  };
}

/** Whether a dossier is one of those that a figure counts: what lists them asks what counts them. */
export function isOfFigure(figure: Figure, { coming, settled, pending }: Standing): boolean {
  if (figure === 'received') return true;
  if (figure === 'settled') return settled !== null;
  if (figure === 'pending') return pending !== null;
  return [coming, settled, pending].includes(figure);
}

/** The tally with one dossier more; see {@link standingIn}. @throws CalendarNotValid */
export function tallied(tally: Tally, dossier: Dossier, timekeeping: Timekeeping, period: Period): Tally {
  const standing = standingIn(period, dossier, timekeeping);
  if (standing === null) return tally;
  const { coming, settled, pending } = standing;
  const { balances } = tally;
  return {
    balances: {
      received: oneMore(balances.received, coming),
      settled: settled === null ? balances.settled : oneMore(balances.settled, settled),
      pending: pending === null ? balances.pending : oneMore(balances.pending, pending),
    },
    keptBy766: tally.keptBy766 + (isKeptBy766(dossier, timekeeping, period.until) ? 1 : 0),
  };
}

/** What figures may be told apart by, besides the month. */
export const groupings = ['office', 'official', 'procedure', 'channel'] as const;
export type Grouping = (typeof groupings)[number];

/**
 * To which group a dossier counts in a period: the office that received it; the official who held it when it was settled, or else
 * at the end of the period; its procedure; the channel it came by. Each dossier counts to one, so that groups add up to the whole.
 */
export function groupOf(grouping: Grouping, dossier: Dossier, period: Period): string {
  switch (grouping) {
    case 'office':
      return dossier.officeId;
    case 'official':
      return holderAt(dossier, doneIn(period, dossier) ?? period.until);
    case 'procedure':
      return dossier.procedureCode;
    case 'channel':
      return dossier.channel;
  }
}

/** Who held it just before an instant: whoever is handed it at that instant has done nothing yet. */
function holderAt({ responsibility }: Dossier, at: Instant): string {
  const held = responsibility.findLast(({ from }) => from < at) ?? responsibility[0];
  return held?.officialId ?? '';
}

/** When it was settled, if that was before the end of the period. */
function doneIn({ until }: Pick<Period, 'until'>, { processedAt, endedAt }: Dossier): Instant | null {
  const settledAt = processedAt ?? endedAt;
  return settledAt !== null && settledAt < until ? settledAt : null;
}

/**
 * How punctual a unit was, by both rules in use. Decision 766/QĐ-TTg, index 2.1: (finished on time + open and within the limit) /
 * all that was received or handled. Circular 01/2020/TT-VPCP: (early + on time) / settled.
 */
export function ratesOf({ balances: { received, settled }, keptBy766 }: Tally): readonly PunctualityRate[] {
  return [
    rate('decision-766-index-2.1', keptBy766, received.total),
    rate('circular-01-2020', settled.early + settled.onTime, settled.total),
  ];
}

function rate(formula: RateFormula, onTime: number, of: number): PunctualityRate {
  return { formula, onTime, of, percent: of === 0 ? null : Math.round((onTime * 10_000) / of) / 100 };
}

const settledNames = { early: 'early', 'on-time': 'onTime', late: 'late' } as const;

function oneMore<Line extends { readonly total: number }>(line: Line, name: Exclude<keyof Line, 'total'>): Line {
  return { ...line, total: line.total + 1, [name]: Number(line[name]) + 1 };
}

/** What was taken over from another system came in there. */
function comingOf(
  { channel, takenOver, clockStartedAt }: Dossier,
  receivedAt: Instant,
  { from }: Period,
): Standing['coming'] {
  const cameBefore = takenOver !== undefined && clockStartedAt !== null && clockStartedAt < from;
  if (receivedAt < from || cameBefore) return 'carriedOver';
  return channel === 'online' ? 'online' : 'inPerson';
}

/** The clock of a successor began with its predecessor, that of work taken over elsewhere: both count from their first entry here. */
function receivedAtOf({ clockStartedAt, responsibility: [first] }: Dossier): Instant | null {
  if (clockStartedAt === null || !first) return null;
  return clockStartedAt > first.from ? clockStartedAt : first.from;
}

function keptAt(dossier: Dossier, timekeeping: Timekeeping, at: Instant): Punctuality {
  const promisedAt = promiseAt(dossier, timekeeping, at);
  return promisedAt === null ? 'on-time' : punctuality(timekeeping.calendar, promisedAt, at);
}

/**
 * Decision 766 names one interval that is subtracted, that of the only supplement; a second one makes the dossier overdue. An
 * open dossier is measured at the end of the period; one that the applicant asked to withdraw, at that.
 */
function isKeptBy766(dossier: Dossier, timekeeping: Timekeeping, until: Instant): boolean {
  const supplements = dossier.suspensions.filter(({ reason, from }) => reason === 'supplement' && from < until);
  if (supplements.length > 1) return false;
  const asked = dossier.suspensions.find(({ reason, ...stop }) => reason === 'withdrawal' && standsAt(stop, until));
  const doneAt = doneIn({ until }, dossier) ?? asked?.from ?? until;
  const promisedAt = promiseAt(dossier, timekeeping, doneAt, ['supplement']);
  return promisedAt === null || doneAt <= promisedAt;
}

function standsAt({ from, until }: Pick<Suspension, 'from' | 'until'>, at: Instant): boolean {
  return from < at && (until === null || until >= at);
}

/** What was first promised, as it stood at an instant; null where nothing limits. */
function promiseAt(
  dossier: Dossier,
  timekeeping: Timekeeping,
  at: Instant,
  reasons: readonly SuspensionReason[] | null = null,
): Instant | null {
  const stops = dossier.suspensions
    .filter(({ reason, from }) => from < at && (reasons === null || reasons.includes(reason)))
    .map((stop) => ({ ...stop, until: stop.until === null || stop.until > at ? at : stop.until }))
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  let counted: readonly Suspension[] = [];
  for (const stop of stops) {
    const promisedAt = promiseWith(dossier, counted, timekeeping);
    if (promisedAt === null || stop.from > promisedAt) return promisedAt;
    counted = [...counted, stop];
  }
  return promiseWith(dossier, counted, timekeeping);
}

function promiseWith(dossier: Dossier, suspensions: readonly Suspension[], timekeeping: Timekeeping): Instant | null {
  const facts: ClockFacts = { ...dossier, suspensions, extension: null, step: null };
  const { appointmentAt, legalDueAt } = dueInstants(facts, timekeeping);
  return appointmentAt ?? legalDueAt;
}
