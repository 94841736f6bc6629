import { deadlinesSchema, type Deadlines } from '../deadlines';
import { holdingSchema, postHolderSchema, type Holding, type PostHolder } from '../post-holder';
import { orNull, record, text, uuid } from '../schema';

/** The dossier passed on, with giver and receiver; a new step may bring a limit of its own. */
export interface DossierHandedOver {
  readonly actor: PostHolder;
  readonly released: Holding;
  readonly to: PostHolder;
  /** The procedure's step that begins, or null where the procedure names none. */
  readonly step: string | null;
  /** Null where no due instant changed. */
  readonly deadlines: Deadlines | null;
}

export const dossierHandedOverSchema = record<DossierHandedOver>({
  actor: postHolderSchema,
  released: holdingSchema,
  to: postHolderSchema,
  step: orNull(text),
  deadlines: orNull(deadlinesSchema),
});

/** A head moved the dossier to another official. Who did past steps does not change. */
export interface DossierReassigned {
  readonly actor: PostHolder;
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

export const dossierReassignedSchema1 = record<Omit<DossierReassigned, 'operationId'>>(reassigned1);

export const dossierReassignedSchema = record<DossierReassigned>({ ...reassigned1, operationId: orNull(uuid) });
