import { EventEmitter } from 'node:events';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { repeat } from '#platform';
import { Alerts } from './alerts';

const pollEveryMs = 500;

/**
 * Knows how far changes of alerts have come, whichever process made them, by asking the table: one small query for all
 * live streams of this process, and none while there is no stream.
 */
@Injectable()
export class AlertUpdates implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(AlertUpdates.name);
  private readonly stopping = new AbortController();
  private readonly moved = new EventEmitter().setMaxListeners(0);
  private position = '0';
  private polling: Promise<void>;

  constructor(private readonly alerts: Alerts) {}

  onApplicationBootstrap(): void {
    this.polling = repeat(() => this.poll(), {
      pauseMs: pollEveryMs,
      signal: this.stopping.signal,
      onError: (error) => {
        this.logger.warn({ err: error, msg: 'cannot see whether alerts have changed' });
      },
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.polling;
  }

  /** How far changes had come when last asked; hand it to `movedFrom` after having read what there was. */
  get known(): string {
    return this.position;
  }

  /** Resolves when changes have come to another position than `known` was, when the time is up, or at the signal. */
  async movedFrom(known: string, { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal }): Promise<void> {
    if (this.position !== known || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.moved.off('moved', done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.moved.on('moved', done);
      signal.addEventListener('abort', done);
    });
  }

  private async poll(): Promise<'idle'> {
    if (this.moved.listenerCount('moved') === 0) return 'idle';
    const position = await this.alerts.position();
    if (position !== this.position) {
      this.position = position;
      this.moved.emit('moved');
    }
    return 'idle';
  }
}
