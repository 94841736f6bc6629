import { postHolderSchema, type PostHolder } from '../post-holder';
import { listOf, orNull, record, text, uuid } from '../schema';

/** One dossier of a transfer, and who takes it. */
export interface Assignment {
  readonly dossierId: string;
  readonly to: PostHolder;
}

/**
 * Somebody decided that open dossiers change hands together, because an official leaves or an office has ended. Each that does
 * is told by a `dossier-reassigned` with the same `operationId`; what came to the giver after this event stays.
 */
export interface WorkTransferDecided {
  readonly actor: PostHolder;
  readonly operationId: string;
  readonly reasonCode: string;
  /** Whose work is handed on; null: that of offices that have ended. */
  readonly fromOfficialId: string | null;
  /** With an official: only what they hold in this office. Without: only this office; null for all that have ended. */
  readonly fromOfficeId: string | null;
  /**
   * Who takes what no assignment names. Null: nobody, of an official's work; of an office's, whoever held it in the
   * successor, else who acts as head there.
   */
  readonly to: PostHolder | null;
  readonly assignments: readonly Assignment[];
}

export const workTransferDecidedSchema = record<WorkTransferDecided>({
  actor: postHolderSchema,
  operationId: uuid,
  reasonCode: text,
  fromOfficialId: orNull(text),
  fromOfficeId: orNull(text),
  to: orNull(postHolderSchema),
  assignments: listOf(record<Assignment>({ dossierId: uuid, to: postHolderSchema })),
});
