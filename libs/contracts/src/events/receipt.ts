import { deadlinesSchema, type Deadlines } from '../deadlines';
import { holdingSchema, postHolderSchema, type Holding, type PostHolder } from '../post-holder';
import { flag, instant, integer, listOf, oneOf, orNull, record, text, uuid } from '../schema';

/** How a dossier reached the office. */
export const channels = ['desk', 'online', 'post', 'e-mail', 'internal'] as const;
export type Channel = (typeof channels)[number];

/** Why the office's clock stood still before a dossier was received here. */
export const stopReasons = ['supplement', 'payment', 'other-body'] as const;
export type StopReason = (typeof stopReasons)[number];

/** A stretch in which the office's clock stood still. `until` is null while it lasts. */
export interface ClockStop {
  readonly reason: StopReason;
  readonly from: string;
  readonly until: string | null;
}

const clockStopSchema = record<ClockStop>({
  reason: oneOf(stopReasons),
  from: instant,
  until: orNull(instant),
});

/** What a dossier was in the system it came from, where its clock ran. */
export const takenOverStatuses = ['received', 'in-process'] as const;

/** Where a dossier was open before, and what that system said of it. */
export interface TakenOverFrom {
  /** The other system and the dossier's number in it: together unique. */
  readonly system: string;
  readonly number: string;
  /** Before a stop that still lasts. */
  readonly status: (typeof takenOverStatuses)[number];
  /** The step it was in; its limit counts from the taking-over on. */
  readonly step: string | null;
  /** As that system had promised, with every stop that had ended; null where it is counted here from the first receipt. */
  readonly appointmentAt: string | null;
  readonly legalDueAt: string | null;
}

const takenOverFromSchema = record<TakenOverFrom>({
  system: text,
  number: text,
  status: oneOf(takenOverStatuses),
  step: orNull(text),
  appointmentAt: orNull(instant),
  legalDueAt: orNull(instant),
});

/** The offices a dossier has besides the one that received it (Decree 118/2025, Article 14: any centre of the province receives). */
export interface OtherOffices {
  /** The assistance point where somebody helped the applicant to hand it in; null where nobody did. */
  readonly helpedByOfficeId: string | null;
  /** Who decides: by default the office that received it. */
  readonly decidingOfficeId: string;
}

/** In version 1 the office that received a dossier decided it, and no other was known. */
export function withOtherOffices<Data extends { readonly officeId: string }>(data: Data): Data & OtherOffices {
  return { ...data, helpedByOfficeId: null, decidingOfficeId: data.officeId };
}

/** A dossier arrived online. No receipt yet: only the acceptance clock runs, and `holder` answers for it. */
export interface DossierSubmitted extends OtherOffices {
  readonly actor: PostHolder;
  readonly procedureCode: string;
  readonly procedureVersion: number;
  readonly officeId: string;
  readonly channel: Channel;
  readonly holder: PostHolder;
  readonly deadlines: Deadlines;
}

const submitted1 = {
  actor: postHolderSchema,
  procedureCode: text,
  procedureVersion: integer(),
  officeId: text,
  channel: oneOf(channels),
  holder: postHolderSchema,
  deadlines: deadlinesSchema,
};

export const dossierSubmittedSchema1 = record<Omit<DossierSubmitted, keyof OtherOffices>>(submitted1);

export const dossierSubmittedSchema = record<DossierSubmitted>({
  ...submitted1,
  helpedByOfficeId: orNull(text),
  decidingOfficeId: text,
});

/**
 * A desk took the dossier in and printed the receipt: the legal clock runs from `clockStartedAt`. That is the event's own
 * time, but for a successor of a wrongly ended dossier and for one taken over from another system, which keep the first
 * receipt's clock and its stops. A stop without an end still lasts: the dossier begins standing still.
 */
