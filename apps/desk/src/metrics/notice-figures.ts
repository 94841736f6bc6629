import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { seeingEverything } from '#persistence';
import { Metrics } from '#platform';

/** How many applicants wait to be told, and how many could not be. */
@Injectable()
export class NoticeFigures {
  constructor(
    private readonly dataSource: DataSource,
    metrics: Metrics,
  ) {
    metrics.addGauge('motcua_notices_pending', 'Notices to applicants that are to be sent.', () =>
      this.count(`state = 'pending'`),
    );
    metrics.addGauge('motcua_notices_failed', 'Notices to applicants that failed within a day.', () =>
      this.count(`state = 'failed' and settled_at > clock_timestamp() - interval '1 day'`),
    );
  }

  private async count(which: string): Promise<number> {
    const [row] = await seeingEverything(() =>
      this.dataSource.query<{ count: number }[]>(`select count(*)::integer as count from desk.notice where ${which}`),
    );
    return row?.count ?? 0;
  }
}
