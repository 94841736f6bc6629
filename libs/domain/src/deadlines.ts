import {
  dueAt,
  explainedDue,
  shiftByWorkingTime,
  workingMsBetween,
  type Explanation,
  type Instant,
  type Limit,
  type WorkCalendar,
} from '#calendar';
import { dueInstantNames, type Channel, type Deadlines, type DueInstants, type Rung } from '#contracts';
import { calendarReference, type Dossier } from './dossier';
import type { LadderOffset, LadderRung, ProcedureVersion, ServiceLevel } from './procedure';

/** What a deadline is computed with: the rule, the working time, and where a mapped instant lies in real time. */
export interface Timekeeping {
  readonly procedure: ProcedureVersion;
  /** The version that the dossier's due instants are computed with, for as long as it lives. */
  readonly calendar: WorkCalendar;
  /** The newest version of that calendar: time that was worked is counted by what is known now. */
  readonly presentCalendar: WorkCalendar;
  /** The server's real time at which the mapped now reaches an instant. */
  readonly wakeAt: (instant: Instant) => Instant;
}

/** The instants another system promised, taken over to the millisecond. */
export type GivenInstants = Pick<DueInstants, 'legalDueAt' | 'appointmentAt'>;

/** The facts of a dossier that its due instants follow from. */
export type ClockFacts = Pick<
  Dossier,
  'channel' | 'clockStartedAt' | 'suspensions' | 'extension' | 'step' | 'firstDue'
>;

/** What is due while an online submission waits for its answer. */
export function acceptanceDue(submittedAt: Instant, { procedure, calendar }: Timekeeping): DueInstants {
  const { acceptanceLimit, counting } = procedure.serviceLevel;
  const acceptanceDueAt = acceptanceLimit && dueAt(calendar, submittedAt, acceptanceLimit, counting);
  return { ...nothingDue, acceptanceDueAt };
}

/** What is due when, from the facts alone: derived, never patched. */
export function dueInstants(facts: ClockFacts, { procedure, calendar }: Timekeeping): DueInstants {
  const { extension, step, firstDue, channel } = facts;
  const { serviceLevel } = procedure;
  const { counting, kind } = serviceLevel;
  const since = countedSince(facts, serviceLevel);
  if (since === null) return nothingDue;
  const moved = (base: Instant | null, from: Instant): Instant | null =>
    base && movedByStops(calendar, base, from, facts);
  const first =
    kind === 'given'
      ? firstDue
      : counted(since, limitsOf(serviceLevel, channel), (start, limit) => dueAt(calendar, start, limit, counting));
  const stepLimit = step && serviceLevel.steps.find(({ code }) => code === step.code)?.limit;
  return {
    acceptanceDueAt: null,
    stepDueAt: stepLimit ? moved(dueAt(calendar, step.startedAt, stepLimit, counting), step.startedAt) : null,
    appointmentAt:
      extension && extension.madeAt >= since
        ? moved(extension.appointmentAt, extension.madeAt)
        : moved(first.appointmentAt, since),
    legalDueAt: moved(first.legalDueAt, since),
  };
}

/** What is due when by the newest version of the dossier's calendar, the facts the same. */
export function dueByPresentCalendar(dossier: Dossier, timekeeping: Timekeeping): DueInstants {
  const present = { ...timekeeping, calendar: timekeeping.presentCalendar };
  const [submission] = dossier.responsibility;
  if (dossier.status === 'submitted' && submission) return acceptanceDue(submission.from, present);
  return dueInstants(dossier, present);
}

/** True when any of the instants is another. */
export function isMoved(before: DueInstants, then: DueInstants): boolean {
  return dueInstantNames.some((name) => before[name] !== then[name]);
}

/** What an office would promise for a dossier handed in at an instant, before it accepts, and why. */
export interface DatePromise {
  readonly acceptance: Explanation | null;
  readonly appointment: Explanation | null;
  readonly legal: Explanation | null;
}

/**
 * The promise for what is handed in (and, at the desk, accepted) at an instant. An online submission that is accepted later
 * counts from then.
 */
export function promiseFor(at: Instant, channel: Channel, { procedure, calendar }: Timekeeping): DatePromise {
  const { serviceLevel } = procedure;
  const explained = (limit: Limit | null) => limit && explainedDue(calendar, at, limit, serviceLevel.counting);
  const { legal, appointment } = limitsOf(serviceLevel, channel);
  const promised = [explained(appointment), explained(legal)].filter((one) => one !== null);
  return {
    acceptance: channel === 'online' ? explained(serviceLevel.acceptanceLimit) : null,
    appointment: promised.reduce<(typeof promised)[number] | null>(
      (earliest, one) => (earliest === null || one.dueAt < earliest.dueAt ? one : earliest),
      null,
    ),
    legal: explained(legal),
  };
}

/**
 * The next generation of a dossier's schedule: rungs that lie at or after the event that makes it, because an event at the
 * very instant of a rung comes before it. A rung of `waiting` whose instant has passed falls due with the event: its instant
 * came while the clock stood still, and nothing that was promised may drop out between two generations.
 */