export interface DossierReceived extends OtherOffices {
  readonly actor: PostHolder;
  readonly code: string;
  readonly procedureCode: string;
  readonly procedureVersion: number;
  readonly officeId: string;
  readonly channel: Channel;
  readonly holder: PostHolder;
  readonly clockStartedAt: string;
  readonly clockStops: readonly ClockStop[];
  /** Who answered for the online submission until it was accepted, where that was somebody else; null otherwise. */
  readonly released: Holding | null;
  /** The dossier this one continues, or null. */
  readonly successorOf: string | null;
  /** True where the due instants were taken over from another system instead of computed. */
  readonly takenOver: boolean;
  /** Of work that was open in another system; null for what was received here first, or by a program that brings instants. */
  readonly takenOverFrom: TakenOverFrom | null;
  /** By when the answer must come that a dossier taken over waits for; null where nothing limits the wait, or it does not wait. */
  readonly answerDueAt: string | null;
  /** Rungs of the office's that ring once its clock runs, where a dossier taken over begins standing still; else empty. */
  readonly stoppedRungs: readonly string[];
  /** Where an answer is awaited: what the office owes, and the rungs of that wait that had not passed. */
  readonly deadlines: Deadlines;
}

const fieldsBeforeStops = {
  actor: postHolderSchema,
  code: text,
  procedureCode: text,
  procedureVersion: integer(),
  officeId: text,
  channel: oneOf(channels),
  holder: postHolderSchema,
  clockStartedAt: instant,
};
const fieldsAfterStops = {
  released: orNull(holdingSchema),
  successorOf: orNull(uuid),
  takenOver: flag,
  deadlines: deadlinesSchema,
};

const fieldsOf2 = {
  ...fieldsBeforeStops,
  clockStops: listOf(clockStopSchema),
  ...fieldsAfterStops,
  takenOverFrom: orNull(takenOverFromSchema),
  helpedByOfficeId: orNull(text),
  decidingOfficeId: text,
};

export const dossierReceivedSchema = record<DossierReceived>({
  ...fieldsOf2,
  answerDueAt: orNull(instant),
  stoppedRungs: listOf(text),
});

/** Version 2 knew no limit of an answer that was awaited elsewhere already. */
type DossierReceived2 = Omit<DossierReceived, 'answerDueAt' | 'stoppedRungs'>;

export const dossierReceivedSchema2 = record<DossierReceived2>(fieldsOf2);

/** Where a stop lasts, the rungs of its schedule were those that wait for the clock. */
export function dossierReceivedFrom2(data: DossierReceived2): DossierReceived {
  const isStopped = data.clockStops.some(({ until }) => until === null);
  const stoppedRungs = isStopped ? data.deadlines.schedule.rungs.map(({ name }) => name) : [];
  return { ...data, answerDueAt: null, stoppedRungs };
}

type ClockStop1 = Omit<ClockStop, 'reason'>;

/** Version 1 knew no other system, no other office, and no reason of a stop. */
interface DossierReceived1 extends Omit<DossierReceived2, 'clockStops' | 'takenOverFrom' | keyof OtherOffices> {
  readonly clockStops: readonly ClockStop1[];
}

export const dossierReceivedSchema1 = record<DossierReceived1>({
  ...fieldsBeforeStops,
  clockStops: listOf(record<ClockStop1>({ from: instant, until: orNull(instant) })),
  ...fieldsAfterStops,
});

/** A stop whose reason nobody recorded was always added up as the wait for another body. */
export function dossierReceivedFrom1(data: DossierReceived1): DossierReceived2 {
  const clockStops = data.clockStops.map((stop) => ({ reason: 'other-body' as const, ...stop }));
  return { ...withOtherOffices(data), clockStops, takenOverFrom: null };
}

/** An online submission was not accepted (form 03); the applicant was told why. Ends the dossier. */
export interface DossierRefused {
  readonly actor: PostHolder;
  readonly reasonCode: string;
  readonly released: Holding;
}

export const dossierRefusedSchema = record<DossierRefused>({
  actor: postHolderSchema,
  reasonCode: text,
  released: holdingSchema,
});
