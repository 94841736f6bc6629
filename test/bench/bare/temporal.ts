import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { nowMs } from '../load';
import type { BenchStack } from '../stack';
import { bareTaskQueue, type Rang } from './temporal-worker';

const A_DAY_MS = 24 * 60 * 60_000;

/** Temporal by a bare client and a bare worker: the same calls with payloads of the same size, and nothing of ours. */
export class BareTemporal {
  private readonly rang = new Map<string, number>();

  private constructor(
    private readonly bench: BenchStack,
    private readonly worker: ChildProcess,
    /** The entries of a real life, oldest first, as `clock` sends them. */
    private readonly entries: readonly unknown[],
  ) {
    worker.on('message', (message: Rang | 'ready') => {
      if (message !== 'ready') this.rang.set(message.id, message.atMs);
    });
  }

  /** @param dossierId a dossier that has been through the life that is measured */
  static async start(bench: BenchStack, dossierId: string): Promise<BareTemporal> {
    const { rows } = await bench.database.query<{ hash: string; body: string }>(
      'select hash, body from desk.journal where stream = $1 order by sequence',
      [dossierId],
    );
    const entries = rows.map(({ hash, body }) => ({ hash, event: JSON.parse(body) as unknown }));
    const { address, namespace } = bench.stack.temporal;
    const log = openSync(join(bench.stack.dataFolder, 'logs', 'bare-worker.log'), 'a');
    const worker = fork(
      join(__dirname, 'temporal-worker.js'),
      [address, namespace, JSON.stringify(entries.at(-1) ?? null)],
      { stdio: ['ignore', log, log, 'ipc'] },
    );
    const bare = new BareTemporal(bench, worker, entries);
    await once(worker, 'message');
    if (worker.pid !== undefined) bench.processes.add('bare worker', worker.pid);
    return bare;
  }

  async close(): Promise<void> {
    this.worker.send('end');
    await once(this.worker, 'exit');
  }

  /** Start, asleep; then everything else in one signal-with-start. */
  async life(): Promise<void> {
    const [first, ...rest] = this.entries;
    const options = {
      workflowId: `bare-${randomUUID()}`,
      taskQueue: bareTaskQueue,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      startDelay: A_DAY_MS,
    } as const;
    await this.bench.temporal.workflow.start('bareLife', { ...options, args: [[first]] });
    await this.bench.temporal.workflow.signalWithStart('bareLife', {
      ...options,
      args: [this.entries],
      signal: 'events',
      signalArgs: [rest],
    });
  }

  /** A workflow that wakes at that instant and says so. */
  async timer(atMs: number): Promise<string> {
    const workflowId = `bare-${randomUUID()}`;
    await this.bench.temporal.workflow.start('bareTimer', {
      workflowId,
      taskQueue: bareTaskQueue,
      startDelay: Math.max(1, Math.ceil(atMs - nowMs())),
      args: [workflowId, this.entries.slice(0, 1)],
    });
    return workflowId;
  }

  /** When a timer's activity ran; null before it has. */
  rangAt(id: string): number | null {
    return this.rang.get(id) ?? null;
  }
}
