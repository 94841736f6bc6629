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
 * time, but for a successor of a wrongly ended dossier, which keeps the first receipt's clock and its stops.
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
  readonly deadlines: Deadlines;
}

const received1 = {
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
};

export const dossierReceivedSchema1 = record<Omit<DossierReceived, keyof OtherOffices>>(received1);

export const dossierReceivedSchema = record<DossierReceived>({
  ...received1,
  helpedByOfficeId: orNull(text),
  decidingOfficeId: text,
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
