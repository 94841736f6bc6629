import type { ApplicantNotified, DossierEvent } from '#contracts';
import type { Dossier } from '#domain';

/** One journal row, with the event its bytes hold. */
export interface JournalRow {
  readonly stream: string;
  readonly sequence: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly body: string;
  readonly hash: string;
  readonly previousHash: string | null;
}

export interface DossierRow {
  readonly dossierId: string;
  readonly state: Dossier;
  readonly code: string | null;
  readonly status: string;
  readonly endedAt: string | null;
  readonly lastSequence: number;
  readonly lastHash: string;
}

export interface LedgerRow {
  readonly dossierId: string;
  readonly officialId: string;
  readonly postId: string;
  readonly officeId: string;
  readonly from: string;
  readonly until: string;
  readonly workingMs: number;
}

export interface EscalationRow {
  readonly dossierId: string;
  readonly generation: number;
  readonly rung: string;
  readonly dueAt: string;
  readonly responsibleId: string;
  readonly addresseeId: string | null;
  readonly recordedBy: string;
  readonly withdrawn: boolean;
}

/** By what an asked office finds the opinion it is asked for. */
export interface OpinionRow {
  readonly opinionId: string;
  readonly dossierId: string;
  readonly officeId: string;
  readonly dueAt: string;
  readonly answered: boolean;
}

/** What a consumer says it has applied of a stream. */
export interface HeardRow {
  readonly stream: string;
  readonly sequence: number;
  readonly hash: string;
  readonly blocked: boolean;
}

/** What the clock says it has heard of a dossier, and up to where it has told the workflow. */
export interface WatchedRow extends HeardRow {
  readonly told: number;
}

export interface AlertRow {
  readonly dossierId: string;
  readonly generation: number;
  readonly rung: string;
  readonly withdrawn: boolean;
}

/** One kept answer: which dossier as of which entry. */
export interface AnswerRow {
  readonly dossierId: string;
  readonly sequence: number;
}

/** A letter between the office and an applicant, as its row holds it. */
export interface MessageRow {
  readonly dossierId: string;
  readonly messageId: string;
  /** Its entry in the stream `messages`. */
  readonly entrySequence: number;
  /** SHA-256 of the sealed bytes, hexadecimal. */
  readonly sealedHash: string;
}

/** Answers to an e-form as a row of the desk holds them: what was handed in with the first entry, or a correction. */
export interface EFormRow {
  readonly dossierId: string;
  readonly sequence: number;
  /** SHA-256 of the sealed bytes, hexadecimal. */
  readonly sealedHash: string;
}

/** What an applicant was, or is to be, told because of an entry. */
export interface NoticeRow extends Pick<ApplicantNotified, 'dossierId' | 'causeSequence' | 'kind'> {
  readonly state: ApplicantNotified['outcome'] | 'pending';
  /** Its entry in the stream `notices`; null while it is pending. */
  readonly entrySequence: number | null;
}

/** What Kafka holds, in the order of each partition. */
export interface ToldMessage {
  readonly stream: string;
  readonly sequence: number;
  readonly hash: string;
}

/** What Temporal says of a dossier's workflow; null when it knows none. */
export type WorkflowStatus =
  'RUNNING' | 'PAUSED' | 'COMPLETED' | 'FAILED' | 'TERMINATED' | 'CANCELLED' | 'TIMED_OUT' | null;

/** Everything the invariants are decided upon, read once from the running system. */
export interface Evidence {
  readonly journal: readonly JournalRow[];
  /** By dossier, oldest first. */
  readonly events: ReadonlyMap<string, readonly DossierEvent[]>;
  readonly feed: readonly { readonly position: number; readonly stream: string; readonly sequence: number }[];
  readonly unfed: number;
  readonly dossiers: readonly DossierRow[];
  readonly ledger: readonly LedgerRow[];
  readonly escalations: readonly EscalationRow[];
  /** What commands on dossiers were answered: the last entry that each made. */
  readonly answers: readonly AnswerRow[];
  readonly opinions: readonly OpinionRow[];
  readonly clock: readonly WatchedRow[];
  readonly oversight: readonly HeardRow[];
  readonly alerts: readonly AlertRow[];
  readonly notices: readonly NoticeRow[];
  readonly messages: readonly MessageRow[];
  readonly eForms: readonly EFormRow[];
  readonly told: readonly ToldMessage[];
  /** Entries that Kafka told of and that were journalled after all the rest was read. */
  readonly journalledSince: readonly Pick<JournalRow, 'stream' | 'sequence' | 'hash'>[];
  readonly workflows: ReadonlyMap<string, WorkflowStatus>;
  readonly deadLetters: number;
  /** Rungs whose wake time is more than two minutes past, by the database's clock. */
  readonly rungsWaiting: readonly string[];
}
