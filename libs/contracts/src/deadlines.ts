import { either, instant, integer, listOf, oneOf, orNull, record, text, uuid } from './schema';

/** What an office can owe by when. `acceptanceDueAt` counts only until an online submission is answered. */
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
export const tells = [
  'responsible-official',
  'head-of-office',
  'head-of-parent-office',
  'head-of-authority',
  'steering-committee',
] as const;
export type Tell = (typeof tells)[number];

/** Whom the next rung tells; the highest has nobody above. */
export function tellAbove(tell: Tell): Tell {
  return tells[tells.indexOf(tell) + 1] ?? tell;
}

/** What a rule prescribes when nothing happens: done by `desk` of its own, each recorded as an entry. */
export const ruleActs = ['remind', 'draft-apology', 'stop', 'presume-consent'] as const;
export type RuleAct = (typeof ruleActs)[number];

/** What a rung can hang on: what the office owes, or the answer that the dossier waits for. */
export const rungBases = [...dueInstantNames, 'answerDueAt'] as const;
export type RungBase = (typeof rungBases)[number];

interface RungAt {
  readonly name: string;
  readonly dueAt: string;
  readonly wakeAt: string;
}

/** A rung that tells somebody. */
export interface TellingRung extends RungAt {
  readonly of: DueInstantName;
  readonly tell: Tell;
}

/** A rung at which the rule acts. */
export interface ActingRung extends RungAt {
  readonly of: RungBase;
  readonly act: RuleAct;
}

/**
 * One rung of a dossier's schedule. `dueAt` is its instant in mapped time; `wakeAt` is the server's real time at which
 * that instant comes (the same in production), so that nobody but `desk` needs the time map.
 */
export type Rung = TellingRung | ActingRung;

const rungAt = { name: text, dueAt: instant, wakeAt: instant };

export const tellingRungSchema = record<TellingRung>({ ...rungAt, of: oneOf(dueInstantNames), tell: oneOf(tells) });

export const rungSchema = either(
  tellingRungSchema,
  record<ActingRung>({ ...rungAt, of: oneOf(rungBases), act: oneOf(ruleActs) }),
);

/**
 * The instant at which the silence of a body that was asked for its opinion becomes consent by law. It belongs to no generation:
 * the opinion is asked for beside the clock, so the rung is open whatever is due, and while the clock stands still.
 */
export interface SilenceRung extends RungAt {
  readonly opinionId: string;
  readonly act: 'presume-opinion';
}

export const silenceRungSchema = record<SilenceRung>({ ...rungAt, opinionId: uuid, act: oneOf(['presume-opinion']) });

/** Whatever may fall due of itself: a rung of the schedule, or one beside it. */
export type OpenRung = Rung | SilenceRung;

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
