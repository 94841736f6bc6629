import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { clockFrom, environment } from '#platform';
import { defaultDataFolder, LocalProblem, outsideAddresses, removeData, startStack, type Stack } from '#local';
import { instantFrom, print, report, speedFrom, table } from '../terminal';
import { demoContent, loadContent } from './content';

interface StartOptions {
  readonly fresh: boolean;
  readonly speed?: number;
  readonly from?: string;
}

/** `motcua start` (`npm start`): brings up everything and stays until Ctrl-C. */
export function startCommand(): Command {
  return new Command('start')
    .description('start everything on this machine, with the demo office; Ctrl-C stops it')
    .option('--fresh', 'start over: remove the data of earlier starts first', false)
    .option(
      '--speed <factor>',
      'try things out in fast time: its seconds in a real second; for new data alone',
      speedFrom,
    )
    .option('--from <instant>', 'where the fast time begins, in UTC; default: now', instantFrom)
    .action(async (options: StartOptions) => {
      const dataFolder = defaultDataFolder();
      if (options.fresh) startOver(dataFolder);
      const timeMap = timeMapFor(options, dataFolder);
      const interrupted = untilInterrupted();
      const stack = await startStack({ dataFolder, ports: 'fixed', report, ...(timeMap && { timeMap }) });
      try {
        report('loading the demo office');
        await loadContent(stack, demoContent());
        print(welcome(stack));
        await interrupted;
      } finally {
        report('stopping');
        await stack.stop();
        report('stopped; the data stays for the next start');
      }
      process.exit(0);
    });
}

/**
 * Where fast time begins; null where time is real, or goes on as it began.
 *
 * @throws LocalProblem where dossiers may lie that were promised something in real time: their clocks would jump
 */
export function timeMapFor(
  { speed, from }: StartOptions,
  dataFolder: string,
): { mapped: string; speed: number } | null {
  if (speed === undefined && from === undefined) return null;
  if (speed === undefined) throw new LocalProblem('--from says where fast time begins.', 'Give --speed with it.');
  if (environment('DATABASE_URL') !== undefined || existsSync(dataFolder)) {
    throw new LocalProblem(
      'Fast time is for new data of this machine alone.',
      'Add --fresh, or name another folder in MOTCUA_DATA; unset DATABASE_URL. A stack begun in fast time stays in it without --speed.',
    );
  }
  return { mapped: from ?? clockFrom(null).now(), speed };
}

function startOver(dataFolder: string): void {
  const set = outsideAddresses.filter((name) => environment(name) !== undefined);
  if (set.length > 0) {
    throw new LocalProblem(
      `--fresh removes only what this project made, and ${set.join(', ')} point${set.length === 1 ? 's' : ''} elsewhere.`,
      'Unset it, or empty those servers yourself.',
    );
  }
  removeData(dataFolder, report);
}

/** Resolves at Ctrl-C or a polite kill; a second one does not cut the stopping short. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve()).on('SIGTERM', () => resolve());
  });
}

function welcome({ services, servers, dataFolder }: Stack): string {
  const { postgres, kafka, temporal } = servers;
  const database = new URL(postgres.ownerUrl);
  return `
${table([
  ['what', 'where', 'how it was got'],
  ['desk', services.desk, 'built here'],
  ['clock', services.clock, 'built here'],
  ['oversight', services.oversight, 'built here'],
  ['PostgreSQL', `${database.host}${database.pathname}`, postgres.how],
  ['Kafka', kafka.brokers.join(','), kafka.how],
  ['Temporal', temporal.address, temporal.how],
  ...(temporal.ui ? [["Temporal's pages", temporal.ui, 'comes with it']] : []),
  ['data and logs', dataFolder, ''],
])}

Try next, in another terminal:
  npx motcua token --as lan     a token for the clerk of the demo office; the README's tour goes on from there
  npx motcua doctor             is everything well?
Ctrl-C here stops all of it.`;
}
