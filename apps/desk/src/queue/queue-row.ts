import { CalendarNotValid, workingMsBetween, type WorkCalendar } from '#calendar';
import type { DueInstantName, PostHolder } from '#contracts';
import { clockRuns, dueNames, holderOf, type Dossier, type DueName, type Status, type SuspensionReason } from '#domain';
import type { QueueState } from './queue.dto';

/** A dossier as a queue shows it. Never who handed it in: a list of names would be a look at all of them. */
export interface QueueRow {
  readonly dossierId: string;
  /** Null until an online submission is accepted. */
  readonly code: string | null;
  /** Of the row; as an ETag, for If-Match, in double quotes. */
  readonly version: number;
  readonly status: Status;
  readonly procedureCode: string;
  readonly channel: string;
  /** That received it. */
  readonly officeId: string;
  readonly holder: PostHolder;
  /** When the office's clock began; null until accepted. */
  readonly receivedAt: string | null;
  /** The earliest of its due instants, which the queue is ordered by; null where nothing limits. It moves on when a paused clock runs again. */
  readonly dueAt: string | null;
  readonly dueOf: DueName | null;
  readonly state: QueueState;
  /**
   * Working time until `dueAt`, negative past it, in milliseconds: of now, or of the instant at which the clock was stopped.
   * Null where nothing limits, or where the calendar does not reach.
   */
  readonly workingMsLeft: number | null;
  /** Since when and why the clock stands still; null while it runs. */
  readonly pausedSince: string | null;
  readonly pausedReason: SuspensionReason | null;
  /** By when the answer must come that it waits for; null where nothing limits it. */
  readonly answerDueAt: string | null;
  /** Who handed it over, while the holder has neither accepted it nor sent it back. */
  readonly handedOverBy: string | null;
  /** The last rung that has rung by the schedule of now. */
  readonly highestRung: string | null;
  /** The date that whoever acknowledged an alert promised. */
  readonly promisedUntil: string | null;
  /** Whether the applicant has written something that the holder has not said to have read. */
  readonly hasAnswer: boolean;
  /** Whether the holder is asked something by a colleague and has not said to have read it. */
  readonly hasQuestion: boolean;
  /** The last entry of its history. */
  readonly sequence: number;
}

/** What a row is made of: the dossier as stored, and what the queue's own query found. */
export interface Queued {
  readonly dossier: Dossier;
  readonly version: number;
  readonly state: QueueState;
  readonly hasAnswer: boolean;
  readonly hasQuestion: boolean;
}

export function queueRowOf(
  { dossier, version, state, hasAnswer, hasQuestion }: Queued,
  calendar: WorkCalendar,
  now: string,
): QueueRow {
  const { officialId, postId, officeId } = holderOf(dossier);
  const due = earliestOf(dossier);
  const pause = dossier.suspensions.find(({ until }) => until === null);
  const escalation = dossier.escalations.filter(({ generation }) => generation === dossier.schedule.generation).at(-1);
  return {
    dossierId: dossier.dossierId,
    code: dossier.code,
    version,
    status: dossier.status,
    procedureCode: dossier.procedureCode,
    channel: dossier.channel,
    officeId: dossier.officeId,
    holder: { officialId, postId, officeId },
    receivedAt: dossier.clockStartedAt,
    dueAt: due?.at ?? null,
    dueOf: due?.of ?? null,
    state,
    workingMsLeft: due && workingMsLeft(calendar, clockStoppedAt(dossier) ?? now, due.at),
    pausedSince: pause?.from ?? null,
    pausedReason: pause?.reason ?? null,
    answerDueAt: dossier.answerDueAt,
    handedOverBy: dossier.pendingHandover?.giver.officialId ?? null,
    highestRung: escalation?.rung ?? null,
    promisedUntil: dossier.promise?.dueAt ?? null,
    hasAnswer,
    hasQuestion,
    sequence: dossier.lastSequence,
  };
}

/** The due instant that comes first, as `earliest_due_at` of its row has it; of equal ones the narrower. */
export function earliestOf({ due, status }: Pick<Dossier, 'due' | 'status'>): { of: DueName; at: string } | null {
  const names: readonly DueName[] = status === 'submitted' ? ['acceptance'] : ['step', 'appointment', 'legal'];
  return names
    .map((of) => ({ of, at: due[dueNames[of]] }))
    .reduce<{ of: DueName; at: string } | null>((first, { of, at }) => {
      if (at === null || (first !== null && first.at <= at)) return first;
      return { of, at };
    }, null);
}

/**
 * Working time until each due instant of a dossier, negative past it, in milliseconds: of now, or of the instant at which the clock was
 * stopped. Null where there is none, or where the calendar does not reach.
 */
export type WorkingMsLeft = { readonly [Name in DueInstantName]: number | null };

export function workingMsLeftOf(dossier: Dossier, calendar: WorkCalendar, now: string): WorkingMsLeft {
  const from = clockStoppedAt(dossier) ?? now;
  const left = (due: string | null) => (due === null ? null : workingMsLeft(calendar, from, due));
  const { acceptanceDueAt, stepDueAt, appointmentAt, legalDueAt } = dossier.due;
  return {
    acceptanceDueAt: left(acceptanceDueAt),
    stepDueAt: left(stepDueAt),
    appointmentAt: left(appointmentAt),
    legalDueAt: left(legalDueAt),
  };
}

/** The instant at which the office's clock was stopped, or stopped for good; null while it runs. */
export function clockStoppedAt(dossier: Dossier): string | null {
  if (clockRuns(dossier)) return null;
  const pause = dossier.suspensions.find(({ until }) => until === null);
  return pause?.from ?? dossier.processedAt ?? dossier.endedAt;
}

/**
 * Working time from one instant to another, negative where that lies before it, be it by a night in which nobody works; null outside of the
 * calendar.
 */
export function workingMsLeft(calendar: WorkCalendar, from: string, to: string): number | null {
  try {
    return from <= to ? workingMsBetween(calendar, from, to) : -Math.max(1, workingMsBetween(calendar, to, from));
  } catch (error) {
    if (error instanceof CalendarNotValid) return null; // The instant itself is known, and shown.
    throw error;
  }
}
