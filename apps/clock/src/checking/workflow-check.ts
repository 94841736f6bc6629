import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { endsDossier, type JournalEntry, type WatchedDossier } from '#contracts';
import { Slots, topics, type Log, type StreamEntry, type StreamListener } from '#messaging';
import { Clock, LOGGER } from '#platform';
import { Desk } from '../desk/desk';
import { LISTENER } from '../hearing/listener';
import { DossierWorkflows } from '../telling/dossier-workflows';

/** Younger news may still be on its way through Kafka. */
const ON_ITS_WAY_MS = 120_000;
const CHECKS_AT_ONCE = 16;
/** No partition of Kafka: what a dead letter says of an entry that came from the journal. */
const NO_PARTITION = -1;

/** What a check of a page of dossiers did. */
export interface CheckedPage {
  readonly checked: number;
  /** Dossiers of which the clock had missed entries that are older than two minutes: they were heard and told now. */
  readonly heard: number;
  /** Workflows that were not there, or would not end: they were started again, or told of their end. */
  readonly rebuilt: number;
  /** The last dossier of the page, to go on after; null when it was the last page. */
  readonly next: string | null;
}

/** What this service remembers of a dossier. */
interface Remembered {
  readonly heard: number;
  readonly told: number;
  readonly blocked: boolean;
}

type Finding = 'sound' | 'heard' | 'rebuilt';

/**
 * Compares what `desk` has with what the clock heard and what Temporal runs, by id and never by a list, and mends what is
 * missing: entries that Kafka lost are fetched, workflows that Temporal lost are started from the journal. All of it is
 * idempotent: two checks at once do the same twice.
 */
@Injectable()
export class WorkflowCheck {
  private readonly slots = new Slots(CHECKS_AT_ONCE);

  constructor(
    private readonly dataSource: DataSource,
    private readonly desk: Desk,
    private readonly workflows: DossierWorkflows,
    @Inject(LISTENER) private readonly listener: StreamListener,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  /**
   * Checks a page of dossiers in order of ids, after one of them; null begins.
   *
   * @param token a person's own, so that `desk` judges the person. @throws RemoteRefusal, TemporalUnavailable
   */
  async page(after: string | null, limit: number, token?: string): Promise<CheckedPage> {
    const dossiers = await this.desk.watchedDossiers(after, limit, token);
    const remembered = await this.remembered(dossiers.map(({ dossierId }) => dossierId));
    const findings = await Promise.all(
      dossiers.map((dossier) =>
        this.slots.run(() => this.check(dossier, remembered.get(dossier.dossierId) ?? nothing)),
      ),
    );
    const count = (finding: Finding) => findings.filter((one) => one === finding).length;
    return {
      checked: dossiers.length,
      heard: count('heard'),
      rebuilt: count('rebuilt'),
      next: dossiers.length === limit ? (dossiers.at(-1)?.dossierId ?? null) : null,
    };
  }

  private async check(dossier: WatchedDossier, { heard, told, blocked }: Remembered): Promise<Finding> {
    const isOnItsWay = this.clock.realNow().getTime() - Date.parse(dossier.recordedAt) < ON_ITS_WAY_MS;
    if (blocked) return 'sound'; // It is shown as blocked, and waits for an operator.
    if (heard < dossier.lastSequence) return isOnItsWay ? 'sound' : this.hear(dossier, heard);
    if (told === 0) return 'sound'; // It never had a rung: no workflow watches it.
    const status = await this.workflows.statusOf(dossier.dossierId);
    const isWatched = status === 'RUNNING' || status === 'PAUSED';
    if (isWatched === !dossier.ended || (dossier.ended && isOnItsWay)) return 'sound';
    return this.rebuild(dossier);
  }

  private async hear({ dossierId, lastSequence }: WatchedDossier, heard: number): Promise<Finding> {
    this.log.warn({ dossierId, heard, lastSequence }, 'the clock had missed entries; it fetches them from the journal');
    const entries = await this.desk.journalAfter(dossierId, heard);
    await this.listener.applyBatch({
      topic: topics.dossier,
      partition: NO_PARTITION,
      messages: entries.map(messageOf),
      isStale: () => false,
    });
    return 'heard';
  }

  private async rebuild({ dossierId, ended }: WatchedDossier): Promise<Finding> {
    const journal = await this.desk.entriesAfter(dossierId, 0);
    if (journal.some(({ event }) => endsDossier(event)) !== ended) return 'sound'; // It ended at this moment.
    this.log.warn(
      { dossierId },
      ended ? 'a workflow outlived its dossier: told again' : 'a workflow was lost: rebuilt',
    );
    if (ended) await this.workflows.signal(dossierId, journal, journal);
    else await this.startAnew(dossierId, journal);
    return 'rebuilt';
  }

  private async startAnew(dossierId: string, journal: readonly JournalEntry[]): Promise<void> {
    if (!(await this.workflows.start(dossierId, journal))) {
      this.log.error({ dossierId }, 'the workflow of an open dossier has completed: was the journal restored?');
    }
    await this.dataSource.query('update clock.watch set told = greatest(told, $2) where dossier_id = $1', [
      dossierId,
      journal.length,
    ]);
  }

  private async remembered(dossierIds: readonly string[]): Promise<ReadonlyMap<string, Remembered>> {
    const rows = await this.dataSource.query<(Remembered & { dossier_id: string })[]>(
      'select dossier_id, heard, told, blocked from clock.watch where dossier_id = any($1)',
      [dossierIds],
    );
    return new Map(rows.map((row) => [row.dossier_id, row]));
  }
}

const nothing: Remembered = { heard: 0, told: 0, blocked: false };

function messageOf({ stream, sequence, body }: StreamEntry) {
  return {
    key: Buffer.from(stream),
    value: Buffer.from(body),
    offset: String(sequence),
    headers: {},
    timestamp: '',
  };
}
