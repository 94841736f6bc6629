import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { answerOf, HealthChecks, type Progress } from '#platform';

/** A rung this long past its wake time without its entry is behind. */
const ESCALATION_LIMIT_S = 120;

/** How `desk` is: its database, its relay, its rungs. */
@Injectable()
export class DeskHealth extends HealthChecks {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async ready(): Promise<Record<string, string>> {
    return { database: await answerOf(() => this.dataSource.query('select 1')) };
  }

  override async caughtUp(): Promise<Record<string, Progress>> {
    const [row] = await this.dataSource.query<{ unsent: string; overdue: string; seconds: number }[]>(
      `select (select count(*) from desk.unfed)
            + (select coalesce(max(position), 0) from desk.feed)
            - (select sent_position from desk.feed_progress where reader = 'kafka') as unsent,
         count(*) filter (where next_wake_at < clock_timestamp() - make_interval(secs => $1)) as overdue,
         coalesce(extract(epoch from clock_timestamp() - min(next_wake_at))::float, 0) as seconds
       from desk.dossier where next_wake_at < clock_timestamp()`,
      [ESCALATION_LIMIT_S],
    );
    const unsent = Number(row?.unsent ?? 0);
    const overdue = Number(row?.overdue ?? 0);
    return {
      relayEntries: { ok: unsent < 1_000, lag: unsent },
      escalationSeconds: {
        ok: overdue === 0,
        lag: Math.round(row?.seconds ?? 0),
        detail: `${overdue} rungs waiting too long`,
      },
    };
  }
}
