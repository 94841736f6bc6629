import { dueAt, shiftByWorkingTime, workingMsBetween, type Instant, type WorkCalendar } from '#calendar';
import type { DueInstantName, PostHolder } from '#contracts';
import { dueInstants, stoppedWorkingMs, type Timekeeping } from './deadlines';
import type { Dossier, Fact } from './dossier';
import { begun, dossierFrom } from './fold';
import { lifeUntil, type LifeInterval } from './life';
import type { ServiceLevel } from './procedure';

/** The due instants that a whole dossier can miss; the answer to an online submission is one of them. */
export type PromisedInstant = Exclude<DueInstantName, 'stepDueAt'>;

/** How a lateness was divided; named with every figure. */
export type LatenessFormula = 'overrun-of-steps' | 'working-time-used';

/** What one post holder has to do with a lateness; all figures are working time while the office's clock ran. */
export interface LatenessShare {
  readonly holder: PostHolder;
  /** All they used, before and after the breach. */
  readonly usedMs: number;
  /** What they used after it: all holders' together are the lateness, less what was taken over. */
  readonly heldLateMs: number;
  /** Their part of the lateness by the formula: all holders' together are that too, to the millisecond. */
  readonly shareMs: number;
}

/** How late a dossier is against one first promise, and whose lateness that is. */
export interface Lateness {
  readonly of: PromisedInstant;
  /** As first promised. */
  readonly promisedAt: Instant;
  /**
   * When the office's time was used up, and who held the dossier then (null: somebody in the system it was taken over from); null
   * when it was not, or not yet.
   */
  readonly breach: { readonly at: Instant; readonly holder: PostHolder | null } | null;
  /**
   * Working time of the office from the breach to "processed", to the end, or to now; of an online submission to its answer. 0
   * also for an evening after work.
   */
  readonly lateMs: number;
  /** What of it had passed when the dossier was taken over from another system: nobody's here. 0 for all others. */
  readonly takenOverMs: number;
  /** Null when there is nothing to divide. */
  readonly formula: LatenessFormula | null;
  /** Whoever used working time, in the order they first held it; empty when there is nothing to divide. */
  readonly shares: readonly LatenessShare[];
}

/**
 * How late a dossier was processed, or is at an instant while it is open, and how that divides over all who held it. Null
 * where nothing was promised.
 *
 * **How late.** Measured against the first promise: an extension does not make a dossier on time. Only the office's time
 * counts, so the promise moves by each suspension that began before it was broken, and where a supplement starts the limit
 * anew, to what was counted then; and where a newer calendar moved the dossier, from there. What comes after the breach mends nothing: an office that is late cannot make itself punctual
 * by asking for a supplement. Of a successor only its own life counts; its predecessor's holders answer there. What was taken
 * over from another system late is late from the first due instant on, but what passed before nobody here answers for. Where the
 * procedure was put right, all is measured by the right one, from the first receipt.
 *
 * **Whose it is.** Whoever holds it after the breach is late with it (`heldLateMs`), but may have got it on the last day from
 * somebody who sat on it. So `shareMs` divides the lateness by what was used beyond the plan (`overrun-of-steps`): each step's
 * limit is the plan of that step, and what the limits leave of the promise is the plan of all the time outside of them, so
 * that nobody hides where no limit is set. Steps of a procedure that was put right since have no limit. A limit is the step's, not a person's, and runs on when it is handed on: within an
 * overrun everybody answers for as much of it as they used of the step. Where no limited step began, or no plan was overrun, the
 * lateness divides by the working time each used (`working-time-used`).
 *
 * While the dossier is open the division is that of now: each step that begins has its plan, and what is used goes on. Once
 * it is processed, nothing that people do changes it.
 *
 * Working time is counted by the newest calendar, as it is for responsibility. Both figures are integers that sum to the
 * lateness exactly (largest remainders).
 *
 * @throws CalendarNotValid
 */
