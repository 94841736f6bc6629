import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Log } from '#messaging';
import { seeingEverything } from '#persistence';
import { type AttachmentStore, LOGGER, Metrics, repeat } from '#platform';
import { Attachments, ATTACHMENT_STORE } from './attachments';
import { SCANNER, ScannerAway, type Scanner } from './scanner';

const LOOK_EVERY_MS = 500;
/** A scanner, a store or a database that is away is not asked, and not logged, twice a second. */
const REST_AFTER_FAILURE_MS = 5_000;
const SWEEP_EVERY_MS = 600_000;
const FILES_A_SWEEP = 100;
/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

interface Quarantined {
  readonly attachment_id: string;
  readonly dossier_id: string;
}

/** Has the scanner look at what is in quarantine, and sweeps what uploads left behind, as long as the service runs. */
@Injectable()
export class AttachmentRounds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private rounds: readonly Promise<void>[] = [];
  private restUntilMs = 0;
  /** After which file the next is looked for, so that one that cannot be scanned holds up no other. */
  private last = FIRST;
  private lastSwept = FIRST;

  constructor(
    private readonly dataSource: DataSource,
    private readonly attachments: Attachments,
    @Inject(ATTACHMENT_STORE) private readonly store: AttachmentStore,
    @Inject(SCANNER) private readonly scanner: Scanner | null,
    @Inject(LOGGER) private readonly log: Log,
    metrics: Metrics,
  ) {
    metrics.addGauge('motcua_attachments_quarantined', 'Files that the scanner has not seen yet.', () =>
      this.count('quarantined'),
    );
    metrics.addGauge('motcua_attachments_infected', 'Files in which the scanner found something.', () =>
      this.count('infected'),
    );
  }

  onApplicationBootstrap(): void {
    const { signal } = this.stopping;
    const onError = (error: unknown) => {
      this.restUntilMs = performance.now() + REST_AFTER_FAILURE_MS;
      this.log.error({ err: error }, 'files could not be looked at; they are tried again');
    };
    this.rounds = [
      repeat(() => seeingEverything(() => this.look()), { pauseMs: LOOK_EVERY_MS, signal, onError }),
      repeat(() => this.sweep(), { pauseMs: SWEEP_EVERY_MS, signal, onError }),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.rounds);
  }

  /**
   * Deletes what uploads of more than a day ago left in the store, one by one, so that one that cannot be deleted holds up no other,
   * and in no transaction, so that no connection waits for the store. The bytes go first: what is left after a crash is swept again.
   */
  async sweep(): Promise<'more' | 'idle'> {
    const left = await this.dataSource.query<{ attachment_id: string }[]>(
      `select attachment_id from desk.attachment_upload
       where begun_at < clock_timestamp() - interval '1 day' and attachment_id > $1
       order by attachment_id limit ${FILES_A_SWEEP}`,
      [this.lastSwept],
    );
    for (const { attachment_id: id } of left) {
      if (this.stopping.signal.aborted) return 'idle';
      await this.sweepOne(id);
    }
    const isFull = left.length === FILES_A_SWEEP;
    this.lastSwept = (isFull ? left.at(-1)?.attachment_id : null) ?? FIRST;
    return isFull ? 'more' : 'idle';
  }

  private async sweepOne(attachmentId: string): Promise<void> {
    try {
      await this.store.remove(attachmentId);
      await this.dataSource.query('delete from desk.attachment_upload where attachment_id = $1', [attachmentId]);
    } catch (error) {
      this.log.warn({ attachmentId, err: error }, 'what an upload left could not be deleted; it is tried again later');
    }
  }

  private async look(): Promise<'more' | 'idle'> {
    if (performance.now() < this.restUntilMs) return 'idle';
    return this.scanner === null ? this.release() : this.scanNext(this.scanner);
  }

  /** Where the office has given up its scanner nothing waits for it any more: what was in quarantine says that nobody looked. */
  private async release(): Promise<'idle'> {
    await this.dataSource.query(`update desk.attachment set state = 'unscanned' where state = 'quarantined'`);
    return 'idle';
  }

  private async scanNext(scanner: Scanner): Promise<'more' | 'idle'> {
    const [next] = await this.dataSource.query<Quarantined[]>(
      `select attachment_id, dossier_id from desk.attachment join desk.dossier_key using (dossier_id)
       where state = 'quarantined' and attachment_id > $1 order by attachment_id limit 1`,
      [this.last],
    );
    this.last = next?.attachment_id ?? FIRST;
    return next ? this.scan(scanner, next) : 'idle';
  }

  private async scan(scanner: Scanner, { attachment_id: id, dossier_id: dossierId }: Quarantined) {
    try {
      const verdict = await scanner.verdictOn(await this.attachments.bytesOf(dossierId, id));
      if (verdict === 'infected')
        this.log.warn({ dossierId, attachmentId: id }, 'a file is infected; it is not served');
      await this.dataSource.query(
        `update desk.attachment set state = $2 where attachment_id = $1 and state = 'quarantined'`,
        [id, verdict],
      );
      return 'more' as const;
    } catch (error) {
      if (!(error instanceof ScannerAway)) throw error;
      this.restUntilMs = performance.now() + REST_AFTER_FAILURE_MS;
      this.log.warn({ attachmentId: id, err: error }, 'the scanner gave no verdict; the file stays in quarantine');
      return 'idle' as const;
    }
  }

  private async count(state: 'quarantined' | 'infected'): Promise<number> {
    const [row] = await seeingEverything(() =>
      this.dataSource.query<{ count: number }[]>(
        'select count(*)::integer as count from desk.attachment where state = $1',
        [state],
      ),
    );
    return row?.count ?? 0;
  }
}
