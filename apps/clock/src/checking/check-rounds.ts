import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Log } from '#messaging';
import { LOGGER, repeat, type Progress } from '#platform';
import { WorkflowCheck, type CheckedPage } from './workflow-check';

const LOOK_EVERY_MS = 60_000;
const DOSSIERS_A_LOOK = 200;

/**
 * Checks some dossiers each minute, in turn. Where something was missing the next follow at once, so that a Temporal or a
 * Kafka that came back empty is filled again without anybody's doing.
 */
@Injectable()
export class CheckRounds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private looking: Promise<void>;
  private last: CheckedPage = { checked: 0, heard: 0, rebuilt: 0, next: null };

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

  /** What the last look had to mend; not caught up until a look finds nothing. */
  get progress(): Progress {
    const { heard, rebuilt } = this.last;
    const lag = heard + rebuilt;
    return lag === 0
      ? { ok: true, lag }
      : {
          ok: false,
          lag,
          detail: `${heard} dossiers had entries not heard, ${rebuilt} workflows were not as they must be`,
        };
  }

  private async look(): Promise<'more' | 'idle'> {
    this.last = await this.check.page(this.last.next, DOSSIERS_A_LOOK);
    return this.last.heard + this.last.rebuilt > 0 ? 'more' : 'idle';
  }
}
