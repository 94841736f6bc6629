import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { parseWorkCalendar, type WorkCalendar } from '#calendar';
import { nextRungAt, type Dossier } from '#domain';
import { LocalProblem, projectFolder, removeData, startStack, type Stack } from '#local';
import { environment, type ServiceFetch } from '#platform';
import { asOwner, serviceFor } from '../stack-access';
import { loadContent } from '../start/content';
import { exitCodes, print, report, speedFrom, table } from '../terminal';
import { journalledEvents } from '../verify/gather';
import { holds, verdictTable, verify } from '../verify/verify';
import { compared, comparisonTable, differs } from './comparison';
import { figuresFromFile } from './figures-from-file';
import { figuresOfEngine, recorders, type Lived } from './figures-of-engine';
import { live, untilPassed, type RefusedCommand } from './live';
import { catalogueOf, type LogCatalogue } from './log-catalogue';
import { mappingFor, type LogMapping } from './log-mapping';
import { planOf, type Plan } from './plan';
import { replayProgress } from './progress';
import { readXes, type XesLog } from './xes-reader';

/** A month a minute. */
const DEFAULT_SPEED = 30 * 24 * 60;
const SETTLE_SECONDS = 180;

interface ReplayOptions {
  readonly mapping?: string;
  readonly speed: number;
  readonly check: boolean;
  readonly fresh: boolean;
  readonly stay: boolean;
}

/** `motcua replay FILE`: a recorded log, lived through the real servers, and compared with itself. */
export function replayCommand(): Command {
  return new Command('replay')
    .argument('<file>', 'an event log, .xes or .xes.gz')
    .description('live a recorded log through the public API on a stack of its own, and compare what came of it')
    .option('--mapping <file>', 'how the log’s attributes map; default: catalogue/replay/<name of the log>.json')
    .option(
      '--speed <factor>',
      'seconds of the log in a real second; a log begun keeps its speed',
      speedFrom,
      DEFAULT_SPEED,
    )
    .option('--check', 'exit with 5 where a figure differs from the file’s own', false)
    .option('--fresh', 'start over: remove what earlier runs of this log left', false)
    .option('--stay', 'keep the stack running afterwards, until Ctrl-C, to look into it', false)
    .action(async (file: string, options: ReplayOptions) => {
      const interrupted = new AbortController();
      const stopped = new LocalProblem('Interrupted.', 'The same command again goes on where it stopped.');
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort(stopped));
      process.exitCode = await replay(file, options, interrupted.signal);
      process.exit(); // Nothing is left to do; connections of libraries may linger.
    });
}

async function replay(file: string, options: ReplayOptions, interrupted: AbortSignal): Promise<number> {
  const mapping = mappingFor(file, options.mapping);
  report(`reading ${file}`);
  const log = await readXes(file);
  const catalogue = catalogueOf(log, mapping);
  const plan = planOf(log, mapping, catalogue);
  report(
    `${log.traces.length} dossiers, ${plan.commands.length} commands, ${plan.firstInstant} to ${plan.lastInstant}`,
  );
  const dataFolder = dataFolderOf(file, log);
  if (options.fresh) removeData(dataFolder, report);
  const stack = await startStack({
    dataFolder,
    ports: 'free',
    report,
    timeMap: { mapped: plan.firstInstant, speed: options.speed },
  });
  try {
    const ok = await lifeOfLog({ log, mapping, catalogue, plan, stack, interrupted });
    if (options.stay) await stay(dataFolder, interrupted);
    return ok || !options.check ? exitCodes.ok : exitCodes['verification failed'];
  } catch (error) {
    interrupted.throwIfAborted(); // Its reason says more than whatever broke off because of it.
    throw error;
  } finally {
    report('stopping');
    await stack.stop();
  }
}

interface Replay {
  readonly log: XesLog;
  readonly mapping: LogMapping;
  readonly catalogue: LogCatalogue;
  readonly plan: Plan;
  readonly stack: Stack;
  readonly interrupted: AbortSignal;
}

/** True when every figure is equal and every invariant holds. */
async function lifeOfLog(replay: Replay): Promise<boolean> {
  await loadCatalogue(replay);
  const refused = await commandsOf(replay);
  await untilNothingIsDue(replay);
  report('checking every invariant');
  const verdicts = await verify(replay.stack, SETTLE_SECONDS);
  const lived = await whatWasLived(replay, refused);
  const figures = compared(figuresOfEngine(lived), figuresFromFile(replay.log, replay.mapping));
  print(`\n${comparisonTable(figures)}`);
  print(`\nEscalations were recorded by: ${[...recorders(lived)].map(([who, count]) => `${who} ${count}`).join(', ')}`);
  printLeftOut(replay.plan, refused, replay.stack.dataFolder);
  print(`\n${verdictTable(verdicts)}`);
  return !figures.some(differs) && refused.every(isRefusedEnd) && holds(verdicts);
}

