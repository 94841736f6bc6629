import type { PostHolder } from '#contracts';
import { DossierError, type FourEyesCommand } from '#domain';

/**
 * How a proposal stands. `outdated`: people did something else with the dossier since, so that it must be proposed anew.
 * `lapsed`: the dossier ended without a decision.
 */
type ApprovalState = 'open' | 'approved' | 'declined' | 'withdrawn' | 'outdated' | 'lapsed';

/** A proposal as it is shown. */
export interface ApprovalView {
  readonly approvalId: string;
  readonly dossierId: string;
  /** Of the dossier; null until an online submission is accepted. */
  readonly code: string | null;
  readonly procedureCode: string;
  /** What the dossier is promised for now; null where nothing is. */
  readonly appointmentAt: string | null;
  readonly command: FourEyesCommand;
  /** What the command would be told. Free text and values of the applicant's are shown with the dossier alone. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly proposedBy: PostHolder;
  readonly proposedAt: string;
  readonly state: ApprovalState;
  /** Who approved, declined or withdrew it; null while nobody did. */
  readonly decidedBy: PostHolder | null;
  readonly decidedAt: string | null;
  /** Why it was declined. */
  readonly reasonCode: string | null;
  /** Whether whoever reads it may approve or decline it now. */
  readonly mayDecide: boolean;
}

/** How somebody ended a proposal; a decline says why. */
export interface Decision {
  readonly decision: 'approved' | 'declined' | 'withdrawn';
  readonly reasonCode: string | null;
}

/** What both tables of proposals say of who made one, and of how it ended; null while it waits. */
export interface DecisionColumns {
  readonly proposed_by: PostHolder;
  readonly decision: Decision['decision'] | null;
  readonly decided_by: PostHolder | null;
  readonly decided_at: Date | null;
  readonly reason_code: string | null;
}

/** A row of desk.approval beside what its dossier's row says. */
export interface ApprovalRow extends DecisionColumns {
  readonly approval_id: string;
  readonly dossier_id: string;
  readonly command: FourEyesCommand;
  readonly said: Readonly<Record<string, unknown>>;
  readonly sealed: Buffer | null;
  readonly version: number;
  readonly sequence: number;
  readonly authors: readonly string[];
  readonly proposed_at: Date;
}

/** What of its dossier a proposal hangs on, and is shown with. */
export interface Standing extends Pick<ApprovalView, 'code' | 'procedureCode' | 'appointmentAt'> {
  readonly version: number;
  readonly endedAt: string | null;
}

export function stateOf(
  { decision, version }: ApprovalRow,
  dossier: Pick<Standing, 'version' | 'endedAt'>,
): ApprovalState {
  if (decision !== null) return decision;
  if (dossier.endedAt !== null) return 'lapsed';
  return version === dossier.version ? 'open' : 'outdated';
}

export function approvalViewOf(
  row: ApprovalRow,
  dossier: Standing,
  { sealed = {}, mayDecide = false }: { sealed?: Readonly<Record<string, unknown>>; mayDecide?: boolean } = {},
): ApprovalView {
  return {
    approvalId: row.approval_id,
    dossierId: row.dossier_id,
    code: dossier.code,
    procedureCode: dossier.procedureCode,
    appointmentAt: dossier.appointmentAt,
    command: row.command,
    body: { ...row.said, ...sealed },
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    state: stateOf(row, dossier),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reasonCode: row.reason_code,
    mayDecide,
  };
}

/** What of a command's body may name people. */
const personal: readonly string[] = ['remark', 'newValue', 'eForm'];

/** The body of a command in two: what may be read where the dossier's key is gone, and what must be sealed; null for nothing. */
export function divided(body: object): { readonly said: object; readonly toSeal: object | null } {
  const entries = Object.entries(body);
  const toSeal = entries.filter(([name]) => personal.includes(name));
  return {
    said: Object.fromEntries(entries.filter(([name]) => !personal.includes(name))),
    toSeal: toSeal.length === 0 ? null : Object.fromEntries(toSeal),
  };
}

/** Thrown when nobody but the proposer could approve. */
export class NobodyToApprove extends DossierError {
  readonly code = 'NOBODY_TO_APPROVE';
  readonly kind = 'conflict';

  constructor(readonly command: FourEyesCommand) {
    super(`Nobody else may approve "${command}" here now; name a deputy, or have the office above act.`);
  }
}

/** Thrown when people did something else with the dossier since it was proposed. */
export class ProposalOutdated extends DossierError {
  readonly code = 'PROPOSAL_OUTDATED';
  readonly kind = 'conflict';

  constructor(
    /** The types of the entries since, oldest first. */
    readonly changes: readonly string[],
  ) {
    super(`The dossier has changed since this was proposed (${changes.join(', ')}); it can be proposed anew.`);
  }
}
