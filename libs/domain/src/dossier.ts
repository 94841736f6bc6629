import type { Instant } from '#calendar';
import type {
  Addressee,
  Channel,
  DossierEventData,
  DossierEventType,
  Link,
  DueInstants,
  OpenRung,
  PostHolder,
  Recorder,
  Result,
  Rung,
  Schedule,
  SilenceRung,
  StopReason,
  TakenOverFrom,
  TellingRung,
} from '#contracts';
import type { FeeRecord } from './fees';
import type { Opinion } from './opinion';

/** One thing that happened to a dossier, without its envelope; every `DossierEvent` is one. */
export type Fact = {
  [Type in DossierEventType]: {
    readonly type: Type;
    readonly subject: string;
    readonly sequence: number;
    readonly time: Instant;
    readonly data: DossierEventData[Type];
  };
}[DossierEventType];

/** A fact of one or some of the types. */
export type FactOf<Type extends DossierEventType> = Extract<Fact, { type: Type }>;

/** What a dossier is in; overdue is no state but derived, and never blocks a return. */
export const statuses = [
  'submitted',
  'received',
  'in-process',
  'awaiting-supplement',
  'awaiting-payment',
  'suspended',
  'withdrawal-requested',
  'processed',
  'returned',
  'refused',
  'withdrawn',
  'stopped',
] as const;
export type Status = (typeof statuses)[number];

/** Why the office's clock stands still. */
export type SuspensionReason = 'supplement' | 'payment' | 'other-body' | 'withdrawal';

/** An interval in which the office's clock stands still; `until` is null while it lasts. */
export interface Suspension {
  readonly reason: SuspensionReason;
  readonly from: Instant;
  readonly until: Instant | null;
}

/** A recorded escalation that stands (was not withdrawn). */
export interface StandingEscalation {
  readonly generation: number;
  readonly rung: string;
  readonly dueAt: Instant;
  readonly responsible: PostHolder;
  readonly addressee: Addressee;
  readonly recordedBy: Recorder;
}

/** One interval of responsibility: who held the dossier from when to when. `until` is null for the holder of now. */
export interface ResponsibilityRecord extends PostHolder {
  readonly from: Instant;
  readonly until: Instant | null;
  readonly workingMs: number | null;
}

/** A hand-over that waits for its receiver's answer; the receiver answers for the dossier already. */
export interface PendingHandover {
  /** Who held the dossier before, and gets it again if it is sent back. */
  readonly giver: PostHolder;
  readonly since: Instant;
  /** The step that was current before. */
  readonly stepBefore: Dossier['step'];
  /** Rungs of that step that could still ring. */
  readonly stepRungs: readonly string[];
}

/** Everything that is decided upon, added up from the dossier's events and from nothing else. */
export interface Dossier {
  readonly dossierId: string;
  readonly code: string | null;
  readonly status: Status;
  /** Where a declined withdrawal goes back to. */
  readonly statusBefore: Status | null;
  readonly procedureCode: string;
  readonly procedureVersion: number;
  /** When its procedure was last put right; null: never. */
  readonly reboundAt: Instant | null;
  /** That received it: its first receiver for ever, also where another office has taken over from that one. */
  readonly officeId: string;
  readonly helpedByOfficeId: string | null;
  readonly decidingOfficeId: string;
  readonly channel: Channel;
  readonly successorOf: string | null;
  readonly responsibility: readonly ResponsibilityRecord[];
  /** Null until accepted. */
  readonly clockStartedAt: Instant | null;
  readonly suspensions: readonly Suspension[];
  readonly supplements: number;
  readonly extensions: number;
  /** The instants the receipt printed, took over, or would have printed under the right procedure: base of the statistics. */
  readonly firstDue: DueInstants;
  readonly due: DueInstants;
  readonly calendar: string;
  /** The last re-appointment and when it was made. */
  readonly extension: { readonly madeAt: Instant; readonly appointmentAt: Instant } | null;
  readonly step: { readonly code: string; readonly startedAt: Instant } | null;
  /** A hand-over that its receiver has neither taken nor sent back; null when there is none. */
  readonly pendingHandover: PendingHandover | null;
  readonly schedule: Schedule;
  /** Rungs of this generation that will not ring (again): recorded, or withdrawn because answered. */
  readonly passedRungs: readonly string[];
  readonly acknowledged: boolean;
  /** The planned date of whoever acknowledged in this generation; past it, unkept, it rings. Null where none was given. */
  readonly promise: TellingRung | null;
  /** Rungs of the office's that could still ring when its clock stopped; empty while it runs. */
  readonly stoppedRungs: readonly string[];
  /** By when the answer must come that the dossier waits for; null where nothing limits the wait, or it does not wait. */
  readonly answerDueAt: Instant | null;
  readonly escalations: readonly StandingEscalation[];
  readonly fees: readonly FeeRecord[];
  /** What it was noted to belong to. */
  readonly links: readonly Link[];
  /** What other bodies were asked for, in that order. */
  readonly opinions: readonly Opinion[];
  /** Of those, where silence becomes consent: its rungs, until there is an answer. In the order in which they were asked for. */
  readonly silences: readonly SilenceRung[];
  readonly processedAt: Instant | null;
  readonly result: Result | null;
  readonly endedAt: Instant | null;
  /** When people last did something to it; what happened of itself does not count. */
  readonly lastActAt: Instant;
  readonly lastSequence: number;
  /** Absent for all but what was open in another system, so that states stored by earlier builds stay what they are. */
  readonly takenOver?: TakenOver;
}

