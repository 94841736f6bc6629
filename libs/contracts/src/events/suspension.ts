import { deadlinesSchema, type Deadlines } from '../deadlines';
import { postHolderSchema, type PostHolder } from '../post-holder';
import { instant, integer, listOf, matching, orNull, record, text } from '../schema';

/** By when whoever the office waits for must answer, and what a rule then does. */
interface Waiting {
  /** Null where nothing limits the wait. */
  readonly answerDueAt: string | null;
  /** The office's instants as they stand, with the rungs of the wait; null where nothing limits it. */
  readonly deadlines: Deadlines | null;
}

const waiting = { answerDueAt: orNull(instant), deadlines: orNull(deadlinesSchema) };

/** What an older version says: nothing limited the wait. */
function unlimited<Data extends object>(data: Data): Data & Waiting {
  return { ...data, answerDueAt: null, deadlines: null };
}

/** The office asked the applicant to complete the dossier (form 02). Its clock stands still until that comes. */
export interface DossierSupplementRequested extends Waiting {
  readonly actor: PostHolder;
  readonly reasonCode: string;
  /** Codes of the components that are missing or wrong. */
  readonly components: readonly string[];
  /** For a request beyond the lawful number: the basis and the official who approved it. */
  readonly legalBasis: string | null;
  readonly approvedBy: string | null;
}

const supplementRequested = {
  actor: postHolderSchema,
  reasonCode: text,
  components: listOf(text),
  legalBasis: orNull(text),
  approvedBy: orNull(text),
};
export const dossierSupplementRequestedSchema = record<DossierSupplementRequested>({
  ...supplementRequested,
  ...waiting,
});
export const olderDossierSupplementRequested = [
  { version: 1, schema: record<Omit<DossierSupplementRequested, keyof Waiting>>(supplementRequested), lift: unlimited },
];

/** The clock runs again: what the office waited for has come. The due instants moved by the working time waited. */
interface ClockResumed {
  readonly actor: PostHolder;
  readonly deadlines: Deadlines;
}

const clockResumedSchema = record<ClockResumed>({
  actor: postHolderSchema,
  deadlines: deadlinesSchema,
});

/** The applicant brought what was asked for. */
export type DossierSupplementReceived = ClockResumed;
export const dossierSupplementReceivedSchema = clockResumedSchema;

/** The applicant owes a fee or tax before handling goes on. */
export interface DossierPaymentRequested extends Waiting {
  readonly actor: PostHolder;
  /** In the currency's smallest unit: dong for VND, cent for EUR. */
  readonly amountMinor: number;
  readonly currency: string;
}

const paymentRequested = {
  actor: postHolderSchema,
  amountMinor: integer(1),
  currency: matching('^[A-Z]{3}$'),
};
export const dossierPaymentRequestedSchema = record<DossierPaymentRequested>({ ...paymentRequested, ...waiting });
export const olderDossierPaymentRequested = [
  { version: 1, schema: record<Omit<DossierPaymentRequested, keyof Waiting>>(paymentRequested), lift: unlimited },
];

/** The fee or tax was paid. */
export type DossierPaymentReceived = ClockResumed;
export const dossierPaymentReceivedSchema = clockResumedSchema;

/** The payment was asked for in error: nothing is due of it, and the clock that stood still for it runs again. */
export interface DossierPaymentCancelled extends ClockResumed {
  readonly reasonCode: string;
}

export const dossierPaymentCancelledSchema = record<DossierPaymentCancelled>({
  actor: postHolderSchema,
  deadlines: deadlinesSchema,
  reasonCode: text,
});

/** The office waits for another body, for a reason the law knows. */
export interface DossierSuspended extends Waiting {
  readonly actor: PostHolder;
  readonly reasonCode: string;
}

const suspended = { actor: postHolderSchema, reasonCode: text };
export const dossierSuspendedSchema = record<DossierSuspended>({ ...suspended, ...waiting });
export const olderDossierSuspended = [
  { version: 1, schema: record<Omit<DossierSuspended, keyof Waiting>>(suspended), lift: unlimited },
];

/** What the dossier was suspended for is over. */
export type DossierResumed = ClockResumed;
export const dossierResumedSchema = clockResumedSchema;
