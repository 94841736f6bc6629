import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Log } from '#messaging';
import { LOGGER, repeat, type Progress } from '#platform';
import { WorkflowCheck } from './workflow-check';

const LOOK_EVERY_MS = 60_000;
const DOSSIERS_A_LOOK = 200;
/** Long enough to be seen by whoever looks now and then. */
const SHOWN_FOR_MS = 600_000;

/**
 * Checks some dossiers each minute, in turn. Where something was missing the next follow at once, so that a Temporal or a
 * Kafka that came back empty is filled again without anybody's doing.
 */
@Injectable()
export class CheckRounds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private looking: Promise<void>;
  private next: string | null = null;
  private finds = { mended: 0, failed: 0, atMs: -Infinity };

  constructor(
    private readonly check: WorkflowCheck,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.looking = repeat(() => this.look(), {
      pauseMs: LOOK_EVERY_MS,
      signal: this.stopping.signal,
      onError: (error) => {
        this.log.warn({ err: error }, 'workflows could not be checked; they are checked again');
      },
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.looking;
  }

  /** What the looks of the last ten minutes had to mend, or could not check. */
  get progress(): Progress {
    const { mended, failed, atMs } = this.finds;
    if (performance.now() - atMs > SHOWN_FOR_MS) return { ok: true, lag: 0 };
    return { ok: false, lag: mended + failed, detail: `${mended} rebuilt or caught up, ${failed} not to be checked` };
  }

  private async look(): Promise<'more' | 'idle'> {
    if (await this.check.isBehind()) return 'idle'; // What waits in Kafka is not lost.
    const { heard, rebuilt, failed, next } = await this.check.page(this.next, DOSSIERS_A_LOOK);
    this.next = next;
    this.remember(heard + rebuilt, failed);
    // After the last page the next round can wait: what is still not mended is not mended by haste.
    return heard + rebuilt > 0 && next !== null ? 'more' : 'idle';
  }

  private remember(mended: number, failed: number): void {
    if (mended + failed === 0) return;
    const before = this.progress.ok ? { mended: 0, failed: 0 } : this.finds;
    this.finds = { mended: before.mended + mended, failed: before.failed + failed, atMs: performance.now() };
  }
}
