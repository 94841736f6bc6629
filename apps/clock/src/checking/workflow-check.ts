import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { endsDossier, type JournalEntry, type WatchedDossier } from '#contracts';
import { DossierError } from '#domain';
import { MessagingUnavailable, Slots, topics, type Log, type StreamEntry, type StreamListener } from '#messaging';
import { Clock, LOGGER } from '#platform';
import { Desk } from '../desk/desk';
import { LISTENER } from '../hearing/listener';
import { DossierWorkflows } from '../telling/dossier-workflows';

/** Younger news may still be on its way through Kafka. */
const ON_ITS_WAY_MS = 120_000;
/** So many are on their way at any moment of a busy day. */
const BEHIND_MESSAGES = 1_000;
/** What is told goes on meanwhile; the pool is for both. */
const CHECKS_AT_ONCE = 8;
/** No partition of Kafka: what a dead letter says of an entry that came from the journal. */
const NO_PARTITION = -1;

/** What a check of a page of dossiers did. */
export interface CheckedPage {
  readonly checked: number;
  /** Dossiers of which the clock had missed entries that are older than two minutes: they were heard and told now. */
  readonly heard: number;
  /** Workflows that were not there, or had not heard of their dossier's end: they were started again, or told. */
  readonly rebuilt: number;
  /** Dossiers that could not be checked; the log says why. */
  readonly failed: number;
  /** The last dossier of the page, to go on after; null when it was the last page. */
  readonly next: string | null;
}

/** What this service remembers of a dossier. */
interface Remembered {
  readonly heard: number;
  readonly told: number;
  readonly blocked: boolean;
}

/** What was done about a dossier. */
interface Mended {
  readonly heard: boolean;
  readonly rebuilt: boolean;
}

/**
 * Compares what `desk` has with what the clock heard and what Temporal runs, by id and never by a list, and mends what is
 * missing: entries that Kafka lost are fetched, workflows that Temporal lost are started from the journal. All of it is
 * idempotent: of two checks at once, one finds nothing left to do.
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
   * Checks a page of dossiers in order of ids, after one of them; null begins. A dossier that cannot be checked keeps no other
   * from it.
   *
   * @throws what keeps every one of them from being checked until it passes: `desk`, the database or Temporal is away
   */
  async page(after: string | null, limit: number): Promise<CheckedPage> {
    const dossiers = await this.desk.watchedDossiers(after, limit);
    const outcomes = await Promise.allSettled(dossiers.map((dossier) => this.slots.run(() => this.check(dossier))));
    const failures = outcomes.flatMap((outcome, index) =>
      outcome.status === 'rejected' ? [{ err: outcome.reason as unknown, dossierId: dossiers[index]?.dossierId }] : [],
    );
    if (failures.length > 0 && failures.length === dossiers.length) {
      const [away] = failures.filter(({ err }) => err instanceof DossierError && err.kind === 'unavailable');
      if (away) throw away.err;
    }
    for (const failure of failures)
      this.log.error(failure, 'a dossier could not be checked; the next round tries again');
    const mended = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    return {
      checked: mended.length,
      heard: mended.filter(({ heard }) => heard).length,
      rebuilt: mended.filter(({ rebuilt }) => rebuilt).length,
      failed: failures.length,
      next: dossiers.length === limit ? (dossiers.at(-1)?.dossierId ?? null) : null,
    };
  }

  /** Whether much waits in Kafka; false where it cannot be asked, for then nothing comes that way. */
  async isBehind(): Promise<boolean> {
    try {
      return (await this.listener.lag()) > BEHIND_MESSAGES;
    } catch (error) {
      if (error instanceof MessagingUnavailable) return false;
      throw error;
    }
  }

  private async check(dossier: WatchedDossier): Promise<Mended> {
    const isOnItsWay = this.clock.realNow().getTime() - Date.parse(dossier.recordedAt) < ON_ITS_WAY_MS;
    let remembered = await this.remembered(dossier.dossierId);
    const lacks = !remembered.blocked && !isOnItsWay && remembered.heard < dossier.lastSequence;
    if (lacks) {
      await this.hear(dossier, remembered.heard);
      remembered = await this.remembered(dossier.dossierId);
    }
    // A blocked one is shown, and waits for an operator. One never told of had no rung: no workflow watches it.
    const mayBeLost = !remembered.blocked && remembered.told > 0 && !(dossier.ended && (isOnItsWay || lacks));
    return { heard: lacks && !remembered.blocked, rebuilt: mayBeLost && (await this.rebuildIfLost(dossier)) };
  }

  private async hear({ dossierId, lastSequence }: WatchedDossier, heard: number): Promise<void> {
    this.log.warn({ dossierId, heard, lastSequence }, 'the clock had missed entries; it fetches them from the journal');
    const entries = await this.desk.journalAfter(dossierId, heard);
    await this.listener.applyBatch({
      topic: topics.dossier,
      partition: NO_PARTITION,
      messages: entries.map(messageOf),
      isStale: () => false,
    });
  }

  private async rebuildIfLost({ dossierId, ended }: WatchedDossier): Promise<boolean> {
    const status = await this.workflows.statusOf(dossierId);
    const isSound = ended ? status === null || status === 'COMPLETED' : status === 'RUNNING' || status === 'PAUSED';
    if (isSound) return false;
    const journal = await this.desk.entriesAfter(dossierId, 0);
    if (journal.some(({ event }) => endsDossier(event)) !== ended) return false; // It ended at this moment.
    return ended ? this.tellEnd(dossierId, journal) : this.startAnew(dossierId, journal);
  }

  private async tellEnd(dossierId: string, journal: readonly JournalEntry[]): Promise<boolean> {
    this.log.warn({ dossierId }, 'a workflow had not heard of its dossier’s end: told again');
    await this.workflows.signal(dossierId, journal, journal);
    return true;
  }

  /** False where somebody else was faster, or where the workflow has completed although the dossier is open. */
  private async startAnew(dossierId: string, journal: readonly JournalEntry[]): Promise<boolean> {
    if (await this.workflows.start(dossierId, journal)) {
      this.log.warn({ dossierId }, 'a workflow was lost: started again from the journal');
      const told = 'update clock.watch set told = greatest(told, $2) where dossier_id = $1';
      await this.dataSource.query(told, [dossierId, journal.length]);
      return true;
    }
    if ((await this.workflows.statusOf(dossierId)) === 'COMPLETED') {
      this.log.error({ dossierId }, 'the workflow of an open dossier has completed: was the journal restored?');
    }
    return false;
  }

  private async remembered(dossierId: string): Promise<Remembered> {
    const [row] = await this.dataSource.query<Remembered[]>(
      'select heard, told, blocked from clock.watch where dossier_id = $1',
      [dossierId],
    );
    return row ?? nothing;
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
