import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { answerOf, HealthChecks, type Progress } from '#platform';
import { MessagingUnavailable, type StreamListener } from '#messaging';
import { LISTENER } from './hearing/listener';

/** How `oversight` is: its database; what it has not heard, not sent, or cannot apply. */
@Injectable()
export class OversightHealth extends HealthChecks {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(LISTENER) private readonly listener: StreamListener,
  ) {
    super();
  }

  override async ready(): Promise<Record<string, string>> {
    return { database: await answerOf(() => this.dataSource.query('select 1')) };
  }

  override async caughtUp(): Promise<Record<string, Progress>> {
    const [consumerMessages, undeliveredMails, blockedStreams] = await Promise.all([
      this.consumerMessages(),
      this.undeliveredMails(),
      this.blockedStreams(),
    ]);
    return { consumerMessages, undeliveredMails, blockedStreams };
  }

  private async consumerMessages(): Promise<Progress> {
    try {
      const lag = await this.listener.lag();
      return { ok: lag < 1_000, lag };
    } catch (error) {
      if (!(error instanceof MessagingUnavailable)) throw error;
      return { ok: false, lag: 0, detail: error.message };
    }
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

  private async blockedStreams(): Promise<Progress> {
    const [row] = await this.dataSource.query<{ lag: number }[]>(
      'select count(*)::integer as lag from oversight.inbox where blocked',
    );
    const lag = row?.lag ?? 0;
    return { ok: lag === 0, lag };
  }
}
