import { endsDossier, type DossierEvent } from '#contracts';

/**
 * Whether the workflow must hear of an event at once: it ends the dossier, or brings the next rung nearer than the event
 * before it said; or the watchdog recorded it, so the workflow may be lost. Everything else waits in the journal and
 * travels with the next call, because to wake too early is harmless and to wake too late is not.
 */
export function mustTell(nextRungBefore: string | null, event: DossierEvent): boolean {
  if (endsDossier(event) || showsThatNobodyWatched(event)) return true;
  return event.nextrungat !== undefined && (nextRungBefore === null || event.nextrungat < nextRungBefore);
}

/** How far the workflow must hear at once: the sequence of the last event that must be told, or null for none. */
export function tellUpTo(nextRungBefore: string | null, events: readonly DossierEvent[]): number | null {
  let before = nextRungBefore;
  let upTo: number | null = null;
  for (const event of events) {
    if (mustTell(before, event)) upTo = event.sequence;
    before = event.nextrungat ?? null;
  }
  return upTo;
}

/** A rung that the workflow did not ask about in time. The same call wakes a workflow that sleeps and rebuilds a lost one. */
function showsThatNobodyWatched(event: DossierEvent): boolean {
  return event.type === 'dossier-escalated' && event.data.recordedBy === 'watchdog';
}
