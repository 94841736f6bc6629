import { postHolderSchema, type PostHolder } from '../post-holder';
import { integer, matching, record, text } from '../schema';

/** A draft of a procedure came into use. From which day on, the version itself says. */
export interface ProcedurePublished {
  readonly actor: PostHolder;
  readonly procedureCode: string;
  readonly procedureVersion: number;
  /** The decision that published it. */
  readonly legalBasis: string;
}

export const procedurePublishedSchema = record<ProcedurePublished>({
  actor: postHolderSchema,
  procedureCode: text,
  procedureVersion: integer(1),
  legalBasis: text,
});

/** A published version takes no new dossiers any more; those that have it keep it. */
export interface ProcedureWithdrawn extends ProcedurePublished {
  /** The first local day on which it is not in force, `YYYY-MM-DD`. */
  readonly from: string;
}

export const procedureWithdrawnSchema = record<ProcedureWithdrawn>({
  actor: postHolderSchema,
  procedureCode: text,
  procedureVersion: integer(1),
  legalBasis: text,
  from: matching('^\\d{4}-\\d{2}-\\d{2}$'),
});
