import type { DueInstants, PostHolder, Result } from '#contracts';
import {
  clockRuns,
  feeLedgerOf,
  holderOf,
  portalStatusOf,
  type Dossier,
  type FeeLedger,
  type Opinion,
  type ResponsibilityRecord,
  type StandingEscalation,
  type Status,
  type Suspension,
} from '#domain';

/** A dossier as people and programs are shown it. Instants are ISO 8601 UTC in the stack's (mapped) time. */
export interface DossierView {
  readonly dossierId: string;
  /** What people type and scan; null until an online submission is accepted. */
  readonly code: string | null;
  readonly status: Status;
  /** The National Public Service Portal's code, 1 to 10. */
  readonly portalStatus: number;
  readonly procedureCode: string;
  readonly procedureVersion: number;
  /** That received it, also where another office has taken over from that one. */
  readonly officeId: string;
  /** The assistance point that helped to hand it in, or null. */
  readonly helpedByOfficeId: string | null;
  readonly decidingOfficeId: string;
  readonly channel: string;
  readonly holder: PostHolder;
  /** A hand-over that the holder has neither accepted nor sent back: by whom and since when; null when there is none. */
  readonly pendingHandover: { readonly giver: PostHolder; readonly since: string } | null;
  readonly due: DueInstants;
  /** The instants first promised: lateness is measured against them too. */
  readonly firstDue: DueInstants;
  /** False while the office waits for somebody else, and at the end. */
  readonly clockRuns: boolean;
  readonly acknowledged: boolean;
  /** Until when whoever acknowledged plans to be done; null where nobody did. */
  readonly plannedAt: string | null;
  /** By when the answer must come that the dossier waits for; null where nothing limits it. */
  readonly answerDueAt: string | null;
  readonly suspensions: readonly Suspension[];
  readonly escalations: readonly StandingEscalation[];
  readonly responsibility: readonly ResponsibilityRecord[];
  /** What is due, paid and given back, in the currency's smallest unit. */
  readonly fees: FeeLedger;
  /** What other bodies were asked for, and what they said. */
  readonly opinions: readonly Opinion[];
  readonly processedAt: string | null;
  readonly result: Result | null;
  readonly endedAt: string | null;
  readonly successorOf: string | null;
  /** Where it was open before, and under which number; null for what was received here. */
  readonly takenOverFrom: { readonly system: string; readonly number: string } | null;
  /** The last entry of its history. */
  readonly lastSequence: number;
}

export function viewOf(dossier: Dossier): DossierView {
  const { officialId, postId, officeId } = holderOf(dossier);
  return {
    dossierId: dossier.dossierId,
    code: dossier.code,
    status: dossier.status,
    portalStatus: portalStatusOf(dossier.status),
    procedureCode: dossier.procedureCode,
    procedureVersion: dossier.procedureVersion,
    officeId: dossier.officeId,
    helpedByOfficeId: dossier.helpedByOfficeId,
    decidingOfficeId: dossier.decidingOfficeId,
    channel: dossier.channel,
    holder: { officialId, postId, officeId },
    pendingHandover: pendingIn(dossier),
    due: dossier.due,
    firstDue: dossier.firstDue,
    clockRuns: clockRuns(dossier),
    acknowledged: dossier.acknowledged,
    plannedAt: dossier.promise?.dueAt ?? null,
    answerDueAt: dossier.answerDueAt,
    suspensions: dossier.suspensions,
    escalations: dossier.escalations,
    responsibility: dossier.responsibility,
    fees: feeLedgerOf(dossier.fees),
    opinions: dossier.opinions,
    processedAt: dossier.processedAt,
    result: dossier.result,
    endedAt: dossier.endedAt,
    successorOf: dossier.successorOf,
    takenOverFrom: dossier.takenOver ? { system: dossier.takenOver.system, number: dossier.takenOver.number } : null,
    lastSequence: dossier.lastSequence,
  };
}

function pendingIn({ pendingHandover }: Dossier): DossierView['pendingHandover'] {
  return pendingHandover && { giver: pendingHandover.giver, since: pendingHandover.since };
}

/** The ETag of a version. */
export function etagOf(version: number): string {
  return `"${version}"`;
}
