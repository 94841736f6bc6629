import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Log } from '#messaging';
import { seeingEverything } from '#persistence';
import { type AttachmentStore, HealthChecks, LOGGER, type Progress } from '#platform';
import { ATTACHMENT_STORE } from './attachments/attachments';

/** A rung this long past its wake time without its entry is behind. */
const ESCALATION_LIMIT_S = 120;
/** A file that waits longer for the scanner is held up. */
const QUARANTINE_LIMIT_S = 600;
const RELAY_LIMIT = { entries: 1_000, seconds: 60 };

interface Figures {
  readonly unsent: number;
  readonly unsentSeconds: number;
  readonly overdue: number;
  readonly overdueSeconds: number;
  readonly quarantined: number;
}

/** How `desk` is: its database, its relay, its rungs. */
@Injectable()
export class DeskHealth extends HealthChecks {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(ATTACHMENT_STORE) private readonly store: AttachmentStore,
    @Inject(LOGGER) private readonly log: Log,
  ) {
    super();
  }

  override needs() {
    return { database: () => this.dataSource.query('select 1') };
  }

  override async caughtUp() {
    const [[row], attachmentStore] = await Promise.all([
      seeingEverything(() => this.dataSource.query<Figures[]>(figures, [ESCALATION_LIMIT_S, QUARANTINE_LIMIT_S])),
      this.attachmentStore(),
    ]);
    const { unsent = 0, unsentSeconds = 0, overdue = 0, overdueSeconds = 0, quarantined = 0 } = row ?? {};
    return {
      relayEntries: { ok: unsent < RELAY_LIMIT.entries, lag: unsent },
      relaySeconds: { ok: unsentSeconds < RELAY_LIMIT.seconds, lag: rounded(unsentSeconds) },
      escalationSeconds: {
        ok: overdue === 0,
        lag: rounded(overdueSeconds),
        detail: `${overdue} rungs waiting too long`,
      },
      filesInQuarantine: { ok: quarantined === 0, lag: quarantined, detail: 'files the scanner has not seen for long' },
      attachmentStore,
    };
  }

  /** Away, it holds up files alone: the desk goes on with all else, and is ready. */
  private async attachmentStore(): Promise<Progress> {
    try {
      await this.store.check();
      return { ok: true, lag: 0 };
    } catch (error) {
      this.log.warn({ err: error }, 'the store of the files is away');
      return { ok: false, lag: null, detail: 'the store of the files is away: none can be added or opened' };
    }
  }
}

/** Unsent is what has no position yet, and what has one beyond the last that Kafka acknowledged. */
const figures = `
  with sent as (select sent_position as position from desk.feed_progress where reader = 'kafka'),
  oldest as (
    (select j.recorded_at from desk.unfed join desk.journal j using (stream, sequence) order by j.recorded_at limit 1)
    union all
    (select j.recorded_at from desk.feed f join desk.journal j using (stream, sequence)
     where f.position > (select position from sent) order by f.position limit 1)),
  late as (
    select count(*) filter (where next_wake_at < statement_timestamp() - make_interval(secs => $1)) as overdue,
      min(next_wake_at) as since
    from desk.dossier where next_wake_at < statement_timestamp())
  select
    ((select count(*) from desk.unfed) + (select coalesce(max(position), 0) from desk.feed)
      - (select position from sent))::integer as unsent,
    coalesce((select extract(epoch from statement_timestamp() - min(recorded_at)) from oldest), 0)::float as "unsentSeconds",
    (select count(*) from desk.attachment join desk.dossier_key using (dossier_id) where state = 'quarantined'
      and stored_at < statement_timestamp() - make_interval(secs => $2))::integer as quarantined,
    late.overdue::integer as overdue,
    coalesce(extract(epoch from statement_timestamp() - late.since), 0)::float as "overdueSeconds"
  from late`;

/** To the tenth; clocks that differ a little make no time negative. */
function rounded(seconds: number): number {
  return Math.max(0, Math.round(seconds * 10) / 10);
}
