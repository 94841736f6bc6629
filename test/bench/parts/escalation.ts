import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench';
import { quantile, type Findings, type Line } from '../figures';
import { nowMs, together, until } from '../load';
import type { BenchStack } from '../stack';

const RUNG_WITHIN_MS = 600_000;
const LATE_MS = 3 * 60_000;
const A_DAY_MS = 24 * 60 * 60_000;
const WIDTH = 8;
/** How many are made ready to find out how fast that goes here, and how much longer each of many may take. */
const SAMPLES = 50;
const SLACK = 1.5;
const AT_LEAST_MS = 2_000;

/** What rang: how long after its instant each. */
interface Rang {
  readonly lagsMs: readonly number[];
  /** From the first instant until the last had rung. */
  readonly tookMs: number;
}

/** (d) How long after its instant a rung is recorded, beside bare timers with one activity. */
export async function measureEscalation(bench: Bench): Promise<Findings> {
  const { perSecond, count, atOnce } = bench.sizes.timers;
  const steadily = { count, apartMs: 1_000 / perSecond };
  const inOneSecond = { count: atOnce, apartMs: 1_000 / atOnce };
  const steady = await both(bench, `${count} rungs, ${perSecond} a second`, steadily);
  const burst = await both(bench, `${atOnce} rungs in one second`, inOneSecond);
  const early = [...steady.ours.lagsMs, ...burst.ours.lagsMs].filter((lagMs) => lagMs < 0).length;
  const late = burst.ours.lagsMs.filter((lagMs) => lagMs > LATE_MS).length;
  const drain = (rang: Rang) => atOnce / (rang.tookMs / 1_000);
  const lag = (name: string, share: number, aim: Line['aim']): Line => ({
    part: 'd',
    what: `rung behind its instant, ${perSecond} a second, ${name}`,
    unit: 'ms',
    ours: quantile(steady.ours.lagsMs, share),
    reference: quantile(steady.bare.lagsMs, share),
    aim,
  });
  const counted = { part: 'd', unit: 'count', reference: null, aim: { of: 'ours', atMost: 0 } } as const;
  return {
    lines: [
      lag('p50', 0.5, null),
      lag('p99', 0.99, { of: 'ratio', atMost: 1.5 }),
      { ...counted, what: 'rungs recorded before their instant', ours: early },
      {
        part: 'd',
        what: `${atOnce} rungs in one second, recorded a second`,
        unit: '/s',
        ours: drain(burst.ours),
        reference: drain(burst.bare),
        aim: { of: 'ratio', atLeast: 0.7 },
      },
      { ...counted, what: `of ${atOnce} in one second, recorded more than three minutes after`, ours: late },
      { ...counted, what: 'recorded by the watchdog', ours: await recordedByWatchdog(bench.stack) },
    ],
  };
}

/** So many instants, one after another. */
interface Instants {
  readonly count: number;
  readonly apartMs: number;
}

async function both(bench: Bench, what: string, instants: Instants): Promise<{ ours: Rang; bare: Rang }> {
  bench.report(`(d) ${what}, of bare Temporal`);
  const bare = await bareTimers(bench, instants);
  bench.report(`(d) ${what}, of dossiers`);
  return { ours: await ourRungs(bench, instants), bare };
}

async function ourRungs({ stack }: Bench, { count, apartMs }: Instants): Promise<Rang> {
  const beginAtMs = await readyAt(count, async (samples, atMs) => {
    await together(WIDTH, samples, () => stack.receiveDue(atMs));
    await stack.settled();
  });
  await together(WIDTH, count, (index) => stack.receiveDue(beginAtMs + index * apartMs));
  await stack.settled();
  requireReady(beginAtMs);
  const endAtMs = beginAtMs + count * apartMs;
  await pause(Math.max(0, endAtMs - nowMs()));
  let lagsMs: readonly number[] = [];
  await until(
    'rungs to be recorded',
    RUNG_WITHIN_MS,
    async () => {
      lagsMs = await lagsBetween(stack, beginAtMs, endAtMs);
      return lagsMs.length >= count;
    },
    500,
  );
  return { lagsMs, tookMs: lastRang(lagsMs, apartMs) };
}

async function bareTimers({ bareTemporal }: Bench, { count, apartMs }: Instants): Promise<Rang> {
  const beginAtMs = await readyAt(count, async (samples, atMs) => {
    await together(WIDTH, samples, () => bareTemporal.timer(atMs));
  });
  const ids = await together(WIDTH, count, (index) => bareTemporal.timer(beginAtMs + index * apartMs));
  requireReady(beginAtMs);
  await until('timers to ring', RUNG_WITHIN_MS, () =>
    Promise.resolve(ids.every((id) => bareTemporal.rangAt(id) !== null)),
  );
  const lagsMs = ids.map((id, index) => (bareTemporal.rangAt(id) ?? Infinity) - (beginAtMs + index * apartMs));
  return { lagsMs, tookMs: lastRang(lagsMs, apartMs) };
}

/** An instant by which so many will have been made ready, judged by how long a few take; those ring far away. */
async function readyAt(count: number, make: (samples: number, atMs: number) => Promise<void>): Promise<number> {
  const beganAt = performance.now();
  await make(SAMPLES, nowMs() + A_DAY_MS);
  const eachMs = (performance.now() - beganAt) / SAMPLES;
  return Math.ceil(nowMs() + AT_LEAST_MS + SLACK * count * eachMs);
}

function requireReady(beginAtMs: number): void {
  if (nowMs() > beginAtMs) {
    throw new Error('The machine was too busy to make all ready before the first instant; measure again.');
  }
}

/** Lags lie in the order of their instants. */
function lastRang(lagsMs: readonly number[], apartMs: number): number {
  return Math.max(...lagsMs.map((lagMs, index) => index * apartMs + lagMs));
}

async function lagsBetween({ database }: BenchStack, fromMs: number, untilMs: number): Promise<readonly number[]> {
  const { rows } = await database.query<{ lag_ms: number }>(
    `select (extract(epoch from recorded_at - occurred_at) * 1000)::float8 as lag_ms
     from desk.journal where type = 'dossier-escalated' and occurred_at between $1 and $2 order by occurred_at`,
    [new Date(fromMs), new Date(untilMs + 1)],
  );
  return rows.map(({ lag_ms }) => lag_ms);
}

async function recordedByWatchdog(stack: BenchStack): Promise<number> {
  return stack.count(`desk.escalation where recorded_by = 'watchdog'`);
}
