import type { Instant, WorkCalendar } from '#calendar';
import type { DossierEvent, Language } from '#contracts';
import {
  papersOf,
  promiseMovesOf,
  type Dossier,
  type ProcedureVersion,
  type PromiseMove,
  type Status,
  type SuspensionReason,
} from '#domain';
import { workingMsLeft } from '../queue/queue-row';

/** Whose time it is: the office's, past its promise, somebody else's, or nobody's any more. */
export type PublicClockState = 'running' | 'late' | 'paused' | 'ended';

/** The clock that the office itself works by. Instants are ISO 8601 UTC in the stack's (mapped) time. */
export interface PublicClock {
  readonly state: PublicClockState;
  /** Since when it is in that state. */
  readonly since: Instant;
  /** Why it stands still; null unless paused. */
  readonly reason: SuspensionReason | null;
  /** When the result is promised now; while paused, it moves on as soon as the clock runs again. Null where nothing limits. */
  readonly promisedAt: Instant | null;
  /** When the result was promised at first. */
  readonly firstPromisedAt: Instant | null;
  /**
   * Working time left until then, in milliseconds, negative past it; while paused it stands, as the office itself sees it. Null
   * once it is over, where nothing limits, where the calendar does not reach, or paused where it had passed already: then nobody is late.
   */
  readonly workingMsLeft: number | null;
  /** Every time it stood still, oldest first, whether that moved the promise or not; the last without an end while it does. */
  readonly pauses: Dossier['suspensions'];
}

/** What was asked of the applicant and has not come yet. */
export interface AskedOfApplicant {
  /** Names of the papers that are missing. */
  readonly missing: readonly string[];
  /** In the currency's smallest unit; null where nothing is to be paid. */
  readonly toPay: { readonly amountMinor: number; readonly currency: string } | null;
  /** By when the answer must come; null where nothing limits it. */
  readonly answerDueAt: Instant | null;
}

/** The part of a citizen's view that the dossier itself says. Nobody's name, and nothing in anybody's free words. */
export interface CitizensDossier {
  readonly code: string;
  readonly status: Status;
  readonly clock: PublicClock;
  readonly asked: AskedOfApplicant;
  /** The letter that apologised, and the date it names; null where none was written. */
  readonly apology: { readonly at: Instant; readonly newDate: Instant } | null;
  /** Everything that moved the promised date since the receipt, oldest first. */
  readonly moves: readonly PublicMove[];
  /** When an error in the answers to the e-form was put right last; null where none was. The receipt shows them as they were. */
  readonly eFormCorrectedAt: Instant | null;
}

/** Why the promised date is another than before, with the letter that told of it in the reader's language. */
export interface PublicMove extends Omit<PromiseMove, 'letter'> {
  readonly letter: { readonly title: string; readonly number: string } | null;
}

/** By what, in which language and when a citizen is told. */
interface Told {
  readonly procedure: ProcedureVersion;
  /** The newest: by it the office counts what is left. */
  readonly calendar: WorkCalendar;
  readonly language: Language;
  readonly now: Instant;
}

/** A dossier with a code, as whoever holds its receipt is told of it now. */
export function citizensDossier(
  dossier: Dossier & { readonly code: string },
  life: readonly DossierEvent[],
  { procedure, calendar, language, now }: Told,
): CitizensDossier {
  const { code, status, extension } = dossier;
  return {
    code,
    status,
    clock: publicClock(dossier, calendar, now),
    asked: askedOfApplicant(dossier, life, (component) => {
      const known = procedure.description?.components.find((one) => one.code === component);
      return known?.name[language] ?? component;
    }),
    apology: extension && { at: extension.madeAt, newDate: extension.appointmentAt },
    moves: promiseMovesOf(life, procedure).map(({ letter, ...move }) => {
      return { ...move, letter: letter && { title: letter.title[language], number: letter.number } };
    }),
    eFormCorrectedAt: life.findLast(isCorrectionOfEForm)?.time ?? null,
  };
}

function isCorrectionOfEForm(event: DossierEvent): boolean {
  return event.type === 'dossier-corrected' && event.data.field === 'eForm';
}

type Timed = Pick<
  Dossier,
  'due' | 'firstDue' | 'processedAt' | 'endedAt' | 'suspensions' | 'clockStartedAt' | 'lastActAt'
>;

/** The clock of a dossier at an instant. */
export function publicClock(dossier: Timed, calendar: WorkCalendar, now: Instant): PublicClock {
  const standing = standingOf(dossier, now);
  const [promisedAt, isOver] = [dossier.due.appointmentAt, standing.state === 'ended'];
  const isPaused = standing.state === 'paused';
  const countedAt = isPaused ? standing.since : now;
  const left = promisedAt === null || isOver ? null : workingMsLeft(calendar, countedAt, promisedAt);
  return {
    ...standing,
    promisedAt,
    firstPromisedAt: dossier.firstDue.appointmentAt,
    workingMsLeft: isPaused && (left ?? 0) < 0 ? null : left,
    pauses: dossier.suspensions,
  };
}

function standingOf(dossier: Timed, now: Instant): Pick<PublicClock, 'state' | 'since' | 'reason'> {
  const promisedAt = dossier.due.appointmentAt;
  const over = dossier.processedAt ?? dossier.endedAt;
  if (over !== null) return { state: 'ended', since: over, reason: null };
  const pause = dossier.suspensions.find(({ until }) => until === null);
  if (pause) return { state: 'paused', since: pause.from, reason: pause.reason };
  if (promisedAt !== null && promisedAt < now) return { state: 'late', since: promisedAt, reason: null };
  return { state: 'running', since: runsSince(dossier), reason: null };
}

/** Since it stood still last, or since it began. */
function runsSince({ suspensions, clockStartedAt, lastActAt }: Timed): Instant {
  return suspensions.at(-1)?.until ?? clockStartedAt ?? lastActAt;
}

function askedOfApplicant(
  { status, answerDueAt }: Dossier,
  life: readonly DossierEvent[],
  nameOf: (component: string) => string,
): AskedOfApplicant {
  const nothing = { missing: [], toPay: null, answerDueAt };
  if (status === 'awaiting-supplement') {
    const request = life.findLast((event) => event.type === 'dossier-supplement-requested');
    const missing = papersOf(life).filter(({ state }) => state === 'missing');
    const asked = request?.data.components.filter((code) => missing.some(({ component }) => component === code));
    return { ...nothing, missing: asked?.map(nameOf) ?? [] };
  }
  if (status === 'awaiting-payment') {
    const request = life.findLast((event) => event.type === 'dossier-payment-requested');
    return { ...nothing, toPay: request ? moneyOf(request.data) : null };
  }
  return { ...nothing, answerDueAt: null };
}

function moneyOf({ amountMinor, currency }: { amountMinor: number; currency: string }): AskedOfApplicant['toPay'] {
  return { amountMinor, currency };
}
