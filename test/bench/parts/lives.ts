import type { Bench } from '../bench';
import { median, sum, type Breakdown, type Findings } from '../figures';
import { together, until } from '../load';
import { Processes, usedBetween, type CpuTime } from '../processes';

const WIDTH = 32;
const HAND_OVERS = 3;
const CLOSED_WITHIN_MS = 300_000;

/** What a number of lives took. */
export interface Lived {
  readonly perSecond: number;
  /** CPU milliseconds a life, by who used them. */
  readonly cpu: CpuTime;
}

/** (c) Whole lives, until the workflow is closed, beside the same two calls to Temporal by a bare client and worker. */
export async function measureLives(bench: Bench): Promise<Findings> {
  const { rounds, lives } = bench.sizes;
  const ours: Lived[] = [];
  const bare: Lived[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    bench.report(`(c) round ${round} of ${rounds}: ${lives} lives over HTTP, and as bare calls to Temporal`);
    ours.push(await ourLives(bench, lives));
    bare.push(await bareLives(bench, lives));
  }
  return {
    lines: [
      {
        part: 'c',
        what: 'whole lives: receive, three hand-overs, processed, return, workflow closed',
        unit: '/s',
        ours: median(ours.map(({ perSecond }) => perSecond)),
        reference: median(bare.map(({ perSecond }) => perSecond)),
        aim: { of: 'ratio', atLeast: 0.6 },
      },
      ...(Processes.canTell
        ? [
            {
              part: 'c' as const,
              what: 'CPU a life outside Temporal and its database (bare: of its client and worker)',
              unit: 'ms' as const,
              ours: outsideTemporal(ours),
              reference: outsideTemporal(bare),
              aim: null,
            },
          ]
        : []),
    ],
    breakdowns: Processes.canTell ? [cpuOf(ours, bare)] : [],
  };
}

/** Over HTTP, until as many workflows more have completed. */
export async function ourLives({ stack }: Bench, lives: number): Promise<Lived> {
  return timed(stack, 'dossier', lives, async () => stack.handle(await stack.receive(), HAND_OVERS));
}

async function bareLives({ stack, bareTemporal }: Bench, lives: number): Promise<Lived> {
  return timed(stack, 'bareLife', lives, () => bareTemporal.life());
}

async function timed(
  stack: Bench['stack'],
  workflowType: string,
  lives: number,
  live: () => Promise<void>,
): Promise<Lived> {
  await stack.settled();
  const before = await stack.completed(workflowType);
  const cpuBefore = await stack.processes.cpu();
  const beganAt = performance.now();
  await together(WIDTH, lives, live);
  await until('the workflows to complete', CLOSED_WITHIN_MS, async () => {
    return (await stack.completed(workflowType)) >= before + lives;
  });
  const seconds = (performance.now() - beganAt) / 1_000;
  const used = usedBetween(cpuBefore, await stack.processes.cpu());
  return { perSecond: lives / seconds, cpu: new Map([...used].map(([name, ms]) => [name, ms / lives])) };
}

const isTemporal = (name: string) => name === 'temporal' || name === 'PostgreSQL for temporal';
/** The load itself, and what asks for figures, is nobody's cost. */
const isLoad = (name: string) => name === 'PostgreSQL for bench';

function outsideTemporal(all: readonly Lived[]): number {
  return median(
    all.map(({ cpu }) => sum([...cpu].filter(([name]) => !isTemporal(name) && !isLoad(name)).map(([, ms]) => ms))),
  );
}

function cpuOf(ours: readonly Lived[], bare: readonly Lived[]): Breakdown {
  const names = [...new Set([...ours, ...bare].flatMap(({ cpu }) => [...cpu.keys()]))].sort();
  const of = (lived: readonly Lived[], name: string) => median(lived.map(({ cpu }) => cpu.get(name) ?? 0));
  const rows = names.map((name) => ({ name, ours: of(ours, name), reference: of(bare, name) }));
  return { part: 'c', title: 'CPU a life, by process', unit: 'ms', rows: rows.sort((a, b) => b.ours - a.ours) };
}
