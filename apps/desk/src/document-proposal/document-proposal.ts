import type { PostHolder } from '#contracts';
import { DossierError, type DocumentAct, type Organisation } from '#domain';
import type { DecisionColumns } from '../approval/approval';

/** How a proposal stands. `outdated`: another organisation was loaded since, so that it must be proposed anew. */
type ProposalState = 'open' | 'approved' | 'declined' | 'withdrawn' | 'outdated';

/** A proposed document as it is listed. */
export interface DocumentProposalView {
  readonly proposalId: string;
  readonly act: DocumentAct;
  /** Of the text as it was proposed and will be loaded: by it two persons can be sure that they speak of the same. */
  readonly sha256: string;
  /** The version of the organisation that was edited; null for a catalogue, which only grows. */
  readonly version: number | null;
  readonly proposedBy: PostHolder;
  readonly proposedAt: string;
  readonly state: ProposalState;
  /** Who approved, declined or withdrew it; null while nobody did. */
  readonly decidedBy: PostHolder | null;
  readonly decidedAt: string | null;
  /** Why it was declined. */
  readonly reasonCode: string | null;
  /** Whether whoever reads it may approve or decline it now. */
  readonly mayDecide: boolean;
}

/** The same with what would be loaded, in the form that its preview and its load take. */
export interface ProposedDocument extends DocumentProposalView {
  readonly document: Readonly<Record<string, unknown>>;
  /** The organisation of `version`: what is otherwise in the document is what was edited. Null for a catalogue. */
  readonly edited: Organisation | null;
}

/** A page of them, newest first. */
export interface DocumentProposalPage {
  readonly proposals: readonly DocumentProposalView[];
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null;
}

/** A row of desk.document_proposal. */
export interface ProposalRow extends DecisionColumns {
  readonly proposal_id: string;
  readonly act: DocumentAct;
  readonly document: string;
  readonly sha256: string;
  readonly version: number | null;
  readonly authors: readonly string[];
  readonly proposed_at: Date;
}

/** `latest`: the version of the organisation that holds. */
function stateOf({ decision, version }: ProposalRow, latest: number): ProposalState {
  if (decision !== null) return decision;
  return version === null || version === latest ? 'open' : 'outdated';
}

export function proposalViewOf(row: ProposalRow, latest: number, isAnother: boolean): DocumentProposalView {
  const state = stateOf(row, latest);
  return {
    proposalId: row.proposal_id,
    act: row.act,
    sha256: row.sha256,
    version: row.version,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reasonCode: row.reason_code,
    mayDecide: state === 'open' && isAnother,
  };
}

/** Thrown when a document is proposed that would change nothing. */
export class NothingToLoad extends DossierError {
  readonly code = 'NOTHING_TO_LOAD';
  readonly kind = 'conflict';

  constructor() {
    super('This is loaded already: it would change nothing.');
  }
}