export function latenessOf(
  name: PromisedInstant,
  facts: readonly Fact[],
  { procedure, presentCalendar: calendar }: Pick<Timekeeping, 'procedure' | 'presentCalendar'>,
  until: Instant,
): Lateness | null {
  const dossier = dossierFrom(facts);
  const promisedAt = firstPromise(name, dossier, facts);
  if (promisedAt === null) return null;
  const life = lifeUntil(facts, calendar, until);
  const isMeasured = ({ clock }: LifeInterval) => clock === (name === 'acceptanceDueAt' ? 'acceptance' : 'office');
  const used = life.filter(isMeasured);
  const recomputed = recomputedPromise(name, facts);
  const stops = stopsOf(life, facts, calendar).filter((one) => recomputed === null || one.until > recomputed.at);
  const restarts = restartsOf(name, facts, dossier, { procedure, calendar });
  const brokenAt = movedByStops(recomputed?.dueAt ?? promisedAt, stops, restarts, calendar);
  const breaching = used.find((one) => one.until > brokenAt);
  const takenOverMs = lateMsWhenTakenOver(brokenAt, facts, calendar);
  const brokenHere = breaching ? { at: later(breaching.from, brokenAt), holder: breaching.holder } : null;
  const breach = takenOverMs > 0 ? { at: brokenAt, holder: null } : brokenHere;
  const lateMsOf = (one: LifeInterval) => workingMsBetween(calendar, later(one.from, brokenAt), one.until);
  const lateHereMs = sum(used.map(lateMsOf));
  const lateness = { of: name, promisedAt, breach, lateMs: takenOverMs + lateHereMs, takenOverMs };
  if (lateHereMs === 0) return { ...lateness, formula: null, shares: [] };
  const limited = limitedVisits(life, dossier, procedure.serviceLevel, calendar, isMeasured);
  const { formula, stretches } = stretchesOf(used, lateHereMs, limited);
  return { ...lateness, formula, shares: sharesOf(used, lateMsOf, divided(lateHereMs, stretches)) };
}

/** The acceptance limit counts only until the answer, and then stands in the submission alone. */
function firstPromise(name: PromisedInstant, { firstDue }: Dossier, [first]: readonly Fact[]): Instant | null {
  if (name === 'acceptanceDueAt' && first) return begun(first).firstDue.acceptanceDueAt;
  return firstDue[name];
}

/** One that lasted when the dossier was taken over began before: it puts the promise off by the whole of it. */
function stopsOf(life: readonly LifeInterval[], facts: readonly Fact[], calendar: WorkCalendar) {
  const [first] = facts;
  const begunBefore = first && begun(first).suspensions.find(({ until }) => until === null);
  return life.flatMap((interval, index) => {
    if (!isStop(interval)) return [];
    if (index > 0 || !begunBefore) return [interval];
    const { from } = begunBefore;
    return [{ ...interval, from, workingMs: workingMsBetween(calendar, from, interval.until) }];
  });
}

/** The office's time from the breach until the dossier was taken over from another system. */
function lateMsWhenTakenOver(brokenAt: Instant, [first]: readonly Fact[], calendar: WorkCalendar): number {
  const { takenOver, suspensions } = first ? begun(first) : { takenOver: undefined, suspensions: [] };
  if (!takenOver) return 0;
  const { at } = takenOver;
  const ended = suspensions.map((stop) => ({ ...stop, until: stop.until ?? at }));
  return workingMsBetween(calendar, brokenAt, at) - stoppedWorkingMs(calendar, brokenAt, { suspensions: ended });
}

function isOfficeTime({ clock }: LifeInterval): boolean {
  return clock === 'office';
}

function isStop({ clock }: LifeInterval): boolean {
  return clock === 'applicant' || clock === 'other-body';
}

