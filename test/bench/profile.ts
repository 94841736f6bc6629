import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Breakdown } from './figures';
import { until } from './load';
import type { BenchStack } from './stack';

const FUNCTIONS_SHOWN = 20;
const PACKAGES_SHOWN = 15;
const WRITTEN_WITHIN_MS = 60_000;

/** What V8 writes with `--cpu-prof`. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Settings that let a Node service write where its time goes, when it is asked to. */
export function profiling(dataFolder: string): Readonly<Record<string, string>> {
  return {
    NODE_OPTIONS: `--require ${join(__dirname, 'profiler.js')}`,
    BENCH_PROFILE_FILE: join(dataFolder, 'profile'),
  };
}

/** Where the busy time of one process goes while something is done: by package, and by function; each its own time only. */
export async function profiled(
  stack: BenchStack,
  name: string,
  work: () => Promise<unknown>,
): Promise<readonly Breakdown[]> {
  const pid = stack.processes.pidOf(name);
  if (pid === null) return [];
  process.kill(pid, 'SIGUSR2');
  await work();
  process.kill(pid, 'SIGUSR2');
  const file = join(stack.stack.dataFolder, `profile.${pid}`);
  await until(`the profile of ${name}`, WRITTEN_WITHIN_MS, () => Promise.resolve(existsSync(file) && isWhole(file)));
  return breakdownsOf(name, JSON.parse(readFileSync(file, 'utf8')) as CpuProfile);
}

/** It is written at once, but not in an instant. */
function isWhole(file: string): boolean {
  return readFileSync(file, 'utf8').endsWith('}');
}

function breakdownsOf(name: string, profile: CpuProfile): readonly Breakdown[] {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const byPackage = new Map<string, number>();
  const byFunction = new Map<string, number>();
  profile.samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (!frame || frame.functionName === '(idle)') return;
    const ms = (profile.timeDeltas[index] ?? 0) / 1_000;
    const place = placeOf(frame.url, frame.functionName);
    const called = `${frame.functionName === '' ? 'anonymous' : frame.functionName} (${place}${lineOf(frame)})`;
    byPackage.set(place, (byPackage.get(place) ?? 0) + ms);
    byFunction.set(called, (byFunction.get(called) ?? 0) + ms);
  });
  const title = `Where the busy time of ${name} goes`;
  return [
    top(`${title}, by package`, byPackage, PACKAGES_SHOWN),
    top(`${title}, by function`, byFunction, FUNCTIONS_SHOWN),
  ];
}

function top(title: string, times: ReadonlyMap<string, number>, count: number): Breakdown {
  const total = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  const rows = [...times].sort(([, a], [, b]) => b - a).slice(0, count);
  return {
    part: 'a',
    title,
    unit: 'share',
    rows: rows.map(([name, ms]) => ({ name, ours: ms / total, reference: null })),
  };
}

/** The package, the file of ours, or what of Node itself. */
function placeOf(url: string, functionName: string): string {
  if (functionName.startsWith('(')) return functionName;
  const [, dependency] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (dependency !== undefined) return dependency;
  const [, own] = /\/dist\/(.+)$/.exec(url) ?? [];
  if (own !== undefined) return own.replace(/\.js$/, '').replace('/src/', '/');
  return url === '' ? 'native' : url;
}

function lineOf({ url, lineNumber }: { readonly url: string; readonly lineNumber: number }): string {
  return url === '' ? '' : `:${lineNumber + 1}`;
}
