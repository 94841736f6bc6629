import {
  civilCode,
  dueAt,
  endOfWorkingDay,
  localDate,
  shiftByWorkingTime,
  type CountingRule,
  type Instant,
  type LocalDate,
  type WorkCalendar,
} from '#calendar';
import type { Dossier } from '../dossier';
import type { ProcedureVersion } from '../procedure';

/** The apology that a head may sign, as it would be written at an instant. Ids and instants only: no personal data. */
export interface ApologyDraft {
  /** As the receipt promised it: what the statistics go on being measured against. */
  readonly firstAppointmentAt: Instant;
  /** As it stands now. */
  readonly appointmentAt: Instant;
  /** What `extend` is given as `until`, a day of the office; due at the end of its working time. */
  readonly proposedDate: LocalDate;
  readonly proposedAt: Instant;
  /** A working day before the appointment: by then the applicant is owed the apology (Decree 61/2018). */
  readonly sendBy: Instant;
  /** False when it is too late for that rule; the apology is owed all the same. */
  readonly isInTime: boolean;
  readonly extensionsMade: number;
  readonly extensionsAllowed: number;
  /** True when one more extension needs a legal basis and a name. */
  readonly needsException: boolean;
}

/**
 * The apology of a dossier that will not be ready, drafted at an instant; null where no date was promised.
 *
 * The proposed date is when the work left is done: what is left of the step that runs, then the limits of the steps after it
 * in the procedure's order, each as it is always counted. It is never before the working day after the appointment (or after
 * the instant, where that is later): an apology moves a date.
 *
 * @throws CalendarNotValid when a day needed lies outside of the calendar
 */
export function apologyDraft(
  dossier: Dossier,
  procedure: ProcedureVersion,
  calendar: WorkCalendar,
  at: Instant,
): ApologyDraft | null {
  const { due, firstDue, extensions } = dossier;
  const { appointmentAt } = due;
  if (appointmentAt === null) return null;
  const { maxExtensions } = procedure.serviceLevel;
  const earliest = nextWorkingDay(calendar, appointmentAt > at ? appointmentAt : at);
  const done = workDoneAt(dossier, procedure, calendar, at);
  const proposedDate = localDate(calendar, done > earliest ? done : earliest);
  const sendBy = shiftByWorkingTime(calendar, appointmentAt, -calendar.workingHoursPerDay * HOUR_MS);
  return {
    firstAppointmentAt: firstDue.appointmentAt ?? appointmentAt,
    appointmentAt,
    proposedDate,
    proposedAt: endOfWorkingDay(calendar, proposedDate) ?? nextWorkingDay(calendar, done),
    sendBy,
    isInTime: at <= sendBy,
    extensionsMade: extensions,
    extensionsAllowed: maxExtensions,
    needsException: extensions >= maxExtensions,
  };
}

const HOUR_MS = 3_600_000;

/** The day after, whatever the hour: an appointment at closing time does not lose a day. */
const fromItsOwnDay: CountingRule = { ...civilCode, outOfHours: 'own-day' };

/** The end of the next working day. */
function nextWorkingDay(calendar: WorkCalendar, after: Instant): Instant {
  return dueAt(calendar, after, { unit: 'WORKING_DAY', amount: 1 }, fromItsOwnDay);
}

/** Steps without a limit say nothing of how long they take. */
function workDoneAt(
  { step, due }: Dossier,
  { serviceLevel: { steps, counting } }: ProcedureVersion,
  calendar: WorkCalendar,
  at: Instant,
): Instant {
  const present = steps.findIndex(({ code }) => code === step?.code);
  const begun = due.stepDueAt !== null && due.stepDueAt > at ? due.stepDueAt : at;
  return steps
    .slice(present + 1)
    .reduce((done, { limit }) => (limit === null ? done : dueAt(calendar, done, limit, counting)), begun);
}
