import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { seeingEverything } from '#persistence';
import { Clock, Metrics } from '#platform';

/** What one look reads at most; the next goes on. */
const ENTRIES_AT_ONCE = 100_000;

/**
 * How long after its wake time each rung was recorded, and by whom, of all that entered the feed since this process was
 * first asked. Read from the feed: its positions have no gaps, so that nothing is counted twice or missed.
 */
@Injectable()
export class EscalationDelays {
  /** Up to where the feed was counted; null before the first look. */
  private position: string | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    metrics.addHistogram({
      name: 'motcua_escalation_delay_seconds',
      help: 'From the wake time of a rung to its entry in the journal, by who recorded it. Every desk counts all of them.',
      label: 'recorded_by',
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 180, 600],
      sinceLastLook: () => seeingEverything(() => this.sinceLastLook()),
    });
  }

  private async sinceLastLook(): Promise<readonly { readonly label: string; readonly seconds: number }[]> {
    const [row] = await this.dataSource.query<{ end: string }[]>(
      `select least(coalesce(max(position), 0), $1::bigint + ${ENTRIES_AT_ONCE}) as end from desk.feed`,
      [this.position],
    );
    const end = row?.end ?? '0';
    const rungs = await this.dataSource.query<{ due: Date; recorded: Date; by: string }[]>(
      `select j.occurred_at as due, j.recorded_at as recorded, j.body::jsonb -> 'data' ->> 'recordedBy' as by
       from desk.feed f join desk.journal j using (stream, sequence)
       where f.position > $1 and f.position <= $2 and j.type = 'dossier-escalated'`,
      [this.position ?? end, end],
    );
    this.position = end;
    return rungs.map(({ due, recorded, by }) => ({ label: by, seconds: this.delayS(due, recorded) }));
  }

  private delayS(due: Date, recorded: Date): number {
    return (recorded.getTime() - Date.parse(this.clock.wakeAt(due.toISOString()))) / 1_000;
  }
}