async function loadCatalogue({ mapping, catalogue, stack }: Replay): Promise<void> {
  report('loading the log’s offices and officials');
  const { organisation } = catalogue;
  const content = { organisation, calendars: [calendarOf(mapping)], procedures: [mapping.procedure] };
  writeFileSync(join(stack.dataFolder, 'catalogue.json'), JSON.stringify(content, null, 2));
  await loadContent(stack, content);
}

async function commandsOf(replay: Replay): Promise<readonly RefusedCommand[]> {
  const { plan, log, interrupted } = replay;
  const progress = replayProgress(plan.commands.length);
  try {
    return await live({ plan, desk: deskOf(replay), sha256: log.sha256, progress, interrupted });
  } finally {
    progress.stop();
  }
}

async function untilNothingIsDue(replay: Replay): Promise<void> {
  const { plan, stack, interrupted } = replay;
  report('waiting until the log’s last instant has passed and no rung up to it is open');
  await untilPassed(deskOf(replay), plan.lastInstant, interrupted);
  await untilNoRungIsOpen(stack, plan.lastInstant, interrupted);
}

async function whatWasLived(
  { mapping, catalogue, plan, stack }: Replay,
  refused: readonly RefusedCommand[],
): Promise<Lived> {
  return {
    events: await journalledEvents(stack),
    organisation: catalogue.organisation,
    procedure: mapping.procedure,
    calendar: calendarOf(mapping),
    refusedEnds: refused.filter(isRefusedEnd).length,
    lastInstant: plan.lastInstant,
  };
}

function deskOf({ stack, catalogue }: Replay): ServiceFetch {
  return serviceFor(stack.services.desk, stack.dataFolder, catalogue.migrator);
}

/** What of the log became no entry: counted here, every case in a file. */
function printLeftOut({ leftOut }: Plan, refused: readonly RefusedCommand[], dataFolder: string): void {
  const path = join(dataFolder, 'left-out.json');
  writeFileSync(path, JSON.stringify({ leftOut, refused }, null, 2));
  const reasons = [...new Set(leftOut.map(({ why }) => why))];
  const ends = refused.filter(isRefusedEnd);
  const rows = [
    ...reasons.map((why) => {
      const those = leftOut.filter((one) => one.why === why);
      const dossiers = new Set(those.map(({ dossier }) => dossier));
      return [
        `left out, ${why}`,
        String(those.length),
        `in ${dossiers.size} dossiers, first ${[...dossiers][0] ?? ''}`,
      ];
    }),
    [
      'refused, end before the start',
      String(ends.length),
      ends.map(({ command }) => `trace ${command.trace}`).join(', '),
    ],
    ['refused otherwise', String(refused.length - ends.length), refused.find((one) => !isRefusedEnd(one))?.code ?? ''],
  ];
  print(`\n${table([['of the log', 'count', 'where'], ...rows])}\nEvery case: ${path}`);
}

function isRefusedEnd({ command, code }: RefusedCommand): boolean {
  return command.name === 'mark-processed' && code === 'OCCURRED_BEFORE_LAST';
}

async function untilNoRungIsOpen(stack: Stack, lastInstant: string, interrupted: AbortSignal): Promise<void> {
  for (;;) {
    const open = await asOwner(stack, async (client) => {
      const { rows } = await client.query<{ state: Dossier }>('select state from desk.dossier where ended_at is null');
      return rows.filter(({ state }) => (nextRungAt(state) ?? '9') <= lastInstant).length;
    });
    if (open === 0) return;
    await pause(500, undefined, { signal: interrupted });
  }
}

async function stay(dataFolder: string, interrupted: AbortSignal): Promise<void> {
  print(
    `\nThe stack runs on; in another terminal: MOTCUA_DATA=${dataFolder} npx motcua history CODE. Ctrl-C here stops it.`,
  );
  await new Promise((resolve) => interrupted.addEventListener('abort', resolve));
}

/** Every log has a folder of its own, so that its replay goes on where it stopped and none meets another. */
function dataFolderOf(file: string, { sha256 }: XesLog): string {
  const parent = environment('MOTCUA_REPLAY_DATA') ?? join(projectFolder, '.motcua-replay');
  return join(parent, `${basename(file).replace(/\W+/g, '-')}-${sha256.slice(0, 12)}`);
}

function calendarOf({ procedure, timeZone }: LogMapping): WorkCalendar {
  const path = join(projectFolder, 'catalogue', 'calendars', `${procedure.calendarId}.json`);
  const calendar = parseWorkCalendar(JSON.parse(readFileSync(path, 'utf8')));
  if (calendar.timeZone !== timeZone) {
    throw new LocalProblem(`The mapping's zone is ${timeZone}, its calendar's ${calendar.timeZone}.`, 'Make them one.');
  }
  return calendar;
}
