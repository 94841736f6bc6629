import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Log } from '#messaging';
import { LOGGER } from '#platform';
import { taskQueue } from '#workflows';
import { ClockSettings } from '../clock.settings';
import { Desk } from '../desk/desk';
import { dossierActivities } from './activities';

const RETRY_MS = { first: 500, most: 10_000 };

/** Runs the workflows of all dossiers. Waits for Temporal where it is not there yet; a worker that fails ends the process. */
@Injectable()
export class Watching implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private worker: Worker | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly settings: ClockSettings,
    private readonly desk: Desk,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run().catch((error: unknown) => {
      this.log.error({ err: error }, 'the worker failed; the process ends to be started anew');
      process.exit(1);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    if (this.worker?.getState() === 'RUNNING') this.worker.shutdown();
    await this.running;
  }

  /** What keeps workflows from running; null when nothing does. */
  get trouble(): string | null {
    const state = this.worker?.getState() ?? 'waiting for Temporal';
    return state === 'RUNNING' ? null : state;
  }

  private async run(): Promise<void> {
    const connection = await this.connected();
    if (connection === null) return;
    try {
      this.worker = await this.workerOn(connection);
      const running = this.worker.run();
      // A worker that never ran would keep its connection from closing.
      if (this.isStopping()) this.worker.shutdown();
      await running;
    } finally {
      await connection.close();
    }
  }

  private async workerOn(connection: NativeConnection): Promise<Worker> {
    const { WORKER_SLOTS, TEMPORAL_NAMESPACE, WORKFLOW_FOLDER } = this.settings;
    return Worker.create({
      connection,
      namespace: TEMPORAL_NAMESPACE,
      taskQueue,
      workflowBundle: { codePath: join(WORKFLOW_FOLDER, 'dossier.bundle.js') },
      activities: { ...dossierActivities(this.desk) },
      workerDeploymentOptions: {
        version: { deploymentName: 'motcua-clock', buildId: bundleHash(WORKFLOW_FOLDER) },
        useWorkerVersioning: false,
      },
      maxConcurrentWorkflowTaskExecutions: WORKER_SLOTS,
      maxConcurrentActivityTaskExecutions: WORKER_SLOTS,
      shutdownGraceTime: '5 seconds',
    });
  }

  /** Null when the process is stopped before Temporal answers. */
  private async connected(): Promise<NativeConnection | null> {
    for (let retryMs = RETRY_MS.first; !this.isStopping(); retryMs = Math.min(retryMs * 2, RETRY_MS.most)) {
      try {
        return await NativeConnection.connect({ address: this.settings.TEMPORAL_ADDRESS });
      } catch (error) {
        this.log.warn({ err: error, retryMs }, 'Temporal cannot be reached; trying again');
        await pause(retryMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
    return null;
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}

/** The hash of the workflow code names the worker's build in every history it touches. */
export function bundleHash(folder: string): string {
  const { sha256 } = JSON.parse(readFileSync(join(folder, 'bundle.json'), 'utf8')) as { sha256: string };
  return sha256;
}
