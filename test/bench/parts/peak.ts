import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench';
import { quantile, type Findings } from '../figures';
import { atRate, nowMs, until } from '../load';

/** A life of eight events: received, five hand-overs, processed, returned. */
const HAND_OVERS = 5;
const COMMAND_EVERY_MS = 1_000;
const CAUGHT_UP_WITHIN_MS = 600_000;

/** The national peak: so many dossiers a second, each going through a whole life in eight seconds. */
export async function measurePeak({ stack, sizes, report }: Bench): Promise<Findings> {
  const { ratePerSecond, rateSeconds, peak } = sizes;
  await stack.settled();
  const idle = quantile(await atRate(ratePerSecond, ratePerSecond * rateSeconds, () => stack.receive()), 0.99);
  await stack.settled();

  const dossiers = peak.dossiersPerSecond * peak.seconds;
  report(`(peak) ${peak.dossiersPerSecond} new dossiers a second for ${peak.seconds} s, eight events each`);
  const completedBefore = await stack.completed('dossier');
  const latencies: number[] = [];
  await atRate(peak.dossiersPerSecond, dossiers, async () => {
    const beganAtMs = nowMs();
    const received = await stack.receive();
    latencies.push(received.answeredAtMs - beganAtMs);
    let command = 0;
    await stack.handle(received, HAND_OVERS, {
      // A command is due every second, or when the one before it is answered, whichever is later.
      before: () => pause(Math.max(0, beganAtMs + (command += 1) * COMMAND_EVERY_MS - nowMs())),
      answeredIn: (ms) => latencies.push(ms),
    });
  });
  const endedAt = performance.now();
  await until('the last workflows to complete', CAUGHT_UP_WITHIN_MS, async () => {
    return (await stack.behind()) === 0 && (await stack.completed('dossier')) >= completedBefore + dossiers;
  });
  const what = `${peak.dossiersPerSecond} dossiers a second, eight commands each, ${peak.seconds} s`;
  return {
    lines: [
      {
        part: 'peak',
        what: `${what}: every command, p99 (beside: ${ratePerSecond} receipts a second, idle)`,
        unit: 'ms',
        ours: quantile(latencies, 0.99),
        reference: idle,
        aim: { of: 'ratio', atMost: 3 },
      },
      {
        part: 'peak',
        what: 'all caught up, workflows closed, after the last answer',
        unit: 's',
        ours: (performance.now() - endedAt) / 1_000,
        reference: null,
        aim: { of: 'ours', atMost: 10 },
      },
    ],
  };
}
