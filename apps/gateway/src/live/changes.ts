import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, repeat, type ServiceFetch } from '#platform';
import { DESK_FETCH } from '../carrying/desk';

const lookEveryMs = 2_000;

/** Tells that something changed in `desk`: once for all browsers of this process, and while nobody listens nothing is asked. */
@Injectable()
export class Changes implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly listeners = new Set<(position: number) => void>();
  private readonly stopping = new AbortController();
  private position: number | null = null;
  private looking: Promise<void>;

  constructor(
    @Inject(DESK_FETCH) private readonly desk: ServiceFetch,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.looking = repeat(() => this.look(), {
      pauseMs: lookEveryMs,
      signal: this.stopping.signal,
      onError: (error) => {
        this.log.warn({ err: error }, 'desk could not be asked whether something changed');
      },
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.looking;
  }

  /** Each time something changed, the feed's position; the answer ends it. */
  listen(listener: (position: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async look(): Promise<'idle'> {
    if (this.listeners.size === 0) {
      this.position = null; // Who comes later asks for all there is when they come.
      return 'idle';
    }
    const { position } = (await this.desk<{ position: number }>({ method: 'GET', path: '/feed-position' })).body;
    const changed = this.position !== null && position !== this.position;
    this.position = position;
    if (changed) for (const listener of this.listeners) listener(position);
    return 'idle';
  }
}
