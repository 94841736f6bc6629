import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { projectFolder } from '#local';
import { exitCodes, failWith, print, report, table } from '../../apps/cli/src/terminal';
import type { Verdict } from '../../apps/cli/src/verify/invariants/verdict';
import { holds, verdictTable } from '../../apps/cli/src/verify/verify';
import { killPoint, nextFault, type Fault } from './faults';
import { killPointNames, type KillPointName } from './kill-points';
import { Random } from '../../apps/cli/src/demo/random';
import { Trial } from './trial';

const progressEveryMs = 30_000;

interface FaultsOptions {
  readonly seed: number;
  readonly minutes: number;
  readonly round: number;
  readonly people: number;
  readonly every: number;
  readonly point?: KillPointName | 'each';
}

new Command('faults')
  .description('random faults from a seed, under load; then every invariant is checked. Exit code 0: nobody was harmed')
  .option('--seed <number>', 'the same seed brings the same faults in the same order', whole, randomInt(1_000_000))
  .option('--minutes <number>', 'how long faults are injected, without the time it takes to catch up', positive, 3)
  .option('--round <minutes>', 'how often all faults end and the invariants are checked', positive, 4)
  .option('--people <number>', 'how many work at the same time', whole, 24)
  .option('--every <seconds>', 'mean time between faults', positive, 20)
  .addOption(
    new Option('--point <name>', 'this kill point only, again and again; or each in turn').choices([
      ...killPointNames,
      'each',
    ]),
  )
  .action(async (options: FaultsOptions) => {
    process.exitCode = await run(options);
    process.exit(); // Nothing is left to do; connections of libraries may linger.
  })
  .parseAsync()
  .catch(failWith);

async function run(options: FaultsOptions): Promise<number> {
  const { seed, minutes, round, people } = options;
  const dataFolder = mkdtempSync(join(tmpdir(), 'motcua-faults-'));
  const commit = commitOf();
  report(`seed ${seed}, ${minutes} min, ${people} people, commit ${commit}, data in ${dataFolder}`);
  const trial = await Trial.begin({ dataFolder, seed, people, report });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      report(`interrupted: stopping; the data stays in ${dataFolder}`);
      void trial.close().finally(() => process.exit(exitCodes.failure));
    });
  }
  const faults = faultsOf(options);
  let verdicts: readonly Verdict[] = [];
  let isWell = true;
  try {
    for (let left = minutes; left > 0 && isWell; left -= round) {
      await underFaults(trial, faults, Math.min(left, round) * 60_000);
      report('faults off: people finish, services catch up');
      verdicts = await trial.settle();
      isWell = holds(verdicts);
      print(`\n${verdictTable(verdicts)}\n`);
    }
  } catch (error) {
    isWell = false;
    report(`broken off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  print(summaryOf(trial));
  const idle = options.point === undefined ? [] : neverSprang(trial);
  for (const says of idle) report(`never happened: ${says}`);
  isWell &&= idle.length === 0;
  const story = { seed, commit, options, injected: trial.injected, verdicts, remembered: trial.people.remembered };
  if (!isWell) writeFileSync(join(dataFolder, 'faults.json'), JSON.stringify(story, null, 2));
  await trial.close();
  if (isWell) rmSync(dataFolder, { recursive: true, force: true });
  print(
    isWell
      ? `\nSeed ${seed}: every invariant holds.`
      : `\nSeed ${seed}, commit ${commit}: BROKEN. Everything is kept in ${dataFolder} (faults.json, logs, data).`,
  );
  return isWell ? exitCodes.ok : exitCodes['verification failed'];
}

/** One fault after the other, at the times of the seed, for so long. */
async function underFaults(trial: Trial, faults: Iterator<Fault & { readonly afterMs: number }>, forMs: number) {
  const until = performance.now() + forMs;
  const telling = setInterval(() => report(progressOf(trial)), progressEveryMs);
  trial.work();
  try {
    for (;;) {
      const next = faults.next();
      if (next.done) return;
      const waitMs = Math.min(next.value.afterMs, until - performance.now());
      await pause(Math.max(0, waitMs));
      if (performance.now() >= until) return;
      report(`fault ${trial.injected.length + 1}: ${next.value.says}`);
      const { happened } = await trial.inject(next.value);
      if (!happened) report('  what it waits for did not come');
    }
  } finally {
    clearInterval(telling);
  }
}

function* faultsOf({ seed, every, point }: FaultsOptions): Generator<Fault & { readonly afterMs: number }> {
  const random = new Random(seed);
  const points = point === 'each' ? killPointNames : point && [point];
  for (let count = 0; ; count += 1) {
    const afterMs = random.exponential(every * 1_000);
    yield { ...(points ? killPoint(points[count % points.length]!) : nextFault(random)), afterMs };
  }
}

/** What was asked for and did not come even once proves nothing. */
function neverSprang({ injected }: Trial): readonly string[] {
  const happened = new Set(injected.filter((one) => one.happened).map(({ says }) => says));
  return [...new Set(injected.map(({ says }) => says))].filter((says) => !happened.has(says));
}

function progressOf(trial: Trial): string {
  const { acknowledged, refused, unknown } = trial.outcomes();
  return `  ${acknowledged} acknowledged, ${refused} refused, ${unknown} unknown; ${trial.injected.length} faults`;
}

function summaryOf(trial: Trial): string {
  const { acknowledged, refused, unknown } = trial.outcomes();
  const happened = trial.injected.filter((one) => one.happened);
  const counts = new Map<string, number>();
  for (const { says } of happened) counts.set(says, (counts.get(says) ?? 0) + 1);
  const reasons = new Map<string, number>();
  for (const { reason } of trial.people.remembered) {
    if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [
    table([['fault', 'times'], ...[...counts].sort().map(([says, count]) => [says, String(count)])]),
    '',
    table([
      ['what', 'count'],
      ['faults injected', String(happened.length)],
      ['faults whose moment did not come', String(trial.injected.length - happened.length)],
      ['commands acknowledged', String(acknowledged)],
      ['commands refused', `${refused} (${[...reasons].map(([code, count]) => `${code} ${count}`).join(', ')})`],
      ['commands unknown to their client', String(unknown)],
      ['longest time without an accepted dossier', `${(trial.people.longestWithoutReceiptMs / 1_000).toFixed(1)} s`],
      ['caught up after', trial.caughtUpAfterS.map((seconds) => `${seconds.toFixed(0)} s`).join(', ')],
    ]),
  ].join('\n');
}

function commitOf(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: projectFolder, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown'; // Not a checkout.
  }
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('A whole number.');
  return number;
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0) || !Number.isFinite(number)) throw new InvalidArgumentError('A number above 0.');
  return number;
}
