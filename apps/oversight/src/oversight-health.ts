import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ConsumerChecks, DeadLetters, HealthChecks, Metrics, type Progress } from '#platform';
import type { StreamListener } from '#messaging';
import { LISTENER } from './hearing/listener';

/** How `oversight` is: its database; what it has not heard, not sent, or cannot apply. */
@Injectable()
export class OversightHealth extends HealthChecks {
  private readonly consumer: ConsumerChecks;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(LISTENER) listener: StreamListener,
    deadLetters: DeadLetters,
    metrics: Metrics,
  ) {
    super();
    this.consumer = new ConsumerChecks(listener, deadLetters, metrics);
  }

  override needs() {
    return { database: () => this.dataSource.query('select 1') };
  }

  override async caughtUp() {
    const [consumer, undeliveredMails] = await Promise.all([this.consumer.caughtUp(), this.undeliveredMails()]);
    return { ...consumer, undeliveredMails };
  }

  /** Those that were tried in vain, are late by a minute, or have failed within the last day. */
  private async undeliveredMails(): Promise<Progress> {
    const [row] = await this.dataSource.query<{ waiting: number; failed: number }[]>(
      `select count(*) filter (
                where state = 'pending' and (attempts > 0 or created_at < clock_timestamp() - interval '1 minute')
              )::integer as waiting,
              count(*) filter (where state = 'failed')::integer as failed
       from oversight.delivery
       where state = 'pending' or (state = 'failed' and next_attempt_at > clock_timestamp() - interval '1 day')`,
    );
    const { waiting = 0, failed = 0 } = row ?? {};
    const lag = waiting + failed;
    return { ok: lag === 0, lag, detail: `${waiting} waiting, ${failed} failed` };
  }
}
