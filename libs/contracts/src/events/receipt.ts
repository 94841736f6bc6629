import { deadlinesSchema, type Deadlines } from '../deadlines';
import { holdingSchema, postHolderSchema, type Holding, type PostHolder } from '../post-holder';
import { flag, instant, integer, listOf, oneOf, orNull, record, text, uuid } from '../schema';

/** How a dossier reached the office. */
export const channels = ['desk', 'online', 'post', 'e-mail', 'internal'] as const;
export type Channel = (typeof channels)[number];

/** A stretch in which the office's clock stood still. `until` is null while it lasts. */
export interface ClockStop {
  readonly from: string;
  readonly until: string | null;
}

const clockStopSchema = record<ClockStop>({
  from: instant,
  until: orNull(instant),
});

/** A dossier arrived online. No receipt yet: only the acceptance clock runs, and `holder` answers for it. */
export interface DossierSubmitted {
  readonly actor: PostHolder;
  readonly procedureCode: string;
  readonly procedureVersion: number;
  readonly officeId: string;
  readonly channel: Channel;
  readonly holder: PostHolder;
  readonly deadlines: Deadlines;
}

export const dossierSubmittedSchema = record<DossierSubmitted>({
  actor: postHolderSchema,
  procedureCode: text,
  procedureVersion: integer(),
  officeId: text,
  channel: oneOf(channels),
  holder: postHolderSchema,
  deadlines: deadlinesSchema,
});

/**
 * A desk took the dossier in and printed the receipt: the legal clock runs from `clockStartedAt`. That is the event's own
 * time, but for a successor of a wrongly ended dossier, which keeps the first receipt's clock and its stops.
 */
export interface DossierReceived {
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
  readonly deadlines: Deadlines;
}

export const dossierReceivedSchema = record<DossierReceived>({
  actor: postHolderSchema,
  code: text,
  procedureCode: text,
  procedureVersion: integer(),
  officeId: text,
  channel: oneOf(channels),
  holder: postHolderSchema,
  clockStartedAt: instant,
  clockStops: listOf(clockStopSchema),
  released: orNull(holdingSchema),
  successorOf: orNull(uuid),
  takenOver: flag,
  deadlines: deadlinesSchema,
});

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
