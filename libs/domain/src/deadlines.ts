import {
  dueAt,
  endOfWorkingDayAt,
  explainedDue,
  shiftByWorkingTime,
  withinWorkingTime,
  workingMsBetween,
  type Explanation,
  type Instant,
  type Limit,
  type WorkCalendar,
} from '#calendar';
import {
  dueInstantNames,
  type ActingRung,
  type Channel,
  type Deadlines,
  type DueInstantName,
  type DueInstants,
  type Rung,
  type StopReason,
} from '#contracts';
import { calendarReference, inOrder, type Dossier } from './dossier';
import { ladderOf, type LadderOffset, type LadderRung, type ProcedureVersion, type ServiceLevel } from './procedure';
import { reminderOf, silenceOf } from './rung-names';

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
  'officeId' | 'channel' | 'clockStartedAt' | 'suspensions' | 'extension' | 'step' | 'firstDue' | 'takenOver'
>;

/** The rule and the working time that an instant is counted by. */
type CountedBy = Pick<Timekeeping, 'procedure' | 'calendar'>;

/** What is due while an online submission waits for its answer. */
export function acceptanceDue(submittedAt: Instant, { procedure, calendar }: Timekeeping): DueInstants {
  const { acceptanceLimit, counting } = procedure.serviceLevel;
  const acceptanceDueAt = acceptanceLimit && dueAt(calendar, submittedAt, acceptanceLimit, counting);
  return { ...nothingDue, acceptanceDueAt };
}

/** What is due when, from the facts alone: derived, never patched. */
export function dueInstants(facts: ClockFacts, timekeeping: CountedBy): DueInstants {
  const { extension, step } = facts;
  const { procedure, calendar } = timekeeping;
  const { serviceLevel } = procedure;
  const { counting } = serviceLevel;
  const since = countedSince(facts, serviceLevel);
  if (since === null) return nothingDue;
  const moved = (base: Instant | null, from: Instant): Instant | null =>
    base && movedByStops(calendar, base, from, facts);
  const { appointmentAt, legalDueAt } = promised(facts, since, timekeeping);
  const stepLimit = step && serviceLevel.steps.find(({ code }) => code === step.code)?.limit;
  return {
    acceptanceDueAt: null,
    stepDueAt: stepLimit ? moved(dueAt(calendar, step.startedAt, stepLimit, counting), step.startedAt) : null,
    appointmentAt:
      extension && extension.madeAt >= since
        ? moved(endOfWorkingDayAt(calendar, extension.appointmentAt), extension.madeAt)
        : appointmentAt,
    legalDueAt,
  };
}

/**
 * Both instants without an extension. What another system had promised stays until the limit counts anew, and moves by the
 * stops that had not ended when it was taken over; what it had not promised is counted here, from the first receipt.
 */
function promised(facts: ClockFacts, since: Instant, timekeeping: CountedBy): GivenInstants {
  const { calendar } = timekeeping;
  const brought = facts.takenOver && facts.takenOver.at >= since ? facts.takenOver : null;
  if (!brought) return countedHere(facts, since, timekeeping);
  const stoppedMs = stoppedWorkingMs(calendar, facts.clockStartedAt ?? since, {
    suspensions: facts.suspensions.filter(({ until }) => until === null || until > brought.at),
  });
  const moved = (base: Instant | null) => base && shiftByWorkingTime(calendar, base, stoppedMs);
  const [appointmentAt, legalDueAt] = [moved(brought.appointmentAt), moved(brought.legalDueAt)];
  if (appointmentAt !== null && legalDueAt !== null) return { appointmentAt, legalDueAt };
  const here = countedHere(facts, since, timekeeping);
  const law = legalDueAt ?? here.legalDueAt;
  return { legalDueAt: law, appointmentAt: appointmentAt ?? earliest([here.appointmentAt, law]) };
}

function countedHere(facts: ClockFacts, since: Instant, { procedure, calendar }: CountedBy): GivenInstants {
  const { kind, counting } = procedure.serviceLevel;
  const due = (start: Instant, limit: Limit) => dueAt(calendar, start, limit, counting);
  const first =
    kind === 'given' ? facts.firstDue : counted(since, limitsOf(procedure.serviceLevel, facts.channel), due);
  const moved = (base: Instant | null) => base && movedByStops(calendar, base, since, facts);
  return { appointmentAt: moved(first.appointmentAt), legalDueAt: moved(first.legalDueAt) };
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
  facts: ClockFacts,
  due: DueInstants,
  generation: number,
  occurredAt: Instant,
  timekeeping: Timekeeping,
  waiting: readonly string[] = [],
): Deadlines {
  const rungs = ladderOf(timekeeping.procedure.serviceLevel, facts.officeId)
    .flatMap((rung) => rungAt(rung, facts, due, timekeeping))
    .filter((rung) => rung.dueAt >= occurredAt || waiting.includes(rung.name));
  return deadlinesWith(due, generation, fallenDue(rungs, occurredAt, timekeeping), timekeeping);
}

/** What is due while an answer is awaited: the office's instants stand, and only the rungs of the wait can ring. */
export interface AwaitedAnswer {
  readonly answerDueAt: Instant | null;
  readonly deadlines: Deadlines | null;
}

