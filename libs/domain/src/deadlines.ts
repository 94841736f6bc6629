import { civilCode, dueAt, shiftByWorkingTime, workingMsBetween, type Instant, type Limit, type WorkCalendar } from '#calendar';
import type { Deadlines, DueInstants, Rung } from '#contracts';
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
export type ClockFacts = Pick<Dossier, 'clockStartedAt' | 'suspensions' | 'extension' | 'step' | 'firstDue'>;

/** What is due while an online submission waits for its answer. */
export function acceptanceDue(submittedAt: Instant, { procedure, calendar }: Timekeeping): DueInstants {
  const { acceptanceLimit } = procedure.serviceLevel;
  return { ...nothingDue, acceptanceDueAt: limitFrom(calendar, submittedAt, acceptanceLimit) };
}

/** What is due when, from the facts alone: derived, never patched. */
export function dueInstants(facts: ClockFacts, { procedure, calendar }: Timekeeping): DueInstants {
  const { clockStartedAt, extension, step } = facts;
  if (clockStartedAt === null) return nothingDue;
  const { serviceLevel } = procedure;
  const first = firstInstants(clockStartedAt, facts.firstDue, serviceLevel, calendar);
  const moved = (base: Instant | null, since: Instant): Instant | null =>
    base && movedByStops(calendar, base, since, facts);
  return {
    acceptanceDueAt: null,
    stepDueAt: step && moved(limitFrom(calendar, step.startedAt, stepLimit(serviceLevel, step.code)), step.startedAt),
    appointmentAt: extension
      ? moved(extension.appointmentAt, extension.madeAt)
      : moved(first.appointmentAt, clockStartedAt),
    legalDueAt: moved(first.legalDueAt, clockStartedAt),
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

function firstInstants(
  clockStartedAt: Instant,
  firstDue: DueInstants,
  { kind, legalLimit, appointmentLimit }: ServiceLevel,
  calendar: WorkCalendar,
): GivenInstants {
  if (kind === 'given') return firstDue;
  return {
    legalDueAt: limitFrom(calendar, clockStartedAt, legalLimit),
    appointmentAt: limitFrom(calendar, clockStartedAt, appointmentLimit ?? legalLimit),
  };
}

function limitFrom(calendar: WorkCalendar, start: Instant, limit: Limit | null): Instant | null {
  return limit && dueAt(calendar, start, limit, civilCode);
}

function stepLimit(serviceLevel: ServiceLevel, code: string): Limit | null {
  return serviceLevel.steps.find((step) => step.code === code)?.limit ?? null;
}

/** A due instant moves by the working time in which the clock stood still, counted once where stops overlap. */
function movedByStops(calendar: WorkCalendar, base: Instant, since: Instant, facts: ClockFacts): Instant {
  const stoppedMs = stretches(facts, since).reduce(
    (sum, [from, until]) => sum + workingMsBetween(calendar, from, until),
    0,
  );
  return stoppedMs === 0 ? base : shiftByWorkingTime(calendar, base, stoppedMs);
}

/** The closed suspensions since an instant as disjoint stretches, in order. */
function stretches({ suspensions }: ClockFacts, since: Instant): readonly (readonly [Instant, Instant])[] {
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
