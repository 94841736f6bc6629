import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { endOfWeek, type Instant } from '#calendar';
import { clockFrom, environment } from '#platform';
import {
  defaultDataFolder,
  LocalProblem,
  outsideAddresses,
  removeData,
  startStack,
  type SettingsOf,
  type Stack,
} from '#local';
import { instantFrom, print, report, speedFrom, table } from '../terminal';
import { demoOrigin, liveDemo, type DemoOrigin } from '../demo/live-demo';
import { threeOffices } from '../demo/organisation';
import { keepKind, provideAccounts, refuseOtherKind, refuseServersOfOthers } from './accounts';
import { demoContent, loadContent, type StartingContent } from './content';

/** A day of the demo passes in a real minute. */
const DEMO_SPEED = 24 * 60;

interface StartOptions {
  readonly fresh: boolean;
  readonly demo: boolean;
  readonly speed?: number;
  readonly from?: string;
}

/** `motcua start` (`npm start`): brings up everything and stays until Ctrl-C. */
export function startCommand(): Command {
  return new Command('start')
    .description('start everything on this machine, with the demo office; Ctrl-C stops it')
    .option('--fresh', 'start over: remove the data of earlier starts first', false)
    .option(
      '--demo',
      'three offices with a year behind them, and an account for everybody, whose password everybody knows; a day passes in a minute',
      false,
    )
    .option(
      '--speed <factor>',
      'try things out in fast time: its seconds in a real second; for new data alone',
      speedFrom,
    )
    .option('--from <instant>', 'where the fast time begins, in UTC; default: now', instantFrom)
    .action(async (options: StartOptions) => {
      const { demo, fresh } = options;
      const dataFolder = defaultDataFolder();
      if (fresh) startOver(dataFolder);
      refuseOtherKind(dataFolder, demo);
      refuseServersOfOthers(demo);
      const timeMap = timeMapFor(options, dataFolder);
      keepKind(dataFolder, demo);
      const office = demoContent();
      const origin = demo ? demoOrigin(dataFolder, timeMap?.mapped ?? clockFrom(null).now()) : null;
      const content = origin ? threeOffices(office, origin.from) : office;
      const interrupted = untilInterrupted();
      const settings: SettingsOf = (service) =>
        Promise.resolve(service === 'gateway' || service === 'desk' ? { DEMO: String(demo) } : {});
      const stack = await startStack({ dataFolder, ports: 'fixed', report, settings, ...(timeMap && { timeMap }) });
      try {
        report(demo ? 'loading the three demo offices' : 'loading the demo office');
        await loadContent(stack, content);
        print(welcome(stack, await provideAccounts(stack, content, demo), demo));
        await (origin ? Promise.race([interrupted, demoUntil(interrupted, stack, content, origin)]) : interrupted);
      } finally {
        report('stopping');
        await stack.stop();
        report('stopped; the data stays for the next start');
      }
      process.exit(0);
    });
}

/** Keeps the demo going until it is interrupted. */
async function demoUntil(
  interrupted: Promise<void>,
  stack: Stack,
  content: StartingContent,
  origin: DemoOrigin,
): Promise<void> {
  const interruption = new AbortController();
  void interrupted.then(() => interruption.abort());
  await liveDemo(stack, content, origin, interruption.signal);
}

/**
 * Where fast time begins; null where time is real, or goes on as it began.
 *
 * @throws LocalProblem where dossiers may lie that were promised something in real time: their clocks would jump
 */
export function timeMapFor(
  { demo, speed, from }: StartOptions,
  dataFolder: string,
): { mapped: string; speed: number } | null {
  if (demo && speed === undefined && !existsSync(dataFolder))
    return { mapped: from ?? lastSaturday(clockFrom(null).now()), speed: DEMO_SPEED };
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

/**
 * When the Saturday before began, in Viet Nam: the two days of which it takes minutes to record the year are days off, and when it is
 * there a week of work begins.
 */
function lastSaturday(now: Instant): Instant {
  const NINE_DAYS_MS = 9 * 24 * 3_600_000;
  return new Date(Date.parse(endOfWeek({ timeZone: 'Asia/Ho_Chi_Minh' }, now)) - NINE_DAYS_MS).toISOString();
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

function welcome({ services, servers, dataFolder }: Stack, howToSignIn: string, demo: boolean): string {
  const { postgres, kafka, temporal } = servers;
  const database = new URL(postgres.ownerUrl);
  return `
${table([
  ['what', 'where', 'how it was got'],
  ['console', publicAddress(services.gateway), 'built here'],
  ['desk', services.desk, 'built here'],
  ['clock', services.clock, 'built here'],
  ['oversight', services.oversight, 'built here'],
  ['PostgreSQL', `${database.host}${database.pathname}`, postgres.how],
  ['Kafka', kafka.brokers.join(','), kafka.how],
  ['Temporal', temporal.address, temporal.how],
  ...(temporal.ui ? [["Temporal's pages", temporal.ui, 'comes with it']] : []),
  ['data and logs', dataFolder, ''],
])}

Open ${publicAddress(services.gateway)} in Chrome or Firefox.
${howToSignIn}

Try next${demo ? tryInDemo : tryInOffice}
  npx motcua doctor             is everything well?
Ctrl-C here stops all of it.`;
}

const tryInDemo = ` what the README's "The demo" names, once the year is there. In another terminal:`;
const tryInOffice = `, in another terminal:
  npx motcua token --as lan     a token for the clerk of the demo office; the README's tour goes on from there`;

/** By the name that the gateway knows itself by: cookies belong to a name. */
function publicAddress(gateway: string): string {
  return `http://localhost:${new URL(gateway).port}`;
}