export function deadlinesAfter(
  due: DueInstants,
  generation: number,
  occurredAt: Instant,
  { procedure, calendar, wakeAt }: Timekeeping,
  waiting: readonly string[] = [],
): Deadlines {
  const rungs = procedure.serviceLevel.ladder
    .flatMap((rung) => rungAt(rung, due[rung.of], calendar, wakeAt))
    .map((rung) =>
      rung.dueAt < occurredAt && waiting.includes(rung.name)
        ? { ...rung, dueAt: occurredAt, wakeAt: wakeAt(occurredAt) }
        : rung,
    )
    .filter((rung) => rung.dueAt >= occurredAt)
    .sort((one, other) => (one.dueAt < other.dueAt ? -1 : one.dueAt > other.dueAt ? 1 : 0));
  return { due, calendar: calendarReference(calendar.id, calendar.version), schedule: { generation, rungs } };
}

const nothingDue: DueInstants = { acceptanceDueAt: null, stepDueAt: null, appointmentAt: null, legalDueAt: null };

interface Limits {
  readonly legal: Limit | null;
  readonly appointment: Limit | null;
}

function limitsOf({ legalLimit, onlineLimit, appointmentLimit }: ServiceLevel, channel: Channel): Limits {
  return { legal: (channel === 'online' ? onlineLimit : null) ?? legalLimit, appointment: appointmentLimit };
}

/** Nobody is promised a later instant than the law's. */
function counted(
  since: Instant,
  { legal, appointment }: Limits,
  due: (start: Instant, limit: Limit) => Instant,
): GivenInstants {
  const legalDueAt = legal && due(since, legal);
  const [appointmentAt = null] = [appointment && due(since, appointment), legalDueAt]
    .filter((at) => at !== null)
    .sort();
  return { legalDueAt, appointmentAt };
}

/** From where the limits count: the clock's start, or in restart mode the last time the dossier was made complete. */
function countedSince(
  { clockStartedAt, suspensions }: ClockFacts,
  { supplementMode, kind }: ServiceLevel,
): Instant | null {
  if (clockStartedAt === null || supplementMode === 'pause' || kind === 'given') return clockStartedAt;
  const completed = suspensions.flatMap(({ reason, until }) =>
    reason === 'supplement' && until !== null ? [until] : [],
  );
  return [clockStartedAt, ...completed].sort().at(-1) ?? null;
}

/** A due instant moves by the working time in which the clock stood still, counted once where stops overlap. */
function movedByStops(calendar: WorkCalendar, base: Instant, since: Instant, facts: ClockFacts): Instant {
  const stoppedMs = stoppedWorkingMs(calendar, since, facts);
  return stoppedMs === 0 ? base : shiftByWorkingTime(calendar, base, stoppedMs);
}

function stoppedWorkingMs(calendar: WorkCalendar, since: Instant, facts: Pick<Dossier, 'suspensions'>): number {
  return stretches(facts, since).reduce((sum, [from, until]) => sum + workingMsBetween(calendar, from, until), 0);
}

/**
 * How much working time the office took from acceptance until the result was there, without the time in which its clock stood
 * still; null while there is no result. In milliseconds.
 */
export function handledWorkingMs(
  { clockStartedAt, processedAt, suspensions }: Pick<Dossier, 'clockStartedAt' | 'processedAt' | 'suspensions'>,
  calendar: WorkCalendar,
): number | null {
  if (clockStartedAt === null || processedAt === null) return null;
  return (
    workingMsBetween(calendar, clockStartedAt, processedAt) -
    stoppedWorkingMs(calendar, clockStartedAt, { suspensions })
  );
}

/** The closed suspensions since an instant as disjoint stretches, in order. */
function stretches(
  { suspensions }: Pick<Dossier, 'suspensions'>,
  since: Instant,
): readonly (readonly [Instant, Instant])[] {
  return suspensions
    .flatMap(({ from, until }) =>
      until !== null && until > since ? [[from > since ? from : since, until] as const] : [],
    )
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .reduce<(readonly [Instant, Instant])[]>((merged, [from, until]) => {
      const last = merged.at(-1);
      if (!last || last[1] < from) return [...merged, [from, until]];
      return [...merged.slice(0, -1), [last[0], last[1] > until ? last[1] : until]];
    }, []);
}

function rungAt(
  { name, of, offset, tell }: LadderRung,
  due: Instant | null,
  calendar: WorkCalendar,
  wakeAt: Timekeeping['wakeAt'],
): readonly Rung[] {
  if (due === null) return [];
  const dueAt = offset ? offsetFrom(calendar, due, offset) : due;
  return [{ name, of, dueAt, wakeAt: wakeAt(dueAt), tell }];
}

function offsetFrom(calendar: WorkCalendar, due: Instant, { side, amount, unit }: LadderOffset): Instant {
  const workingMs = amount * (unit === 'WORKING_HOUR' ? 1 : calendar.workingHoursPerDay) * 3_600_000;
  return shiftByWorkingTime(calendar, due, side === 'before' ? -workingMs : workingMs);
}
