import type { Bench } from '../bench';
import { median, type Findings, type Line } from '../figures';
import { together } from '../load';
import { addedBy, bytesOf } from './stores';
import { ourLives } from './lives';

const WIDTH = 16;
const others = ['clock', 'oversight', 'kafka', 'temporal'];

interface Rates {
  readonly open: number;
  readonly receipts: number;
  readonly lives: number;
}

/** (f) The same work beside ever more open dossiers. */
export async function measureGrowth(bench: Bench): Promise<Findings> {
  const { stack, sizes, report } = bench;
  const rates: Rates[] = [];
  const lines: Line[] = [];
  const breakdowns = [];
  for (const open of sizes.open) {
    report(`(f) filling to ${open} open dossiers`);
    const added = await addedBy(stack, () => stack.fillTo(open));
    if (rates.length > 0 && added.dossiers > 0) {
      const bytes = bytesOf(`growing to ${open} open`, added, null);
      lines.push(...bytes.lines);
      breakdowns.push(...(bytes.breakdowns ?? []));
    }
    rates.push(await ratesBeside(bench, open));
  }
  const [first, ...more] = rates;
  if (!first) throw new RangeError('Growth is measured at one number of open dossiers at least.');
  return { lines: [...more.flatMap((rate) => compared(first, rate)), ...lines], breakdowns };
}

async function ratesBeside(bench: Bench, open: number): Promise<Rates> {
  const { stack, sizes, report } = bench;
  const lives: number[] = [];
  for (let round = 1; round <= sizes.rounds; round += 1) {
    report(`(f) round ${round} of ${sizes.rounds}: ${Math.ceil(sizes.lives / 2)} lives beside ${open} open dossiers`);
    lives.push((await ourLives(bench, Math.ceil(sizes.lives / 2))).perSecond);
  }
  report(`(f) receipts beside ${open} open dossiers, desk and PostgreSQL alone`);
  stack.processes.signal(others, 'SIGSTOP');
  const beganAt = performance.now();
  let seconds: number;
  try {
    await together(WIDTH, sizes.receipts, () => stack.receive());
    seconds = (performance.now() - beganAt) / 1_000;
  } finally {
    stack.processes.signal(others, 'SIGCONT');
  }
  const perSecond = sizes.receipts / seconds;
  await stack.settled();
  return { open, receipts: perSecond, lives: median(lives) };
}

function compared(first: Rates, rates: Rates): readonly Line[] {
  const beside = `beside ${rates.open.toLocaleString('en')} open (bare: beside ${first.open.toLocaleString('en')})`;
  const aim = { of: 'ratio', atLeast: rates.open > 10_000 ? 0.8 : 0.9 } as const;
  const line = { part: 'f', unit: '/s', aim } as const;
  return [
    { ...line, what: `whole lives ${beside}`, ours: rates.lives, reference: first.lives },
    {
      ...line,
      what: `receipts, desk and PostgreSQL alone, ${beside}`,
      ours: rates.receipts,
      reference: first.receipts,
    },
  ];
}
