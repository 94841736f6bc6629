import { deadlinesSchema, type Deadlines } from '../deadlines';
import { postHolderSchema, type PostHolder } from '../post-holder';
import { integer, listOf, matching, orNull, record, text } from '../schema';

/** The office asked the applicant to complete the dossier (form 02). Its clock stands still until that comes. */
export interface DossierSupplementRequested {
  readonly actor: PostHolder;
  readonly reasonCode: string;
  /** Codes of the components that are missing or wrong. */
  readonly components: readonly string[];
  /** For a request beyond the lawful number: the basis and the official who approved it. */
  readonly legalBasis: string | null;
  readonly approvedBy: string | null;
}

export const dossierSupplementRequestedSchema = record<DossierSupplementRequested>({
  actor: postHolderSchema,
  reasonCode: text,
  components: listOf(text),
  legalBasis: orNull(text),
  approvedBy: orNull(text),
});

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
export interface DossierPaymentRequested {
  readonly actor: PostHolder;
  /** In the currency's smallest unit: dong for VND, cent for EUR. */
  readonly amountMinor: number;
  readonly currency: string;
}

export const dossierPaymentRequestedSchema = record<DossierPaymentRequested>({
  actor: postHolderSchema,
  amountMinor: integer(1),
  currency: matching('^[A-Z]{3}$'),
});

/** The fee or tax was paid. */
export type DossierPaymentReceived = ClockResumed;
export const dossierPaymentReceivedSchema = clockResumedSchema;

/** The office waits for another body, for a reason the law knows. */
export interface DossierSuspended {
  readonly actor: PostHolder;
  readonly reasonCode: string;
}

export const dossierSuspendedSchema = record<DossierSuspended>({
  actor: postHolderSchema,
  reasonCode: text,
});

/** What the dossier was suspended for is over. */
export type DossierResumed = ClockResumed;
export const dossierResumedSchema = clockResumedSchema;
