import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { environmentWith } from '#platform';
import { startChild, type Child } from './child';
import { LocalProblem, type Report } from './problem';

const PAUSE_MS = { first: 200, most: 10_000 };
const STEADY_AFTER_MS = 60_000;
const READY_WITHIN_MS = 60_000;

/** How a service runs: its program, its settings, and where it says that it is ready. */
export interface ServicePlan {
  readonly name: string;
  readonly program: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly url: string;
  /** People wait for `desk`; the others can take a moment. */
  readonly givesWay: boolean;
}

/** A service under supervision: it is started again whenever it dies, after a growing pause, until it is stopped. */
export interface SupervisedService {
  readonly name: string;
  readonly url: string;
  /** Ends its process as a fault would; it is started again. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a service and keeps it running. */
export function supervise(plan: ServicePlan, dataFolder: string, report: Report): SupervisedService {
  const logFile = join(dataFolder, 'logs', `${plan.name}.log`);
  const stopping = new AbortController();
  let child: Child = spawn(plan, logFile);
  const isStopping = () => stopping.signal.aborted;
  const watching = watch();
  return {
    name: plan.name,
    url: plan.url,
    kill: (signal = 'SIGKILL') => child.stop(signal),
    stop: async () => {
      stopping.abort();
      await child.stop('SIGTERM');
      await watching;
    },
  };

  async function watch(): Promise<void> {
    let pauseMs = PAUSE_MS.first;
    for (;;) {
      const startedAt = performance.now();
      const how = await child.ended;
      if (isStopping()) return;
      if (performance.now() - startedAt > STEADY_AFTER_MS) pauseMs = PAUSE_MS.first;
      report(`${plan.name} ended (${how}); starting it again in ${(pauseMs / 1000).toFixed(1)} s. Log: ${logFile}`);
      await pause(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (isStopping()) return;
      pauseMs = Math.min(pauseMs * 2, PAUSE_MS.most);
      child = spawn(plan, logFile);
    }
  }
}

/** Waits until the service says that it is ready. @throws LocalProblem naming its log */
export async function untilReady({ name, url }: SupervisedService, dataFolder: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < READY_WITHIN_MS; waitedMs += 100) {
    if (await answersOk(`${url}/health/ready`)) return;
    await pause(100);
  }
  throw new LocalProblem(
    `${name} did not become ready within a minute.`,
    `Its log says why: ${join(dataFolder, 'logs', `${name}.log`)}`,
  );
}

async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // Not listening yet.
  }
}

function spawn({ program, settings, givesWay }: ServicePlan, logFile: string): Child {
  const options = { env: environmentWith(settings), givesWay };
  return startChild(process.execPath, ['--enable-source-maps', program], logFile, options);
}
