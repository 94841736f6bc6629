import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Slots, type Log } from '#messaging';
import { seeingEverything } from '#persistence';
import { Clock, LOGGER, repeat } from '#platform';
import { DossierStore } from '../command/dossier-store';
import { RungRecorder } from './rung-recorder';

/** So long after its wake time a rung is left to the clock. With a look each half minute no head waits for three. */
const GRACE_S = 120;
const LOOK_EVERY_MS = 30_000;
const DOSSIERS_A_PAGE = 200;
/** Of the pool's connections most stay with people. */
const AT_ONCE = 4;

interface Overdue {
  readonly dossierId: string;
  /** PostgreSQL's own text, to the microsecond: where the next page begins. */
  readonly wakeAt: string;
}

/** Where a sweep begins: before everything. */
const nothingYet: Overdue = { dossierId: '00000000-0000-0000-0000-000000000000', wakeAt: '-infinity' };

/**
 * The net under the clock: a rung whose wake time is two minutes past without its entry is recorded here, whatever Kafka
 * and Temporal do. It reads this service's own schedule, in real time, and needs nothing but PostgreSQL. The entry says
 * that the watchdog recorded it, and the clock that hears of it tells the workflow, or rebuilds it.
 */
@Injectable()
export class Watchdog implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly slots = new Slots(AT_ONCE);
  private watching: Promise<void>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly store: DossierStore,
    private readonly rungs: RungRecorder,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.watching = repeat(() => this.look(), {
      pauseMs: LOOK_EVERY_MS,
      signal: this.stopping.signal,
      onError: (error) => {
        this.log.error({ err: error }, 'the watchdog could not look; it looks again');
      },
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.watching;
  }

  private async look(): Promise<'idle'> {
    await this.sweep();
    return 'idle';
  }

  /** Records every rung that waits too long, each dossier in its own transaction. */
  sweep(): Promise<void> {
    return seeingEverything(() => this.recordAll());
  }

  private async recordAll(): Promise<void> {
    let recorded = 0;
    let overdue = await this.overdueAfter(nothingYet);
    for (let last = overdue.at(-1); last && !this.stopping.signal.aborted; last = overdue.at(-1)) {
      const entries = await Promise.all(
        overdue.map(({ dossierId }) => this.slots.run(() => this.recordFor(dossierId))),
      );
      recorded += entries.reduce((sum, count) => sum + count, 0);
      overdue = await this.overdueAfter(last);
    }
    if (recorded > 0) this.log.error({ rungs: recorded }, 'rungs that the clock did not record in time were recorded');
  }

  private overdueAfter({ dossierId, wakeAt }: Overdue): Promise<readonly Overdue[]> {
    return this.dataSource.query<Overdue[]>(
      `select dossier_id as "dossierId", next_wake_at::text as "wakeAt" from desk.dossier
       where next_wake_at < statement_timestamp() - make_interval(secs => $1) and (next_wake_at, dossier_id) > ($2, $3)
       order by next_wake_at, dossier_id limit $4`,
      [GRACE_S, wakeAt, dossierId, DOSSIERS_A_PAGE],
    );
  }

  /**
   * Of a dossier with one rung that waits too long, every rung that is due. One that cannot be worked keeps no other from
   * being told.
   */
  private async recordFor(dossierId: string): Promise<number> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        const dossier = await this.store.lock(manager, dossierId);
        const recordedAt = this.clock.realNow().toISOString();
        const now = this.clock.now();
        const { entries } = await this.rungs.record(manager, dossier, now, { recordedBy: 'watchdog', recordedAt });
        return entries.length;
      });
    } catch (error) {
      this.log.error({ err: error, dossierId }, 'the watchdog could not record a rung; it tries again');
      return 0;
    }
  }
}
