import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { repeat } from '#platform';
import { Deliveries } from './deliveries';
import { mailsAtOnce } from './mailer';

const lookEveryMs = 1_000;

/** Sends what is to be sent, several mails at once, as long as the service runs. */
@Injectable()
export class DeliveryLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryLoop.name);
  private readonly stopping = new AbortController();
  private loops: readonly Promise<void>[] = [];

  constructor(private readonly deliveries: Deliveries) {}

  onApplicationBootstrap(): void {
    this.loops = Array.from({ length: mailsAtOnce }, () =>
      repeat(() => this.deliveries.deliverNext(), {
        pauseMs: lookEveryMs,
        signal: this.stopping.signal,
        onError: (error) => {
          this.logger.error({ err: error, msg: 'no mail could be sent or marked' });
        },
      }),
    );
  }

  /** Waits for the mails under way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }
}
