import { deadlinesSchema, type Deadlines } from '../deadlines';
import { holdingSchema, postHolderSchema, type Holding, type PostHolder } from '../post-holder';
import { flag, orNull, record, text, uuid } from '../schema';

/** The dossier passed on, with giver and receiver; a new step may bring a limit of its own. */
export interface DossierHandedOver {
  readonly actor: PostHolder;
  readonly released: Holding;
  readonly to: PostHolder;
  /** The procedure's step that begins, or null where the procedure names none. */
  readonly step: string | null;
  /** True where somebody else got it, who is to accept it or send it back. */
  readonly awaitsAcceptance: boolean;
  /** Null where no due instant changed. */
  readonly deadlines: Deadlines | null;
}

/** Before receivers answered: such a hand-over waits for nobody. */
type DossierHandedOver1 = Omit<DossierHandedOver, 'awaitsAcceptance'>;

export const dossierHandedOverSchema1 = record<DossierHandedOver1>({
  actor: postHolderSchema,
  released: holdingSchema,
  to: postHolderSchema,
  step: orNull(text),
  deadlines: orNull(deadlinesSchema),
});

export function dossierHandedOverFrom1(data: DossierHandedOver1): DossierHandedOver {
  return { ...data, awaitsAcceptance: false };
}

export const dossierHandedOverSchema = record<DossierHandedOver>({
  actor: postHolderSchema,
  released: holdingSchema,
  to: postHolderSchema,
  step: orNull(text),
  awaitsAcceptance: flag,
  deadlines: orNull(deadlinesSchema),
});

/** A head moved the dossier to another official. Who did past steps does not change. */
export interface DossierReassigned {
  readonly actor: PostHolder;
  /** Who proposed what the actor approved; null where one decided alone. */
  readonly proposedBy: PostHolder | null;
  readonly released: Holding;
  readonly to: PostHolder;
  readonly reasonCode: string;
  /** Of the `work-transfer-decided` by which it was handed on with all the rest; null where it was moved alone. */
  readonly operationId: string | null;
}

const reassigned1 = {
  actor: postHolderSchema,
  released: holdingSchema,
  to: postHolderSchema,
  reasonCode: text,
};

const reassigned2 = { ...reassigned1, operationId: orNull(uuid) };
export const dossierReassignedSchema = record<DossierReassigned>({
  ...reassigned2,
  proposedBy: orNull(postHolderSchema),
});
export const olderDossierReassigned = [
  {
    version: 1,
    schema: record<Omit<DossierReassigned, 'operationId' | 'proposedBy'>>(reassigned1),
    lift: (data: object) => ({ ...data, operationId: null }),
  },
  {
    version: 2,
    schema: record<Omit<DossierReassigned, 'proposedBy'>>(reassigned2),
    lift: (data: object) => ({ ...data, proposedBy: null }),
  },
];

/**
 * The receiver confirmed a hand-over (form 06). Who answers for the dossier does not change: that began with the hand-over, and
 * so did the step's limit.
 */
export interface HandOverAccepted {
  readonly actor: PostHolder;
}

export const handOverAcceptedSchema = record<HandOverAccepted>({
  actor: postHolderSchema,
});

/**
 * The receiver sent the dossier back: the giver answers for it again from now on, and the step before is current again with its
 * own start. What the receiver held stays the receiver's.
 */
export interface HandOverSentBack {
  readonly actor: PostHolder;
  readonly reasonCode: string;
  /** What the receiver held. */
  readonly released: Holding;
  /** The giver, who held the dossier before. */
  readonly to: PostHolder;
  /** The limit of the step before runs on from where it began. Null where no due instant changed. */
  readonly deadlines: Deadlines | null;
}

export const handOverSentBackSchema = record<HandOverSentBack>({
  actor: postHolderSchema,
  reasonCode: text,
  released: holdingSchema,
  to: postHolderSchema,
  deadlines: orNull(deadlinesSchema),
});