/** Where a dossier was open before, when it came here, and what had been promised there (null: counted here). */
export interface TakenOver extends Pick<TakenOverFrom, 'system' | 'number' | 'appointmentAt' | 'legalDueAt'> {
  readonly at: Instant;
}

/** The calendar id and version that the due instants of an event were computed with are one text, `id/version`. */
export function calendarReference(id: string, version: string | number): string {
  return `${id}/${version}`;
}

/** Who holds the dossier. Of an ended one: who held it last. */
export function holderOf(dossier: Dossier): ResponsibilityRecord {
  const holder = dossier.responsibility.at(-1);
  if (!holder) throw new RangeError(`Dossier ${dossier.dossierId} has no holder.`);
  return holder;
}

/** True when a hand-over begins a step; handed on within a step, its limit runs on. */
export function isNewStep({ step }: Pick<Dossier, 'step'>, code: string | null): code is string {
  return code !== null && code !== step?.code;
}

/** True while the office's clock runs. */
export function clockRuns(dossier: Dossier): boolean {
  return runningStatuses.includes(dossier.status);
}

/** The states in which the office's clock runs: only there can anything be overdue. */
export const runningStatuses: readonly Status[] = ['submitted', 'received', 'in-process'];

/** True while the dossier waits for an answer and a limit of its own runs. */
function answerIsAwaited({ status, answerDueAt }: Dossier): boolean {
  return answerDueAt !== null && waitingStatuses.includes(status);
}

/** What a dossier is in while the office's clock stands still for a reason. */
export const statusWhile: Readonly<Record<StopReason, Status>> = {
  supplement: 'awaiting-supplement',
  payment: 'awaiting-payment',
  'other-body': 'suspended',
};

const waitingStatuses = Object.values(statusWhile);

/** The states in which the office's clock stands still for a while: an answer is awaited, or a withdrawal is to be decided. */
export const pausedStatuses: readonly Status[] = [...waitingStatuses, 'withdrawal-requested'];

/** False once the result is there, or the dossier ended: nobody waits for other bodies any more. */
export function isResultAwaited({ processedAt, endedAt }: Pick<Dossier, 'processedAt' | 'endedAt'>): boolean {
  return processedAt === null && endedAt === null;
}

/** The rungs that may still ring, earliest first: those of the schedule, and the silences of bodies asked beside the clock. */
export function openRungs(dossier: Dossier): readonly OpenRung[] {
  const ladder = openLadder(dossier);
  return isResultAwaited(dossier) ? inOrder([...ladder, ...dossier.silences]) : ladder;
}

/**
 * Those of this generation, not passed, while the office's clock runs or an answer is awaited. Where somebody is on the case only
 * the rule's own acts are left, and the date that was planned.
 */
function openLadder(dossier: Dossier): readonly Rung[] {
  if (!clockRuns(dossier) && !answerIsAwaited(dossier)) return [];
  const { schedule, passedRungs, acknowledged, promise } = dossier;
  const ladder = acknowledged ? schedule.rungs.filter((rung) => 'act' in rung) : schedule.rungs;
  return (promise ? inOrder([...ladder, promise]) : ladder).filter(({ name }) => !passedRungs.includes(name));
}

/** Rungs by their instants; of equal ones the order stays. */
export function inOrder<Kind extends OpenRung>(rungs: readonly Kind[]): readonly Kind[] {
  return [...rungs].sort((one, other) => (one.dueAt < other.dueAt ? -1 : one.dueAt > other.dueAt ? 1 : 0));
}

/** Names of the schedule's rungs that can still ring, or could when the office's clock stopped. */
export function waitingToRing(dossier: Dossier): readonly string[] {
  return clockRuns(dossier) ? openLadder(dossier).map(({ name }) => name) : dossier.stoppedRungs;
}

/** The earliest rung still open, or null: what an event carries as `nextrungat`. */
export function nextRungAt(dossier: Dossier): Instant | null {
  return openRungs(dossier)[0]?.dueAt ?? null;
}

/** False for what only rings or reminds, or is presumed beside the clock: it does nothing to what the lead does. */
export function isActOfPeople({ type }: Pick<Fact, 'type'>): boolean {
  return !ringing.includes(type);
}

const ringing: readonly DossierEventType[] = [
  'dossier-escalated',
  'escalation-withdrawn',
  'applicant-reminded',
  'apology-drafted',
  'opinion-presumed',
];
