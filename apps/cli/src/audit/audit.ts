import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { Client as TemporalClient, Connection, WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Client } from 'pg';
import { parseDossierEvent } from '#contracts';
import { dossierFrom } from '#domain';
import { defaultDataFolder, LocalProblem, projectFolder, readStack, type StackFile } from '#local';
import {
  archiveFormat,
  eventsOf,
  findingsOf,
  historyText,
  isArchive,
  replayFindings,
  type DossierArchive,
  type Ledgers,
} from '#proving';
import { dossierWorkflowId } from '#workflows';
import { asOwner } from '../stack-access';
import { exitCodes, NotKnownHere, print } from '../terminal';

const bundleFolder = join(projectFolder, 'dist', 'workflows');

/** How long a workflow may lag behind a journal that says the dossier has ended. */
const CLOSES_WITHIN_MS = 30_000;

/** `motcua audit`: three witnesses, asked whether they agree, beside the servers or without any. */
export function auditCommand(): Command {
  const replay = new Command('replay')
    .argument('<code>', 'the dossier’s code')
    .option('--archive <file>', 'also write the three witnesses into a file')
    .description(
      'replay the recorded workflow history through the very workflow code, and compare it with journal and ledgers',
    )
    .action(async (code: string, { archive: file }: { archive?: string }) => {
      const archive = await gatherArchive(readStack(defaultDataFolder()), code);
      if (file !== undefined) writeFileSync(file, JSON.stringify(archive));
      conclude(code, await auditArchive(archive));
    });
  const verify = new Command('verify')
    .argument('<file>', 'an archive, as "audit replay --archive" wrote it')
    .description('check a dossier’s archive on this machine, without any server')
    .action(async (file: string) => conclude(file, await auditArchive(archiveIn(file))));
  return new Command('audit').description('what auditors prove').addCommand(replay).addCommand(verify);
}

/** What the audit of one dossier found. */
export interface Audit {
  readonly differences: readonly string[];
  readonly entries: number;
  /** Events of the Temporal history that were replayed. */
  readonly events: number;
}

function conclude(name: string, { differences, entries, events }: Audit): void {
  for (const difference of differences) print(`DIFFERS  ${difference}`);
  const agree = `journal (${entries} entries, chain unbroken), ledgers and history (${events} Temporal events, replayed) agree.`;
  print(`${name}: ${differences.length > 0 ? `${differences.length} difference(s) between the witnesses.` : agree}`);
  process.exitCode = differences.length === 0 ? exitCodes.ok : exitCodes['verification failed'];
}

/** Asks the running servers for the three witnesses of a dossier, and has them checked. */
export async function auditDossier(stack: Pick<StackFile, 'ownerUrl' | 'temporal'>, code: string): Promise<Audit> {
  return auditArchive(await gatherArchive(stack, code));
}

/** Checks an archive and replays its history through the workflow code that lies here. Needs no server. */
async function auditArchive(archive: DossierArchive): Promise<Audit> {
  quietRuntime();
  const replayed = await replayFindings(archive, join(bundleFolder, 'dossier.bundle.js'));
  return {
    differences: [...findingsOf(archive), ...replayed].map(({ says }) => says),
    entries: archive.entries.length,
    events: archive.history === null ? 0 : eventsOf(archive.history).length,
  };
}

let isQuiet = false;

/** Temporal's runtime is one for the process, and says no more than warnings. */
function quietRuntime(): void {
  if (!isQuiet) Runtime.install({ logger: new DefaultLogger('WARN') });
  isQuiet = true;
}

/** @throws LocalProblem for a file that is no archive */
function archiveIn(file: string): DossierArchive {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isArchive(value)) throw new LocalProblem(`${file} is no archive of a dossier.`, `It must say ${archiveFormat}.`);
  return value;
}

async function gatherArchive(
  { ownerUrl, temporal }: Pick<StackFile, 'ownerUrl' | 'temporal'>,
  code: string,
): Promise<DossierArchive> {
  const { dossierId, entries, ledgers } = await asOwner({ ownerUrl }, (client) => recordOf(client, code));
  const hasEnded = dossierFrom(entries.map(({ body }) => parseDossierEvent(body))).endedAt !== null;
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const { workflow } = new TemporalClient({ connection, namespace: temporal.namespace });
    const handle = workflow.getHandle(dossierWorkflowId(dossierId));
    if (hasEnded) await closed(handle);
    const { sha256 } = JSON.parse(readFileSync(join(bundleFolder, 'bundle.json'), 'utf8')) as { sha256: string };
    const history = await historyOf(handle);
    return { format: archiveFormat, dossierId, entries, ledgers, history, workflowCode: sha256 };
  } finally {
    await connection.close();
  }
}

/** The workflow hears of the end a moment after the journal. */
async function closed(handle: WorkflowHandle): Promise<void> {
  const result = handle.result().catch((error: unknown) => error); // What it ended with, the history tells.
  await Promise.race([result, pause(CLOSES_WITHIN_MS, undefined, { ref: false })]);
}

async function historyOf(handle: WorkflowHandle): Promise<string | null> {
  try {
    await handle.describe(); // Which alone tells a workflow that is not there from a namespace that is not.
    return historyText(await handle.fetchHistory());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

async function recordOf(
  client: Client,
  code: string,
): Promise<Pick<DossierArchive, 'dossierId' | 'entries' | 'ledgers'>> {
  const { rows: found } = await client.query<{ dossierId: string }>(
    'select dossier_id as "dossierId" from desk.dossier where code = $1',
    [code],
  );
  const dossierId = found[0]?.dossierId;
  if (dossierId === undefined) {
    throw new NotKnownHere(`No dossier has the code ${code}.`, 'Codes look like H41.85-261123-0001.');
  }
  const { rows: entries } = await client.query<DossierArchive['entries'][number]>(
    'select sequence, hash, body from desk.journal where stream = $1 order by sequence',
    [dossierId],
  );
  return { dossierId, entries, ledgers: await ledgersOf(client, dossierId) };
}

async function ledgersOf(client: Client, dossierId: string): Promise<Ledgers> {
  const held = await client.query<Omit<Ledgers['held'][number], 'from' | 'until'> & { from: Date; until: Date }>(
    `select sequence, official_id as "officialId", post_id as "postId", from_at as "from", until_at as "until"
     from desk.responsibility_record where dossier_id = $1 order by sequence`,
    [dossierId],
  );
  const rang = await client.query<Omit<Ledgers['rang'][number], 'dueAt'> & { dueAt: Date }>(
    `select sequence, generation, rung, due_at as "dueAt", responsible_id as "responsibleId",
       withdrawn_sequence as "withdrawnSequence"
     from desk.escalation where dossier_id = $1 order by sequence`,
    [dossierId],
  );
  return {
    held: held.rows.map((row) => ({ ...row, from: row.from.toISOString(), until: row.until.toISOString() })),
    rang: rang.rows.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() })),
  };
}
