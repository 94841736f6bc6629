import { deadlinesSchema, type Deadlines } from '../deadlines';
import { holdingSchema, postHolderSchema, type Holding, type PostHolder } from '../post-holder';
import { oneOf, orNull, record, text } from '../schema';

/** A negative decision is a result too. */
export const results = ['granted', 'refused'] as const;
export type Result = (typeof results)[number];

/** The office has finished; the result lies at the desk. The measured clock stops here (Decision 766, index 2.1). */
export interface DossierProcessed {
  readonly actor: PostHolder;
  readonly result: Result;
}

export const dossierProcessedSchema = record<DossierProcessed>({
  actor: postHolderSchema,
  result: oneOf(results),
});

/** Who took the result, and what shows it. */
export const recipients = ['applicant', 'representative', 'postal-service', 'online'] as const;
export type Recipient = (typeof recipients)[number];
export const proofs = [
  'signature',
  'letter-of-authority',
  'consignment-note',
  'electronic-receipt',
  'taken-over',
] as const;
export type Proof = (typeof proofs)[number];

/** The result was handed out. Ends the dossier. */
export interface DossierReturned {
  readonly actor: PostHolder;
  readonly to: Recipient;
  readonly proof: Proof;
  readonly released: Holding;
}

export const dossierReturnedSchema = record<DossierReturned>({
  actor: postHolderSchema,
  to: oneOf(recipients),
  proof: oneOf(proofs),
  released: holdingSchema,
});

/** The applicant asked to withdraw. The clock stands still until an official confirms or declines. */
export interface DossierWithdrawalRequested {
  readonly actor: PostHolder;
}

export const dossierWithdrawalRequestedSchema = record<DossierWithdrawalRequested>({
  actor: postHolderSchema,
});

/** The withdrawal cannot be granted; handling goes on where it was. */
export interface DossierWithdrawalDeclined {
  readonly actor: PostHolder;
  readonly reasonCode: string;
  /** Null while the dossier still waits for something else: then no due instant is known yet. */
  readonly deadlines: Deadlines | null;
}

export const dossierWithdrawalDeclinedSchema = record<DossierWithdrawalDeclined>({
  actor: postHolderSchema,
  reasonCode: text,
  deadlines: orNull(deadlinesSchema),
});

/** An official confirmed the withdrawal. Ends the dossier. */
export interface DossierWithdrawn {
  readonly actor: PostHolder;
  readonly released: Holding;
}

export const dossierWithdrawnSchema = record<DossierWithdrawn>({
  actor: postHolderSchema,
  released: holdingSchema,
});

/** The office stopped handling for a reason the law knows (form 05 of 2025). Ends the dossier without a result. */
export interface DossierStopped {
  readonly actor: PostHolder;
  /** Who proposed what the actor approved; null where one decided alone, and where the law did. */
  readonly proposedBy: PostHolder | null;
  readonly reasonCode: string;
  /** The law that lets a dossier lapse on silence; null where a head decided. */
  readonly legalBasis: string | null;
  readonly released: Holding;
}

const stopped = { actor: postHolderSchema, reasonCode: text, released: holdingSchema };
const stoppedByLaw = { ...stopped, legalBasis: orNull(text) };
export const dossierStoppedSchema = record<DossierStopped>({ ...stoppedByLaw, proposedBy: orNull(postHolderSchema) });
export const olderDossierStopped = [
  {
    version: 1,
    schema: record<Omit<DossierStopped, 'legalBasis' | 'proposedBy'>>(stopped),
    lift: (data: object) => ({ ...data, legalBasis: null }),
  },
  {
    version: 2,
    schema: record<Omit<DossierStopped, 'proposedBy'>>(stoppedByLaw),
    lift: (data: object) => ({ ...data, proposedBy: null }),
  },
];
