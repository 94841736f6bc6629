import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { LOGGER, repeat } from '#platform';

const everyMs = 10 * 60_000;

/** What is over, and until when it is of use: an ended session says which post somebody chose last. */
const over = [
  'delete from gateway.oidc where expires_at < clock_timestamp()',
  'delete from gateway.sign_in where expires_at < clock_timestamp()',
  `delete from gateway.attempt where at < clock_timestamp() - interval '1 hour'`,
  `delete from gateway.session where expires_at < clock_timestamp() - interval '30 days'`,
  `delete from gateway.invitation where expires_at < clock_timestamp() - interval '30 days'`,
  'select gateway.sweep_sign_in_log()',
];

/** Removes what is over. Nothing depends on when: every question asks for what holds. */
@Injectable()
export class Sweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private sweeping: Promise<void>;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeping = repeat(() => this.sweep(), {
      pauseMs: everyMs,
      signal: this.stopping.signal,
      onError: (error) => {
        this.log.warn({ err: error }, 'what is over could not be removed');
      },
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.sweeping;
  }

  async sweep(): Promise<'idle'> {
    for (const statement of over) await this.dataSource.query(statement);
    return 'idle';
  }
}
