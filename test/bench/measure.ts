import type { Report } from '#local';
import type { Bench } from './bench';
import { BareIntake } from './bare/postgres';
import { BareTemporal } from './bare/temporal';
import type { Findings, Part } from './figures';
import { together } from './load';
import { measureConsole } from './parts/console';
import { measureDue } from './parts/due';
import { measureEscalation } from './parts/escalation';
import { measureGrowth } from './parts/growth';
import { measureIntake } from './parts/intake';
import { measureLives } from './parts/lives';
import { measurePeak } from './parts/peak';
import { makeVisibilityIndexesPartial, measureStores } from './parts/stores';
import { measureTelling } from './parts/telling';
import { measureWalls } from './parts/walls';
import { profiling } from './profile';
import { machine, type Results } from './report';
import type { Sizes } from './sizes';
import { BenchStack } from './stack';

export interface MeasureOptions {
  readonly dataFolder: string;
  readonly only: readonly Part[];
  readonly sizes: Sizes;
  readonly temporal: 'cli' | 'server';
  /** Temporal's visibility indexes stay as shipped. */
  readonly asShipped: boolean;
  readonly report: Report;
}

/** In this order: what grows is measured from nothing, and all the rest beside what has grown. */
const measures: readonly (readonly [Part, (bench: Bench) => Promise<Findings>])[] = [
  ['e', measureStores],
  ['f', measureGrowth],
  ['c', measureLives],
  ['a', measureIntake],
  ['walls', measureWalls],
  ['b', measureTelling],
  ['d', measureEscalation],
  ['peak', measurePeak],
  ['due', measureDue],
  ['console', measureConsole],
];

/** Starts a stack of its own, measures the parts on it one after another, and stops it. */
export async function measure(options: MeasureOptions): Promise<Results> {
  const beganAt = performance.now();
  const interrupted = interruption();
  const system = machine();
  const { dataFolder, temporal: flavour, report } = options;
  const stack = await BenchStack.start({ dataFolder, temporal: flavour, report, settings: profiling(dataFolder) });
  try {
    const findings = await Promise.race([measured(stack, options), interrupted]);
    const { postgres, kafka, temporal } = stack.stack.servers;
    return {
      measuredAt: new Date().toISOString(),
      tookS: Math.round((performance.now() - beganAt) / 1_000),
      rounds: options.sizes.rounds,
      machine: system,
      servers: { postgres: postgres.how, kafka: kafka.how, temporal: `${temporal.how}; ${indexesOf(options)}` },
      lines: findings.flatMap(({ lines }) => lines),
      breakdowns: findings.flatMap(({ breakdowns = [] }) => breakdowns),
      failures: findings.flatMap(({ failure }) => failure ?? []),
    };
  } finally {
    await stack.stop();
  }
}

async function measured(stack: BenchStack, options: MeasureOptions): Promise<readonly Findings[]> {
  const bench = await warmBench(stack, options);
  try {
    const indexesMeasured = options.only.includes('e');
    if (options.temporal === 'server' && !options.asShipped && !indexesMeasured)
      await makeVisibilityIndexesPartial(stack);
    const findings: Findings[] = [];
    for (const [part, findingsOf] of measures) {
      if (!options.only.includes(part)) continue;
      // What was measured before is not lost with it.
      findings.push(
        await findingsOf(bench).catch((error: unknown) => ({ lines: [], failure: `(${part}) ${reasonOf(error)}` })),
      );
    }
    return findings;
  } finally {
    await bench.bareTemporal.close();
    await bench.bareIntake.close();
  }
}

/** Lives first, so that code is compiled and pools are full; one of them is the pattern for what is bare. */
async function warmBench(stack: BenchStack, { sizes, asShipped, report }: MeasureOptions): Promise<Bench> {
  report('warming up');
  const pattern = await stack.receive();
  await stack.handle(pattern, 3);
  await stack.settled();
  const bareIntake = await BareIntake.prepare(stack.stack.ownerUrl, stack.database, pattern.dossierId);
  const bareTemporal = await BareTemporal.start(stack, pattern.dossierId);
  await together(8, sizes.warmUpLives, async () => stack.handle(await stack.receive(), 3));
  await together(8, sizes.warmUpLives, () => bareTemporal.life());
  await together(8, sizes.warmUpLives, () => bareIntake.inFiveRoundTrips());
  await stack.settled();
  return { stack, bareIntake, bareTemporal, sizes, asShipped, report };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function indexesOf({ temporal, asShipped }: MeasureOptions): string {
  if (temporal === 'cli') return 'on one file';
  return asShipped ? 'visibility indexes as shipped' : 'visibility indexes partial';
}

/** Ctrl-C ends the measurement, not the servers: those are stopped in order. */
function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => reject(new Error(`Interrupted by ${signal}; nothing was written.`)));
    }
  });
  interrupted.catch(() => undefined); // It may come before anybody waits for it: while the stack starts.
  return interrupted;
}
