import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { parseDossierEvent, type Escalate, type JournalEntry, type Verdict } from '#contracts';
import { DossierError, openRungs, type Dossier } from '#domain';
import { Clock } from '#platform';
import { DossierStore } from '../command/dossier-store';
import { Journal } from '../journal/journal';
import { RungRecorder } from './rung-recorder';

/** Thrown when a workflow has heard entries that this journal does not hold. */
export class HistoryForked extends DossierError {
  readonly code = 'HISTORY_FORKED';
  readonly kind = 'conflict';

  constructor(
    readonly dossierId: string,
    readonly sequence: number,
  ) {
    super(`Dossier ${dossierId}: entry ${sequence} as heard is not in this journal.`);
  }
}

/** More entries than any dossier has; the rest would come with the next verdict. */
const ENTRIES_AT_ONCE = 500;

/** Decides, for the clock, whether a rung fell due unmet. */
@Injectable()
export class Escalations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly store: DossierStore,
    private readonly journal: Journal,
    private readonly rungs: RungRecorder,
  ) {}

  /** The verdict on a rung, with every entry the workflow lacks. Asked again, the verdict is the same fact. */
  async verdictOn(dossierId: string, escalate: Escalate): Promise<Verdict> {
    return this.dataSource.transaction(async (manager) => {
      const stored = await this.store.lock(manager, dossierId);
      const recordedAt = this.clock.realNow().toISOString();
      const recorded = await this.rungs.record(manager, stored, this.clock.now(), { recordedBy: 'clock', recordedAt });
      const entries = await this.entriesAfter(manager, dossierId, escalate);
      return { ...this.outcome(recorded.dossier.state, escalate), entries };
    });
  }

  private outcome(
    dossier: Dossier,
    { generation, rung }: Escalate,
  ): Omit<Verdict & { outcome: 'not-yet' }, 'entries'> | { outcome: 'recorded' | 'answered' } {
    const stands = dossier.escalations.some((one) => one.generation === generation && one.rung === rung);
    if (stands) return { outcome: 'recorded' };
    const open = generation === dossier.schedule.generation && openRungs(dossier).find(({ name }) => name === rung);
    if (!open) return { outcome: 'answered' };
    return { outcome: 'not-yet', waitMs: this.waitUntil(open.dueAt) };
  }

  /** At least a second: a rung is due only after its instant, and clocks differ. */
  private waitUntil(dueAt: string): number {
    return Math.max(1_000, Date.parse(this.clock.wakeAt(dueAt)) - this.clock.realNow().getTime());
  }

  private async entriesAfter(
    manager: EntityManager,
    dossierId: string,
    { lastSequence, lastHash }: Escalate,
  ): Promise<readonly JournalEntry[]> {
    const [last, ...missing] = await this.journal.after(manager, dossierId, lastSequence - 1, ENTRIES_AT_ONCE);
    if (last?.hash !== lastHash) throw new HistoryForked(dossierId, lastSequence);
    return missing.map(({ hash, body }) => ({ hash, event: parseDossierEvent(body) }));
  }
}
