import { deadlinesSchema, dueInstantsSchema, type Deadlines, type DueInstants } from '../deadlines';
import { postHolderSchema, type PostHolder } from '../post-holder';
import { listOf, oneOf, orNull, record, text, uuid } from '../schema';

/**
 * A newer version of the work calendar moved the due instants of an open dossier. The first instants promised are kept for the
 * statistics. `operationId` is that of the decision all dossiers were recomputed by.
 */
export interface DossierRecomputed {
  readonly actor: PostHolder;
  readonly operationId: string;
  /** The decree or decision behind it. */
  readonly legalBasis: string;
  /** `id/version` */
  readonly previousCalendar: string;
  readonly previousDue: DueInstants;
  readonly deadlines: Deadlines;
}

export const dossierRecomputedSchema = record<DossierRecomputed>({
  actor: postHolderSchema,
  operationId: uuid,
  legalBasis: text,
  previousCalendar: text,
  previousDue: dueInstantsSchema,
  deadlines: deadlinesSchema,
});

export const recomputationDecisions = ['apply', 'keep'] as const;
export type RecomputationDecision = (typeof recomputationDecisions)[number];

/** Somebody decided what the newest calendars do to dossiers that are open: move their due instants, or knowingly not. */
export interface RecomputationDecided {
  readonly actor: PostHolder;
  readonly operationId: string;
  readonly decision: RecomputationDecision;
  readonly legalBasis: string;
  /** Only dossiers counted by this calendar; null for all. */
  readonly calendarId: string | null;
  /** The newest versions when it was decided, `id/version` each: no dossier is moved to another. */
  readonly calendars: readonly string[];
}

export const recomputationDecidedSchema = record<RecomputationDecided>({
  actor: postHolderSchema,
  operationId: uuid,
  decision: oneOf(recomputationDecisions),
  legalBasis: text,
  calendarId: orNull(text),
  calendars: listOf(text),
});
