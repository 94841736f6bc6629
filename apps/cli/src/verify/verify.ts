import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { defaultDataFolder, keysIn, readStack, type StackFile } from '#local';
import { environment, openStore, readKeyFile } from '#platform';
import { shownProgress } from '../progress';
import { asOwner } from '../stack-access';
import { exitCodes, print, report, table } from '../terminal';
import { filesAsProved } from './attachments';
import { gather } from './gather';
import { decideInvariants } from './invariants';
import type { Verdict } from './invariants/verdict';

const OFFENDERS_SHOWN = 5;

/** `motcua verify`: every invariant that applies, with counts and offenders. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('check every invariant over the running system; what was told a moment ago is waited for')
    .option('--settle <seconds>', 'how long to wait for services to catch up', '30')
    .option(
      '--attachments',
      'look at the bytes of every file and at all that lies in their store, not at a sample',
      false,
    )
    .action(async ({ settle, attachments }: { settle: string; attachments: boolean }) => {
      const dataFolder = defaultDataFolder();
      const stack = readStack(dataFolder);
      const verdicts = [...(await verify(stack, Number(settle))), await verifyFiles(stack, dataFolder, attachments)];
      print(verdictTable(verdicts));
      process.exitCode = holds(verdicts) ? exitCodes.ok : exitCodes['verification failed'];
    });
}

/**
 * Decides all invariants, and again for a while as long as one does not hold: a running system is always a moment behind
 * itself.
 */
export async function verify(stack: StackFile, settleSeconds: number): Promise<readonly Verdict[]> {
  const until = performance.now() + settleSeconds * 1_000;
  for (;;) {
    const verdicts = decideInvariants(await gather(stack));
    if (holds(verdicts) || performance.now() > until) return verdicts;
    report('not settled yet; looking again');
    await pause(2_000);
  }
}

/** Reads the files where the stack on this folder keeps them; the environment says so if that is a bucket. */
async function verifyFiles(stack: StackFile, dataFolder: string, all: boolean): Promise<Verdict> {
  const store = openStore(join(dataFolder, 'attachments'), environment('ATTACHMENT_S3_FILE'));
  const wrapping = readKeyFile(keysIn(dataFolder).dossier);
  return asOwner(stack, (client) => filesAsProved({ client, store, wrapping }, { all, shown: shownProgress }));
}

export function holds(verdicts: readonly Verdict[]): boolean {
  return verdicts.every(({ offenders }) => offenders.length === 0);
}

/** The verdicts as a table, offenders below it. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ id, says, checked, offenders }) => [
    offenders.length === 0 ? 'ok' : 'BROKEN',
    id,
    says,
    String(checked),
    String(offenders.length),
  ]);
  const notes = verdicts.flatMap(({ id, note }) => (note === undefined ? [] : [`${id}: ${note}`]));
  const broken = verdicts.flatMap(({ id, offenders }) => [
    ...offenders.slice(0, OFFENDERS_SHOWN).map((offender) => `  ${id}: ${offender}`),
    ...(offenders.length > OFFENDERS_SHOWN ? [`  ${id}: and ${offenders.length - OFFENDERS_SHOWN} more`] : []),
  ]);
  return [table([['', 'id', 'invariant', 'checked', 'offend'], ...rows]), ...notes, ...broken].join('\n');
}
