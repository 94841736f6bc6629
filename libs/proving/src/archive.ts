/** An entry of the journal: its exact bytes as text, and the hash that was recorded with it. */
export interface ArchivedEntry {
  readonly sequence: number;
  readonly hash: string;
  readonly body: string;
}

/** An interval of the responsibility ledger, closed by the entry `sequence`; instants are ISO 8601 UTC, in the stack's time. */
export interface HeldRow {
  readonly sequence: number;
  readonly officialId: string;
  readonly postId: string;
  readonly from: string;
  readonly until: string;
}

/** A row of the ledger of escalations, made by the entry `sequence`; withdrawn by another entry, or not. */
export interface RangRow {
  readonly sequence: number;
  readonly generation: number;
  readonly rung: string;
  readonly dueAt: string;
  readonly responsibleId: string;
  readonly withdrawnSequence: number | null;
}

/** What the ledgers say of one dossier, in the order of the entries. */
export interface Ledgers {
  readonly held: readonly HeldRow[];
  readonly rang: readonly RangRow[];
}

/** What the ledgers said when the entry `last` was the newest. */
export function ledgersUntil(last: number, { held, rang }: Ledgers): Ledgers {
  return {
    held: held.filter(({ sequence }) => sequence <= last),
    rang: rang
      .filter(({ sequence }) => sequence <= last)
      .map((row) => ((row.withdrawnSequence ?? 0) > last ? { ...row, withdrawnSequence: null } : row)),
  };
}

/** The form of the file that an auditor takes away; another form has another name. */
export const archiveFormat = 'motcua-dossier-archive/1';

/** The three witnesses of one dossier as one document: enough to check them without any server. Holds no personal data. */
export interface DossierArchive {
  readonly format: typeof archiveFormat;
  readonly dossierId: string;
  readonly entries: readonly ArchivedEntry[];
  readonly ledgers: Ledgers;
  /** What Temporal recorded, as the JSON text of its own export; null where no workflow was ever started or none is kept. */
  readonly history: string | null;
  /** SHA-256 (lower-case hex) of the workflow code that the history was replayed through when this was made. */
  readonly workflowCode: string;
}

/** Whether somebody's file says that it is such an archive. */
export function isArchive(value: unknown): value is DossierArchive {
  return typeof value === 'object' && value !== null && (value as { format?: unknown }).format === archiveFormat;
}