/** The limit of an answer that a dossier begins to wait for, and the rungs of that wait. */
export function awaitedAnswer(
  reason: StopReason,
  { due, schedule }: Pick<Dossier, 'due' | 'schedule'>,
  askedAt: Instant,
  timekeeping: Timekeeping,
): AwaitedAnswer {
  const { procedure, calendar } = timekeeping;
  const wait = procedure.serviceLevel.waits[reason];
  if (wait === null) return { answerDueAt: null, deadlines: null };
  const answerDueAt = dueAt(calendar, askedAt, wait.limit, procedure.serviceLevel.counting);
  const rungOf = (name: string, act: ActingRung['act'], at: Instant): ActingRung => ({
    name,
    of: 'answerDueAt',
    act,
    dueAt: at,
    wakeAt: timekeeping.wakeAt(at),
  });
  const remindAt = wait.remind && shiftByWorkingTime(calendar, answerDueAt, -workingMsOf(wait.remind, calendar));
  const reminder = remindAt && remindAt >= askedAt ? [rungOf(reminderOf(reason), 'remind', remindAt)] : [];
  const silence = {
    stop: () => [rungOf(silenceOf(reason), 'stop', answerDueAt)],
    consent: () => [rungOf(silenceOf(reason), 'presume-consent', answerDueAt)],
    nothing: () => [],
  }[wait.onSilence]();
  return {
    answerDueAt,
    deadlines: deadlinesWith(due, schedule.generation + 1, [...reminder, ...silence], timekeeping),
  };
}

/**
 * An awaited answer's rungs that are still open, as the next generation, put off by working time in which no answer could be
 * taken. Nothing else moves its limit: that was told.
 */
export function stillAwaited(
  { schedule, passedRungs }: Pick<Dossier, 'schedule' | 'passedRungs'>,
  due: DueInstants,
  occurredAt: Instant,
  timekeeping: Timekeeping,
  pausedMs = 0,
): Deadlines {
  const { calendar, wakeAt } = timekeeping;
  const open = schedule.rungs
    .filter(({ name }) => !passedRungs.includes(name))
    .map((rung) => {
      const at = shiftByWorkingTime(calendar, rung.dueAt, pausedMs);
      return { ...rung, dueAt: at, wakeAt: wakeAt(at) };
    });
  return deadlinesWith(due, schedule.generation + 1, fallenDue(open, occurredAt, timekeeping), timekeeping);
}

/** What came while nothing could ring rings now. */
function fallenDue(rungs: readonly Rung[], at: Instant, { wakeAt }: Timekeeping): readonly Rung[] {
  return rungs.map((rung) => (rung.dueAt < at ? { ...rung, dueAt: at, wakeAt: wakeAt(at) } : rung));
}

function deadlinesWith(
  due: DueInstants,
  generation: number,
  rungs: readonly Rung[],
  { calendar }: Timekeeping,
): Deadlines {
  const schedule = { generation, rungs: inOrder(rungs) };
  return { due, calendar: calendarReference(calendar.id, calendar.version), schedule };
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
  return { legalDueAt, appointmentAt: earliest([appointment && due(since, appointment), legalDueAt]) };
}

function earliest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.filter((at) => at !== null).sort()[0] ?? null;
}

/** From where the limits count: the clock's start, or in restart mode the last time the dossier was made complete. */
export function countedSince(
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

/** The working time since an instant in which the clock stood still, of stops that have ended. */
export function stoppedWorkingMs(calendar: WorkCalendar, since: Instant, facts: Pick<Dossier, 'suspensions'>): number {
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

function rungAt(rung: LadderRung, facts: ClockFacts, due: DueInstants, timekeeping: Timekeeping): readonly Rung[] {
  const { name, of, hours } = rung;
  const base = due[of];
  if (base === null) return [];
  const { calendar, wakeAt } = timekeeping;
  const exact = shifted(rung, base, facts, timekeeping);
  const at = hours === 'office' ? withinWorkingTime(calendar, exact) : exact;
  const whenAndWhat = { name, of, dueAt: at, wakeAt: wakeAt(at) };
  return ['tell' in rung ? { ...whenAndWhat, tell: rung.tell } : { ...whenAndWhat, act: rung.act }];
}

function shifted({ of, offset }: LadderRung, base: Instant, facts: ClockFacts, timekeeping: Timekeeping): Instant {
  if (offset === null) return base;
  const { calendar } = timekeeping;
  if ('percent' in offset) {
    const leftMs = Math.round((promisedMs(of, base, facts, timekeeping) * (100 - offset.percent)) / 100);
    return shiftByWorkingTime(calendar, base, -leftMs);
  }
  const workingMs = workingMsOf(offset, calendar);
  return shiftByWorkingTime(calendar, base, offset.side === 'before' ? -workingMs : workingMs);
}

/** The working time that a due instant leaves the office, from where it is counted and without the time its clock stood still. */
function promisedMs(
  of: DueInstantName,
  base: Instant,
  facts: ClockFacts,
  { procedure, calendar }: Timekeeping,
): number {
  const since = of === 'stepDueAt' ? facts.step?.startedAt : countedSince(facts, procedure.serviceLevel);
  if (!since) return 0;
  return workingMsBetween(calendar, since, base) - stoppedWorkingMs(calendar, since, facts);
}

function workingMsOf({ amount, unit }: Pick<LadderOffset, 'amount' | 'unit'>, calendar: WorkCalendar): number {
  return amount * (unit === 'WORKING_HOUR' ? 1 : calendar.workingHoursPerDay) * 3_600_000;
}

/** A new generation replaces the schedule, clears what had passed, and ends an acknowledgement. */
export function newDeadlines(
  deadlines: Deadlines,
): Pick<Dossier, 'due' | 'calendar' | 'schedule' | 'passedRungs' | 'acknowledged' | 'promise'> {
  const { due, calendar, schedule } = deadlines;
  return { due, calendar, schedule, passedRungs: [], acknowledged: false, promise: null };
}