/** Where the office's clock reaches a promise: each stop begun by then puts it off, a completed restart sets it anew. */
function movedByStops(
  promisedAt: Instant,
  stops: readonly LifeInterval[],
  restarts: ReadonlyMap<Instant, Instant>,
  calendar: WorkCalendar,
): Instant {
  return stops.reduce(
    (at, stop) =>
      stop.from > at ? at : (restarts.get(stop.until) ?? shiftByWorkingTime(calendar, at, stop.workingMs)),
    promisedAt,
  );
}

/**
 * Where a newer calendar last moved the promise: a decree makes nobody late. It holds all stops that had ended by then. After
 * an extension the appointment is the head's and no promise of the calendar's; before the procedure was put right it was the
 * wrong one.
 */
function recomputedPromise(
  name: PromisedInstant,
  facts: readonly Fact[],
): { readonly at: Instant; readonly dueAt: Instant } | null {
  const extended = facts.find(({ type }) => type === 'dossier-extended')?.sequence ?? Infinity;
  const rebound = reboundSequence(facts);
  const moves = facts.flatMap((fact) => {
    if (fact.type !== 'dossier-recomputed' || fact.sequence < rebound) return [];
    const dueAt = fact.data.deadlines.due[name];
    const isHeads = name === 'appointmentAt' && fact.sequence > extended;
    return dueAt === null || isHeads ? [] : [{ at: fact.time, dueAt }];
  });
  return moves.at(-1) ?? null;
}

/** 0 where the procedure was never put right. */
function reboundSequence(facts: readonly Fact[]): number {
  return facts.findLast(({ type }) => type === 'dossier-rebound')?.sequence ?? 0;
}

/**
 * What was counted anew, by the instant at which the supplement was complete. What an event said before the procedure was put
 * right was the wrong one's: by the right one it is counted here.
 */
function restartsOf(
  name: PromisedInstant,
  facts: readonly Fact[],
  dossier: Dossier,
  counting: Pick<Timekeeping, 'procedure' | 'calendar'>,
): ReadonlyMap<Instant, Instant> {
  const { supplementMode, kind } = counting.procedure.serviceLevel;
  if (supplementMode === 'pause' || kind === 'given') return new Map();
  const rebound = reboundSequence(facts);
  const countedFrom = (clockStartedAt: Instant) =>
    dueInstants({ ...dossier, clockStartedAt, suspensions: [], extension: null, step: null }, counting)[name];
  return new Map(
    facts.flatMap((fact) => {
      if (fact.type !== 'dossier-supplement-received') return [];
      const anew = fact.sequence < rebound ? countedFrom(fact.time) : fact.data.deadlines.due[name];
      return anew === null ? [] : [[fact.time, anew] as const];
    }),
  );
}

/** Time of the office under one plan: a step with its limit, or all the time outside of such steps. */
interface Stretch {
  readonly planMs: number;
  readonly used: readonly LifeInterval[];
}

function stretchesOf(
  used: readonly LifeInterval[],
  lateMs: number,
  limited: readonly LimitedVisit[],
): { readonly formula: LatenessFormula; readonly stretches: readonly Stretch[] } {
  const inLimited = new Set(limited.flatMap((stretch) => stretch.used));
  const promisedMs = sum(used.map(workingMsOf)) - lateMs;
  const leftMs = Math.max(0, promisedMs - sum(limited.map(({ planMs }) => planMs)));
  const stretches = [...limited, { planMs: leftMs, used: used.filter((one) => !inLimited.has(one)) }];
  // Limits that together exceed the promise can all be kept, and the dossier late.
  return limited.length > 0 && sum(stretches.map(overrunMs)) > 0
    ? { formula: 'overrun-of-steps', stretches }
    : { formula: 'working-time-used', stretches: [{ planMs: 0, used }] };
}

/** A step that was worked on and has a limit, with what the office used of it. */
export interface LimitedVisit extends Stretch {
  readonly step: string;
}

