import type { DossierEvent } from './catalogue-of-events';

/** A journal entry as services pass it on: the event, and the SHA-256 (lower-case hex) of its exact bytes. */
export interface JournalEntry {
  readonly event: DossierEvent;
  readonly hash: string;
}

/** What the clock asks `desk` when a rung's instant has come. Idempotent: asked again, the verdict is the same fact. */
export interface Escalate {
  readonly generation: number;
  readonly rung: string;
  /** The last entry the workflow has heard; `desk` answers with all after it, or refuses a fork. */
  readonly lastSequence: number;
  readonly lastHash: string;
}

/**
 * - `recorded`: the rung fell due unmet and is on record, now or before.
 * - `answered`: something came first (returned, extended, suspended, acknowledged), or the rule did what it prescribes there.
 * - `not-yet`: by `desk`'s clock the instant has not come; ask again after `waitMs` (at least a second).
 */
export type Verdict =
  | { readonly outcome: 'recorded' | 'answered'; readonly entries: readonly JournalEntry[] }
  | { readonly outcome: 'not-yet'; readonly waitMs: number; readonly entries: readonly JournalEntry[] };
