import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { Client } from 'pg';
import { defaultDataFolder, LocalProblem, readStack, type StackFile, type TokenHolder } from '#local';
import { ensureTopics } from '#messaging';
import { createLogger } from '#platform';
import { allPages, totalOf } from '../pages';
import { shownProgress } from '../progress';
import { administratorOf, asOwner, holderNamed, serviceFor } from '../stack-access';
import { exitCodes, print } from '../terminal';

/** Where all of their workflows are lost, some seconds of work for Temporal. */
const DOSSIERS_AT_ONCE = 100;
const LOOK_EVERY_MS = 500;
/** Kafka down, or no relay running: then no position moves. */
const STILL_LIMIT_MS = 120_000;

/** What was found and mended. */
export interface Rebuilt {
  readonly checked: number;
  readonly heard: number;
  readonly rebuilt: number;
  /** The clock's log says why. */
  readonly failed: number;
}

/** `motcua rebuild`: what Kafka or Temporal lost is made again from the journal. */
export function rebuildCommand(): Command {
  const kafka = new Command('kafka')
    .description('tell Kafka everything again, from the first entry; consumers pass over what they have applied')
    .action(async () => print(`${await rebuildKafka(readStack(defaultDataFolder()))} entries were told again.`));
  const temporal = new Command('temporal')
    .description('check every open dossier, and start the workflows that are missing')
    .option('--as <official>', 'an administrator, by id; without it the one whom the organisation names')
    .action(async ({ as }: { as?: string }) => {
      const stack = readStack(defaultDataFolder());
      const holder = as === undefined ? await administratorOf(stack) : await holderNamed(stack, as);
      const { checked, rebuilt, heard, failed } = await rebuildTemporal(stack, defaultDataFolder(), holder);
      print(`${checked} dossiers checked: ${rebuilt} workflows rebuilt, ${heard} dossiers caught up.`);
      if (failed > 0) print(`${failed} could not be checked; the clock's log says why.`);
      process.exitCode = failed > 0 ? exitCodes.failure : exitCodes.ok;
    });
  return new Command('rebuild')
    .description('make again from the journal what a server lost')
    .addCommand(kafka)
    .addCommand(temporal);
}

/**
 * Sets the relay back to the first entry and waits until it has told them all; answers how many. Topics that are missing are
 * made. Idempotent: whoever has applied an entry passes over it.
 *
 * @throws LocalProblem when nothing is told for two minutes
 */
export async function rebuildKafka(stack: Pick<StackFile, 'ownerUrl' | 'brokers'>): Promise<number> {
  await ensureTopics(stack.brokers, createLogger({ name: 'rebuild', level: 'silent' }));
  return asOwner(stack, async (client) => {
    const { rows } = await client.query<{ entries: string }>(
      `update desk.feed_progress set sent_position = 0 where reader = 'kafka'
       returning (select coalesce(max(position), 0) from desk.feed) as entries`,
    );
    const entries = Number(rows[0]?.entries ?? 0);
    await untilTold(client, entries);
    return entries;
  });
}

async function untilTold(client: Client, entries: number): Promise<void> {
  const shown = shownProgress(entries, 'entries');
  try {
    let told = 0;
    let movedAt = performance.now();
    while (told < entries) {
      await pause(LOOK_EVERY_MS);
      const now = await toldSoFar(client);
      if (now > told) movedAt = performance.now();
      if (performance.now() - movedAt > STILL_LIMIT_MS) {
        throw new LocalProblem(
          'Nothing was told for two minutes.',
          '"motcua doctor" says whether Kafka or desk is down.',
        );
      }
      told = now;
      shown.update(Math.min(told, entries));
    }
  } finally {
    shown.stop();
  }
}

async function toldSoFar(client: Client): Promise<number> {
  const { rows } = await client.query<{ sent_position: string }>(
    `select sent_position from desk.feed_progress where reader = 'kafka'`,
  );
  return Number(rows[0]?.sent_position ?? 0);
}

/** Has the clock check every open dossier, page by page, as an administrator. Idempotent. @throws RemoteRefusal */
export async function rebuildTemporal(
  stack: Pick<StackFile, 'ownerUrl' | 'services'>,
  dataFolder: string,
  holder: TokenHolder,
): Promise<Rebuilt> {
  const clock = serviceFor(stack.services.clock, dataFolder, holder);
  const shown = shownProgress(await watchedDossiers(stack), 'dossiers');
  const ask = async (after: string | null) => {
    const body: object = { limit: DOSSIERS_AT_ONCE, ...(after !== null && { after }) };
    const path = '/workflow-checks';
    return (await clock<Rebuilt & { readonly next: string | null }>({ method: 'POST', path, body })).body;
  };
  const pages = await allPages(shown, ask, (so) => `${totalOf(so, 'rebuilt')} rebuilt`);
  return {
    checked: totalOf(pages, 'checked'),
    heard: totalOf(pages, 'heard'),
    rebuilt: totalOf(pages, 'rebuilt'),
    failed: totalOf(pages, 'failed'),
  };
}

/** How many `desk` will name: see its route. */
async function watchedDossiers(stack: Pick<StackFile, 'ownerUrl'>): Promise<number> {
  return asOwner(stack, async (client) => {
    const { rows } = await client.query<{ watched: string }>(
      `select count(*) as watched from desk.dossier
       where ended_at is null or last_recorded_at > statement_timestamp() - interval '1 hour'`,
    );
    return Number(rows[0]?.watched ?? 0);
  });
}
