import type { FormName } from '../dossier/command-forms';

/** What many dossiers may be told at once: what needs no look at the single one. */
export const bulkCommands = [
  'accept-hand-over',
  'hand-over',
  'reassign',
  'mark-processed',
  'return',
  'acknowledge',
] as const satisfies readonly FormName[];
export type BulkCommand = (typeof bulkCommands)[number];

/** What is asked of one dossier after a look at it: given to a single one that is chosen, by the dialog of its page. */
export const singleCommands = ['request-supplement', 'suspend'] as const satisfies readonly FormName[];
type SingleCommand = (typeof singleCommands)[number];

/** What chosen dossiers may be told. */
export type ChosenCommand = BulkCommand | SingleCommand;

export function isSingle(command: ChosenCommand): command is SingleCommand {
  return singleCommands.some((one) => one === command);
}

/** So many at once are still looked at row by row, and fit into what the browser keeps. */
export const BATCH_LIMIT = 500;

/** One dossier of a batch, and what became of it. */
export interface BatchRow {
  readonly dossierId: string;
  readonly code: string | null;
  /** Idempotency-Key: drawn when the batch begins, so that a row that is sent again is done once. */
  readonly key: string;
  /** After `/dossiers/:dossierId/`. */
  readonly path: string;
  /** The version that was shown when it was chosen. */
  readonly version: number;
  readonly state: 'waiting' | 'done' | 'refused';
  /** The code of the problem; null unless refused. */
  readonly refusal: string | null;
}

/** A command for many dossiers, kept on the computer until its results were read. */
export interface Batch {
  readonly command: BulkCommand;
  readonly body: object;
  readonly rows: readonly BatchRow[];
}

/** What was answered to a row; `unknown` where nobody can say whether it was done: it is sent again under its key. */
export type RowAnswer =
  { readonly state: 'done' | 'unknown' } | { readonly state: 'refused'; readonly refusal: string };

/** A row of the queue as it was chosen, and what desk says can be done with it. */
export interface Candidate {
  readonly dossierId: string;
  readonly code: string | null;
  readonly version: number;
  /** Null for a dossier that is out of sight by now. */
  readonly now: {
    readonly version: number;
    readonly escalation: { readonly generation: number; readonly rung: string } | null;
    readonly commands: readonly { readonly name: string; readonly allowed: boolean; readonly refusal: string | null }[];
  } | null;
}

/** Why a command will not be sent to a dossier: the code of a problem; null where it will. */
export function refusalFor(command: BulkCommand, { version, now }: Candidate): string | null {
  if (now === null) return 'DOSSIER_NOT_FOUND';
  if (now.version !== version) return 'VERSION_STALE';
  const found = now.commands.find(({ name }) => name === command);
  return found?.allowed === true ? null : (found?.refusal ?? 'ACTION_FORBIDDEN');
}

/** The batch of those candidates that nothing speaks against. */
export function batchOf(
  command: BulkCommand,
  body: object,
  candidates: readonly Candidate[],
  drawKey: () => string,
): Batch {
  const rows = candidates
    .filter((candidate) => refusalFor(command, candidate) === null)
    .map(({ dossierId, code, version, now }) => ({
      dossierId,
      code,
      key: drawKey(),
      path: pathOf(command, now?.escalation ?? null),
      version,
      state: 'waiting' as const,
      refusal: null,
    }));
  return { command, body, rows };
}

/** The batch with what was answered to one row. */
export function answered(batch: Batch, dossierId: string, answer: RowAnswer): Batch {
  if (answer.state === 'unknown') return batch;
  const { state } = answer;
  const refusal = answer.state === 'refused' ? answer.refusal : null;
  return { ...batch, rows: batch.rows.map((row) => (row.dossierId === dossierId ? { ...row, state, refusal } : row)) };
}

export function countOf({ rows }: Batch, state: BatchRow['state']): number {
  return rows.filter((row) => row.state === state).length;
}

const AT_ONCE = 4;

/**
 * Sends what waits of a batch, at most four rows at once, and tells each answer. Ends when nothing waits, when asked to, and at the
 * first answer that nobody can be sure of: then the others would fare no better.
 */
export async function runBatch(
  { rows }: Batch,
  send: (row: BatchRow) => Promise<RowAnswer>,
  tell: (dossierId: string, answer: RowAnswer) => void,
  isStopped: () => boolean,
): Promise<void> {
  const waiting = rows.filter(({ state }) => state === 'waiting');
  let isUnsure = false;
  const work = async () => {
    for (let row = waiting.shift(); row && !isUnsure && !isStopped(); row = waiting.shift()) {
      const answer = await send(row);
      if (answer.state === 'unknown') isUnsure = true;
      tell(row.dossierId, answer);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** An acknowledgement is that of the last alert that stands. */
function pathOf(
  command: BulkCommand,
  escalation: { readonly generation: number; readonly rung: string } | null,
): string {
  if (command !== 'acknowledge' || escalation === null) return command;
  return `escalations/${escalation.generation}/${encodeURIComponent(escalation.rung)}/acknowledgement`;
}
