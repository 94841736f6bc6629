import type { Bench } from '../bench';
import { quantile, median, type Breakdown, type Findings, type Line } from '../figures';
import { atRate, mostPerSecond } from '../load';
import { profiled } from '../profile';

const WIDTH = 16;
const others = ['clock', 'oversight', 'kafka', 'temporal'];

/** (a) How fast a receipt is given, beside the same transaction by bare `pg`. */
export async function measureIntake(bench: Bench): Promise<Findings> {
  const steady = await atSteadyRate(bench);
  const alone = await mostAlone(bench);
  const busy = await whileCatchingUp(bench, steady.p99);
  return { lines: [...steady.lines, ...alone.lines, ...busy], breakdowns: alone.breakdowns };
}

/** Requests at a steady rate with everything running: what a desk feels. */
export async function atSteadyRate({ stack, bareIntake, sizes, report }: Bench) {
  const { rounds, ratePerSecond, rateSeconds } = sizes;
  const count = ratePerSecond * rateSeconds;
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    report(`(a) round ${round} of ${rounds}: ${ratePerSecond} intakes a second, over HTTP and by bare pg`);
    ours.push(...(await atRate(ratePerSecond, count, () => stack.receive())));
    await stack.settled();
    bare.push(...(await atRate(ratePerSecond, count, () => bareIntake.inFiveRoundTrips())));
  }
  const line = (name: string, share: number, aim: Line['aim']): Line => ({
    part: 'a',
    what: `intake until the answer, ${ratePerSecond} a second, ${name}`,
    unit: 'ms',
    ours: quantile(ours, share),
    reference: quantile(bare, share),
    aim,
  });
  return {
    p99: quantile(ours, 0.99),
    lines: [line('p50', 0.5, null), line('p99', 0.99, { of: 'ratio', atMost: 5 })],
  };
}

/** As many as `desk` and PostgreSQL can do while everything else stands still. */
async function mostAlone({ stack, bareIntake, sizes, report }: Bench): Promise<Required<Omit<Findings, 'failure'>>> {
  const ours: number[] = [];
  const five: number[] = [];
  const one: number[] = [];
  const ms = sizes.mostSeconds * 1_000;
  let breakdowns: readonly Breakdown[];
  stack.processes.signal(others, 'SIGSTOP');
  try {
    for (let round = 1; round <= sizes.rounds; round += 1) {
      report(`(a) round ${round} of ${sizes.rounds}: most intakes a second, desk and PostgreSQL alone`);
      ours.push(await mostPerSecond(WIDTH, ms, () => stack.receive()));
      five.push(await mostPerSecond(WIDTH, ms, () => bareIntake.inFiveRoundTrips()));
      one.push(await mostPerSecond(WIDTH, ms, () => bareIntake.inOneStatement()));
    }
    breakdowns = await profiled(stack, 'desk', () => mostPerSecond(WIDTH, ms, () => stack.receive()));
  } finally {
    stack.processes.signal(others, 'SIGCONT');
  }
  const what = 'most intakes a second, desk and PostgreSQL alone';
  const line = { part: 'a', unit: '/s', ours: median(ours) } as const;
  const lines: Line[] = [
    { ...line, what: `${what} (bare: five round trips)`, reference: median(five), aim: { of: 'ratio', atLeast: 0.3 } },
    { ...line, what: `${what} (bare: one statement)`, reference: median(one), aim: null },
  ];
  return { lines, breakdowns };
}

/** The clock has all those to catch up with; people at the counter must not feel it. */
async function whileCatchingUp({ stack, sizes, report }: Bench, idleP99: number): Promise<readonly Line[]> {
  const { ratePerSecond, rateSeconds } = sizes;
  const behind = await stack.behind();
  report(`(a) ${ratePerSecond} intakes a second while the clock catches up with ${behind}`);
  const beganAt = performance.now();
  const latencies = await atRate(ratePerSecond, ratePerSecond * rateSeconds, () => stack.receive());
  const stillBehind = await stack.behind();
  await stack.settled();
  const seconds = (performance.now() - beganAt) / 1_000;
  const what = 'while the clock catches up';
  return [
    {
      part: 'a',
      what: `intake until the answer, ${ratePerSecond} a second, ${what}, p99 (beside: nothing to catch up with)`,
      unit: 'ms',
      ours: quantile(latencies, 0.99),
      reference: idleP99,
      aim: null,
    },
    {
      part: 'a',
      what: `behind ${what}: entries and dossiers, at its end`,
      unit: 'count',
      ours: stillBehind,
      reference: behind,
      aim: null,
    },
    { part: 'a', what: 'until all is caught up with', unit: 's', ours: seconds, reference: null, aim: null },
  ];
}
