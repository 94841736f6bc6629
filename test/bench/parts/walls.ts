import type { Bench } from '../bench';
import { median, quantile, type Findings, type Line } from '../figures';
import { atRate, mostPerSecond } from '../load';
import type { BenchStack } from '../stack';

const WIDTH = 16;
const others = ['clock', 'oversight', 'kafka', 'temporal'];

/** How fast a receipt is given with the row-level walls of PostgreSQL and without, desk and PostgreSQL alone. */
export async function measureWalls({ stack, sizes, report }: Bench): Promise<Findings> {
  const { rounds, ratePerSecond, rateSeconds, mostSeconds } = sizes;
  const measured = async () => ({
    latencies: await atRate(ratePerSecond, ratePerSecond * rateSeconds, () => stack.receive()),
    most: await mostPerSecond(WIDTH, mostSeconds * 1_000, () => stack.receive()),
  });
  const walled: Awaited<ReturnType<typeof measured>>[] = [];
  const open: typeof walled = [];
  stack.processes.signal(others, 'SIGSTOP');
  try {
    for (let round = 1; round <= rounds; round += 1) {
      report(`(walls) round ${round} of ${rounds}: intakes with walls and without`);
      walled.push(await measured());
      open.push(await withoutWalls(stack, measured));
    }
  } finally {
    stack.processes.signal(others, 'SIGCONT');
  }
  await stack.settled();
  const line = (what: string, unit: Line['unit'], of: (those: typeof walled) => number): Line => ({
    part: 'walls',
    what: `${what} (bare: without walls)`,
    unit,
    ours: of(walled),
    reference: of(open),
    aim: null,
  });
  const latency = (share: number) => (those: typeof walled) =>
    quantile(
      those.flatMap(({ latencies }) => latencies),
      share,
    );
  return {
    lines: [
      line(`intake until the answer, ${ratePerSecond} a second, p50`, 'ms', latency(0.5)),
      line(`intake until the answer, ${ratePerSecond} a second, p99`, 'ms', latency(0.99)),
      line('most intakes a second', '/s', (those) => median(those.map(({ most }) => most))),
    ],
  };
}

/** Does something while PostgreSQL asks no policy. What `desk` tells the connection about who asks, it tells all the same. */
async function withoutWalls<T>({ database }: BenchStack, work: () => Promise<T>): Promise<T> {
  const { rows } = await database.query<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace n on n.oid = relnamespace
     where relrowsecurity order by 1`,
  );
  if (rows.length === 0) throw new Error('There are no walls to take away.');
  const all = (what: 'enable' | 'disable') =>
    rows.map(({ name }) => `alter table ${name} ${what} row level security`).join('; ');
  await database.query(all('disable'));
  try {
    return await work();
  } finally {
    await database.query(all('enable'));
  }
}
