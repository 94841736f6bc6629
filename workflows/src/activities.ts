import type { Escalate, JournalEntry, Verdict } from '#contracts';
import type { Watch } from './watch';

/** What the workflow asks of the world. Both are idempotent: asked again, they answer the same facts. */
export interface DossierActivities {
  /** A rung's instant has come: `desk` decides whether it fell due unmet, and records it. */
  escalate(dossierId: string, ask: Escalate): Promise<Verdict>;
  /** Every journal entry after that sequence, oldest first. */
  missingEntries(dossierId: string, afterSequence: number): Promise<readonly JournalEntry[]>;
}

/**
 * The workflow's argument. At its first start: a new watch and the journal so far, so that the same call rebuilds a lost
 * workflow. When a run continues as a new one: the watch alone.
 */
export interface WatchOrder {
  readonly watch: Watch;
  readonly entries: readonly JournalEntry[];
}
