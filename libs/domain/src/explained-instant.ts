import {
  endOfWorkingDayAt,
  explainedDue,
  shiftByWorkingTime,
  takenOver,
  workingMsBetween,
  type Explanation,
  type Instant,
  type WorkCalendar,
} from '#calendar';
import { countedSince, promiseFor, type Timekeeping } from './deadlines';
import type { Dossier, Suspension } from './dossier';

/** A stop of the office's clock, and by how much working time it moved a due instant; null while it lasts, for it has yet to. */
export interface MovingStop extends Suspension {
  readonly workingMs: number | null;
}

/** Which due instant, in a word. */
export const dueNames = {
  acceptance: 'acceptanceDueAt',
  step: 'stepDueAt',
  appointment: 'appointmentAt',
  legal: 'legalDueAt',
} as const;
export type DueName = keyof typeof dueNames;

/** Why a due instant of a dossier is what it is. */
export interface ExplainedInstant {
  /** From where it is counted. */
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /**
   * What it was before any stop moved it, and why. Null for an appointment that was put off, and for what will be counted only when
   * the clock runs again: a step that began while it stood still.
   */
  readonly explanation: Explanation | null;
  /** The re-appointment that it comes from, or null. */
  readonly extension: Dossier['extension'];
  /** What moved it, oldest first. Where stops overlap, the later one counts from the end of the earlier. */
  readonly stops: readonly MovingStop[];
}

/** Where an instant is counted from, and which stops move it. */
type Counting = Omit<ExplainedInstant, 'dueAt' | 'stops'> & {
  readonly stops: readonly Suspension[];
  /** What ended before this moves nothing, and what began before it only from then on. */
  readonly stopsSince: Instant;
};

/**
 * The way one of a dossier's due instants was counted; null where nothing is due of that name, or while the clock stands still in a
 * step that has no limit of its own.
 *
 * @throws CalendarNotValid
 */
export function explainedInstant(name: DueName, dossier: Dossier, timekeeping: Timekeeping): ExplainedInstant | null {
  const dueAt = dossier.due[dueNames[name]];
  const counting = dueAt === null ? null : countingOf(name, dossier, timekeeping);
  if (dueAt === null || counting === null) return null;
  const { stopsSince, ...told } = counting;
  const stops = moving(told.stops, stopsSince, timekeeping.calendar);
  const leadsThere = movedBy(stops, baseOf(told, timekeeping.calendar), timekeeping.calendar) === dueAt;
  return leadsThere ? { ...told, dueAt, stops } : { ...told, dueAt, stops: [], explanation: null };
}

/** What it was before any stop moved it. */
function baseOf({ explanation, extension }: Omit<Counting, 'stopsSince'>, calendar: WorkCalendar): Instant | null {
  if (explanation) return explanation.dueAt;
  return extension && endOfWorkingDayAt(calendar, extension.appointmentAt);
}

function movedBy(stops: readonly MovingStop[], base: Instant | null, calendar: WorkCalendar): Instant | null {
  const ms = stops.reduce((sum, { workingMs }) => sum + (workingMs ?? 0), 0);
  return base === null || ms === 0 ? base : shiftByWorkingTime(calendar, base, ms);
}

function countingOf(name: DueName, dossier: Dossier, timekeeping: Timekeeping): Counting | null {
  switch (name) {
    case 'acceptance':
      return acceptance(dossier, timekeeping);
    case 'step':
      return step(dossier, timekeeping);
    case 'appointment':
    case 'legal':
      return whole(name, dossier, timekeeping);
  }
}

function acceptance({ responsibility }: Dossier, { procedure, calendar }: Timekeeping): Counting | null {
  const { acceptanceLimit, counting } = procedure.serviceLevel;
  const startedAt = responsibility[0]?.from;
  if (startedAt === undefined || acceptanceLimit === null) return null;
  const explanation = explainedDue(calendar, startedAt, acceptanceLimit, counting);
  return { startedAt, explanation, extension: null, stops: [], stopsSince: startedAt };
}

function step({ step: current, suspensions }: Dossier, { procedure, calendar }: Timekeeping): Counting | null {
  const { steps, counting } = procedure.serviceLevel;
  const limit = steps.find(({ code }) => code === current?.code)?.limit;
  if (!current || !limit) return null;
  const { startedAt } = current;
  const explanation = explainedDue(calendar, startedAt, limit, counting);
  return { startedAt, explanation, extension: null, stops: suspensions, stopsSince: startedAt };
}

/** The limit of the whole: put off, brought along from another system, or counted from the receipt. */
function whole(name: 'appointment' | 'legal', dossier: Dossier, timekeeping: Timekeeping): Counting | null {
  const { extension, suspensions, clockStartedAt, channel, firstDue } = dossier;
  const { procedure, calendar } = timekeeping;
  const since = countedSince(dossier, procedure.serviceLevel);
  if (since === null || clockStartedAt === null) return null;
  const counted = { startedAt: since, extension: null, stops: suspensions, stopsSince: since };
  if (name === 'appointment' && extension && extension.madeAt >= since) {
    return { ...counted, startedAt: extension.madeAt, stopsSince: extension.madeAt, explanation: null, extension };
  }
  const brought = broughtAlong(name, dossier, since);
  if (brought) {
    const stops = suspensions.filter(({ until }) => until === null || until > brought.at);
    const explanation = takenOver(brought.dueAt, calendar.timeZone);
    return { ...counted, startedAt: clockStartedAt, stopsSince: clockStartedAt, stops, explanation };
  }
  const given = procedure.serviceLevel.kind === 'given' ? firstDue[dueNames[name]] : null;
  if (given !== null) return { ...counted, explanation: takenOver(given, calendar.timeZone) };
  return { ...counted, explanation: promiseFor(since, channel, timekeeping)[name] };
}

/** What another system had promised; of an appointment that it had not, its legal limit where that is the earlier. */
function broughtAlong(
  name: 'appointment' | 'legal',
  { takenOver: from, due }: Dossier,
  since: Instant,
): { readonly at: Instant; readonly dueAt: Instant } | null {
  if (!from || from.at < since) return null;
  const isLaw = from.appointmentAt === null && due.appointmentAt === due.legalDueAt;
  const dueAt = name === 'legal' || isLaw ? from.legalDueAt : from.appointmentAt;
  return dueAt === null ? null : { at: from.at, dueAt };
}

function moving(stops: readonly Suspension[], since: Instant, calendar: WorkCalendar): readonly MovingStop[] {
  let counted = since;
  return stops
    .filter(({ until }) => until === null || until > since)
    .toSorted((one, other) => (one.from < other.from ? -1 : 1))
    .map((stop) => {
      const { from, until } = stop;
      if (until === null) return { ...stop, workingMs: null };
      const begins = from > counted ? from : counted;
      counted = until > counted ? until : counted;
      return { ...stop, workingMs: begins < until ? workingMsBetween(calendar, begins, until) : 0 };
    });
}
