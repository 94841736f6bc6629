import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { StreamListener } from '#messaging';
import { answerOf, HealthChecks, type Progress } from '#platform';
import { Watching } from './escalating/watching';
import { LISTENER } from './hearing/listener';

/** More messages than this waiting in Kafka means that the clock is behind. */
const LAG_LIMIT = 1_000;

/** How the clock is: its database, what it has not heard yet, whether workflows run, and which dossiers are blocked. */
@Injectable()
export class ClockHealth extends HealthChecks {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(LISTENER) private readonly listener: StreamListener,
    private readonly watching: Watching,
  ) {
    super();
  }

  override async ready(): Promise<Record<string, string>> {
    return { database: await answerOf(() => this.dataSource.query('select 1')) };
  }

  override async caughtUp(): Promise<Record<string, Progress>> {
    const { trouble } = this.watching;
    return {
      consumerMessages: await this.consumer(),
      temporalWorker: {
        ok: trouble === null,
        lag: trouble === null ? 0 : 1,
        ...(trouble !== null && { detail: trouble }),
      },
      blockedDossiers: await this.blocked(),
    };
  }

  private async consumer(): Promise<Progress> {
    try {
      const lag = await this.listener.lag();
      return { ok: lag <= LAG_LIMIT, lag };
    } catch (error) {
      return {
        ok: false,
        lag: Number.MAX_SAFE_INTEGER,
        detail: error instanceof Error ? error.message : String(error),
      };
    }
  }

  private async blocked(): Promise<Progress> {
    const [row] = await this.dataSource.query<{ blocked: string }[]>(
      'select count(*) as blocked from clock.watch where blocked',
    );
    const lag = Number(row?.blocked ?? 0);
    return { ok: lag === 0, lag, ...(lag > 0 && { detail: 'see clock.dead_letter' }) };
  }
}
