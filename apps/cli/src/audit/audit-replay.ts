import { join } from 'node:path';
import { Command } from 'commander';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { Client } from 'pg';
import { defaultDataFolder, projectFolder, readStack, type StackFile } from '#local';
import { dossierWorkflowId, type DossierSummary } from '#workflows';
import { findDossier } from '../history/find-dossier';
import { asOwner } from '../stack-access';
import { exitCodes, print } from '../terminal';
import { differences, type Ledgers } from './compare';

const bundle = join(projectFolder, 'dist', 'workflows', 'dossier.bundle.js');

/** `motcua audit replay CODE`: three witnesses, asked whether they agree. */
export function auditReplayCommand(): Command {
  const replay = new Command('replay')
    .argument('<code>', 'the dossier’s code')
    .description(
      'replay the recorded workflow history through the very workflow code, and compare it with journal and ledgers',
    )
    .action(async (code: string) => {
      const stack = readStack(defaultDataFolder());
      const found = await auditDossier(stack, code);
      for (const difference of found.differences) print(`DIFFERS  ${difference}`);
      print(
        found.differences.length === 0
          ? `${code}: history (${found.events} Temporal events, replayed), journal (${found.entries} entries) and ledgers agree.`
          : `${code}: ${found.differences.length} difference(s) between the witnesses.`,
      );
      process.exitCode = found.differences.length === 0 ? exitCodes.ok : exitCodes['verification failed'];
    });
  return new Command('audit').description('what auditors prove').addCommand(replay);
}

/** What the audit of one dossier found. */
export interface Audit {
  readonly differences: readonly string[];
  readonly entries: number;
  /** Events of the Temporal history; 0 while no workflow has run. */
  readonly events: number;
}

/** Replays the closed workflow of a dossier and compares what it came to with journal and ledgers. */
export async function auditDossier(
  { ownerUrl, temporal }: Pick<StackFile, 'ownerUrl' | 'temporal'>,
  code: string,
): Promise<Audit> {
  const { journalled, ledgers } = await asOwner({ ownerUrl }, async (client) => {
    const dossier = await findDossier(client, code);
    return { journalled: dossier, ledgers: await ledgersOf(client, dossier.dossierId) };
  });
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const handle = new TemporalClient({ connection, namespace: temporal.namespace }).workflow.getHandle(
      dossierWorkflowId(journalled.dossierId),
    );
    const history = await handle.fetchHistory();
    await Worker.runReplayHistory(
      { workflowBundle: { codePath: bundle } },
      history,
      dossierWorkflowId(journalled.dossierId),
    );
    const { status } = await handle.describe();
    if (status.name !== 'COMPLETED') {
      return {
        differences: [`the workflow is ${status.name}: it has no summary yet`],
        entries: journalled.events.length,
        events: history.events?.length ?? 0,
      };
    }
    const summary = (await handle.result()) as DossierSummary;
    return {
      differences: differences(summary, journalled.events, ledgers),
      entries: journalled.events.length,
      events: history.events?.length ?? 0,
    };
  } finally {
    await connection.close();
  }
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
