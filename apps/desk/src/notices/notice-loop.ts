import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Log } from '#messaging';
import { seeingEverything } from '#persistence';
import { LOGGER, repeat } from '#platform';
import { NOTICE_CHANNELS, type NoticeChannel } from './notice-channel';
import { NoticeSender } from './notice-sender';

const LOOK_EVERY_MS = 1_000;

/** Tells applicants what there is to tell, as long as the service runs. */
@Injectable()
export class NoticeLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private sending: Promise<void>;

  constructor(
    private readonly sender: NoticeSender,
    @Inject(NOTICE_CHANNELS) private readonly channels: readonly NoticeChannel[],
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.sending = repeat(() => seeingEverything(() => this.sender.sendNext()), {
      pauseMs: LOOK_EVERY_MS,
      signal: this.stopping.signal,
      onError: (error) => {
        this.log.error({ err: error }, 'notices could not be taken or written down; they are tried again');
      },
    });
  }

  /** Waits for the notices under way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.sending;
    for (const channel of this.channels) channel.close();
  }
}
