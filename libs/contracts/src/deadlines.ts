import { instant, integer, listOf, oneOf, orNull, record, text } from './schema';

/** The instants a rung of a ladder can hang on. `acceptanceDueAt` counts only until an online submission is answered. */
export const dueInstantNames = ['acceptanceDueAt', 'stepDueAt', 'appointmentAt', 'legalDueAt'] as const;
export type DueInstantName = (typeof dueInstantNames)[number];

/** What is due when, as ISO 8601 UTC instants in the stack's (mapped) time; null where nothing limits. */
export type DueInstants = { readonly [Name in DueInstantName]: string | null };

export const dueInstantsSchema = record<DueInstants>({
  acceptanceDueAt: orNull(instant),
  stepDueAt: orNull(instant),
  appointmentAt: orNull(instant),
  legalDueAt: orNull(instant),
});

/** Whom a rung tells, found in the organisation as it stood at the rung's instant. */
export const tells = ['responsible-official', 'head-of-office', 'head-of-parent-office', 'head-of-authority'] as const;
export type Tell = (typeof tells)[number];

/**
 * One rung of a dossier's schedule. `dueAt` is its instant in mapped time; `wakeAt` is the server's real time at which
 * that instant comes (the same in production), so that nobody but `desk` needs the time map.
 */
export interface Rung {
  readonly name: string;
  readonly of: DueInstantName;
  readonly dueAt: string;
  readonly wakeAt: string;
  readonly tell: Tell;
}

export const rungSchema = record<Rung>({
  name: text,
  of: oneOf(dueInstantNames),
  dueAt: instant,
  wakeAt: instant,
  tell: oneOf(tells),
});

/**
 * The rungs of one generation, earliest first. A new generation replaces the one before entirely; it is made only when a
 * due instant changes and holds only rungs that lie after the event that made it.
 */
export interface Schedule {
  readonly generation: number;
  readonly rungs: readonly Rung[];
}

export const scheduleSchema = record<Schedule>({
  generation: integer(1),
  rungs: listOf(rungSchema),
});

/** The due instants after an event, the calendar version they were computed with (`id/version`), and their schedule. */
export interface Deadlines {
  readonly due: DueInstants;
  readonly calendar: string;
  readonly schedule: Schedule;
}

export const deadlinesSchema = record<Deadlines>({
  due: dueInstantsSchema,
  calendar: text,
  schedule: scheduleSchema,
});
