import { deadlinesSchema, dueInstantsSchema, type Deadlines, type DueInstants } from '../deadlines';
import { postHolderSchema, type PostHolder } from '../post-holder';
import { integer, orNull, record, text } from '../schema';

/**
 * The dossier was handled under the wrong procedure; from now on it is under the right one, counted from the first receipt.
 * No step is current any more. What was handed out as a receipt before promised `previousDue`.
 */
export interface DossierRebound {
  readonly actor: PostHolder;
  /** Who proposed what the actor approved; null where one decided alone. */
  readonly proposedBy: PostHolder | null;
  readonly reasonCode: string;
  readonly previousProcedureCode: string;
  readonly previousProcedureVersion: number;
  readonly previousDue: DueInstants;
  readonly procedureCode: string;
  readonly procedureVersion: number;
  /** What the right procedure would have promised on receipt: lateness is measured against it. */
  readonly firstDue: DueInstants;
  /** By the right procedure and all stops that have ended. */
  readonly due: DueInstants;
  /**
   * Null while the clock stands still and nothing limits the wait: its schedule comes with the event that lets it run again. Where
   * an answer is awaited by a date, the rungs of that wait which the right procedure prescribes too.
   */
  readonly deadlines: Deadlines | null;
}

const rebound = {
  actor: postHolderSchema,
  reasonCode: text,
  previousProcedureCode: text,
  previousProcedureVersion: integer(1),
  previousDue: dueInstantsSchema,
  procedureCode: text,
  procedureVersion: integer(1),
  firstDue: dueInstantsSchema,
  due: dueInstantsSchema,
  deadlines: orNull(deadlinesSchema),
};
export const dossierReboundSchema = record<DossierRebound>({ ...rebound, proposedBy: orNull(postHolderSchema) });
export const olderDossierRebound = [
  {
    version: 1,
    schema: record<Omit<DossierRebound, 'proposedBy'>>(rebound),
    lift: (data: object) => ({ ...data, proposedBy: null }),
  },
];