/** Every time a step with a limit was worked on, in order; begun before the procedure was put right it has none. */
export function limitedVisits(
  life: readonly LifeInterval[],
  { reboundAt }: Pick<Dossier, 'reboundAt'>,
  { steps, counting }: ServiceLevel,
  calendar: WorkCalendar,
  isMeasured: (interval: LifeInterval) => boolean = isOfficeTime,
): readonly LimitedVisit[] {
  return visitsOf(life).flatMap(({ step, from, intervals }) => {
    const isOfWrongProcedure = reboundAt !== null && from < reboundAt;
    const limit = isOfWrongProcedure ? null : steps.find(({ code }) => code === step)?.limit;
    const used = intervals.filter(isMeasured);
    if (step === null || !limit || used.length === 0) return [];
    return [{ step, planMs: workingMsBetween(calendar, from, dueAt(calendar, from, limit, counting)), used }];
  });
}

/** A step from its beginning until another begins; begun again later, it has its limit again. */
interface Visit {
  readonly step: string | null;
  readonly from: Instant;
  readonly intervals: readonly LifeInterval[];
}

function visitsOf(life: readonly LifeInterval[]): readonly Visit[] {
  return life.reduce<readonly Visit[]>((visits, interval) => {
    const last = visits.at(-1);
    const { step, from } = interval;
    if (last?.step !== step) return [...visits, { step, from, intervals: [interval] }];
    return [...visits.slice(0, -1), { ...last, intervals: [...last.intervals, interval] }];
  }, []);
}

function overrunMs({ planMs, used }: Stretch): number {
  return Math.max(0, sum(used.map(workingMsOf)) - planMs);
}

/** Each interval's part: a lateness over the stretches by their overruns, a stretch's over its intervals by the time used. */
function divided(lateMs: number, stretches: readonly Stretch[]): ReadonlyMap<LifeInterval, number> {
  const parts = inProportion(lateMs, stretches.map(overrunMs));
  return new Map(
    stretches.flatMap(({ used }, index) => {
      const shares = inProportion(parts[index] ?? 0, used.map(workingMsOf));
      return used.map((interval, place) => [interval, shares[place] ?? 0] as const);
    }),
  );
}

/**
 * A total in whole numbers that sum to it exactly, as near to the proportion of the weights as whole numbers can be: what
 * rounding down leaves goes to the largest remainders, one each, of equal ones to the earlier.
 */
function inProportion(total: number, weights: readonly number[]): readonly number[] {
  if (total === 0) return weights.map(() => 0);
  const whole = BigInt(sum(weights)); // Years in milliseconds, multiplied, are more than a double holds exactly.
  const quotas = weights.map((weight) => BigInt(total) * BigInt(weight));
  const floors = quotas.map((quota) => Number(quota / whole));
  const byRemainder = quotas
    .map((quota, index) => ({ index, remainder: Number(quota % whole) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  const raised = new Set(byRemainder.slice(0, total - sum(floors)).map(({ index }) => index));
  return floors.map((floor, index) => floor + (raised.has(index) ? 1 : 0));
}

function sharesOf(
  used: readonly LifeInterval[],
  lateMsOf: (interval: LifeInterval) => number,
  parts: ReadonlyMap<LifeInterval, number>,
): readonly LatenessShare[] {
  const byHolder = new Map<string, LatenessShare>();
  for (const interval of used.filter(({ workingMs }) => workingMs > 0)) {
    const { holder, workingMs } = interval;
    const key = JSON.stringify(holder);
    const before = byHolder.get(key) ?? { holder, usedMs: 0, heldLateMs: 0, shareMs: 0 };
    byHolder.set(key, {
      holder,
      usedMs: before.usedMs + workingMs,
      heldLateMs: before.heldLateMs + lateMsOf(interval),
      shareMs: before.shareMs + (parts.get(interval) ?? 0),
    });
  }
  return [...byHolder.values()];
}

function workingMsOf({ workingMs }: LifeInterval): number {
  return workingMs;
}

function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
