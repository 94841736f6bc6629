import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { Client as TemporalClient, Connection, type WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Client } from 'pg';
import { dossierFrom } from '#domain';
import { defaultDataFolder, projectFolder, readStack, type StackFile } from '#local';
import { dossierWorkflowId, type DossierSummary } from '#workflows';
import { findDossier } from '../history/find-dossier';
import { asOwner } from '../stack-access';
import { exitCodes, print } from '../terminal';
import { differences, type Ledgers } from './compare';

const bundle = join(projectFolder, 'dist', 'workflows', 'dossier.bundle.js');

/** How long a workflow may lag behind a journal that says the dossier has ended. */
const CLOSES_WITHIN_MS = 30_000;

/** `motcua audit replay CODE`: three witnesses, asked whether they agree. */
export function auditReplayCommand(): Command {
  const replay = new Command('replay')
    .argument('<code>', 'the dossier’s code')
    .description(
      'replay the recorded workflow history through the very workflow code, and compare it with journal and ledgers',
    )
    .action(async (code: string) => {
      Runtime.install({ logger: new DefaultLogger('WARN') });
      const audit = await auditDossier(readStack(defaultDataFolder()), code);
      for (const difference of audit.differences) print(`DIFFERS  ${difference}`);
      print(`${code}: ${verdictOf(audit)}`);
      process.exitCode = audit.differences.length === 0 ? exitCodes.ok : exitCodes['verification failed'];
    });
  return new Command('audit').description('what auditors prove').addCommand(replay);
}

/** What the audit of one dossier found. */
export interface Audit {
  readonly differences: readonly string[];
  readonly entries: number;
  /** Events of the Temporal history that were replayed. */
  readonly events: number;
  /** False while the dossier is open: its workflow has no summary to compare yet. */
  readonly hasEnded: boolean;
}

function verdictOf({ differences: found, entries, events, hasEnded }: Audit): string {
  if (found.length > 0) return `${found.length} difference(s) between the witnesses.`;
  return hasEnded
    ? `history (${events} Temporal events, replayed), journal (${entries} entries) and ledgers agree.`
    : `open; its history so far (${events} Temporal events) replays, journal (${entries} entries) and ledgers agree.`;
}

/** Replays the workflow of a dossier and compares what it came to with journal and ledgers. */
export async function auditDossier(
  { ownerUrl, temporal }: Pick<StackFile, 'ownerUrl' | 'temporal'>,
  code: string,
): Promise<Audit> {
  const { dossierId, events, ledgers } = await asOwner({ ownerUrl }, async (client) => {
    const dossier = await findDossier(client, code);
    return { ...dossier, ledgers: await ledgersOf(client, dossier.dossierId) };
  });
  const hasEnded = dossierFrom(events).endedAt !== null;
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const { workflow } = new TemporalClient({ connection, namespace: temporal.namespace });
    const handle = workflow.getHandle(dossierWorkflowId(dossierId));
    const summary = hasEnded ? await summaryOf(handle) : null;
    const history = await handle.fetchHistory();
    await Worker.runReplayHistory({ workflowBundle: { codePath: bundle } }, history, handle.workflowId);
    const found = { entries: events.length, events: history.events?.length ?? 0, hasEnded };
    if (summary === 'still running') {
      return { ...found, differences: ['the journal says that the dossier has ended, its workflow is still running'] };
    }
    return { ...found, differences: differences(summary, events, ledgers) };
  } finally {
    await connection.close();
  }
}

/** What the workflow came to. It hears of the end a moment after the journal. */
async function summaryOf(handle: WorkflowHandle): Promise<DossierSummary | 'still running'> {
  const late = pause(CLOSES_WITHIN_MS, 'still running' as const, { ref: false });
  return Promise.race([handle.result() as Promise<DossierSummary>, late]);
}

async function ledgersOf(client: Client, dossierId: string): Promise<Ledgers> {
  const held = await client.query<{ officialId: string; postId: string; from: Date; until: Date }>(
    `select official_id as "officialId", post_id as "postId", from_at as "from", until_at as "until"
     from desk.responsibility_record where dossier_id = $1 order by sequence`,
    [dossierId],
  );
  const rang = await client.query<{ generation: number; rung: string; dueAt: Date; responsibleId: string }>(
    `select generation, rung, due_at as "dueAt", responsible_id as "responsibleId"
     from desk.escalation where dossier_id = $1 and withdrawn_sequence is null order by sequence`,
    [dossierId],
  );
  return {
    held: held.rows.map((row) => ({ ...row, from: row.from.toISOString(), until: row.until.toISOString() })),
    rang: rang.rows.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() })),
  };
}
