import { parseDossierEvent } from '#contracts';
import { dossierFrom } from '#domain';
import type { DossierArchive } from './archive';
import { chainFindings } from './chain';
import { differences } from './compare';
import type { Finding } from './finding';
import { heardIn, summaryIn } from './heard';

/**
 * Asks the three witnesses of a dossier whether they agree: the chain of the journal's bytes, what the journal adds up to against
 * the ledgers, what the workflow was told and came to. None means that they agree. The same answer wherever it is asked: beside
 * the running servers, or on a machine without any.
 */
export function findingsOf(archive: DossierArchive): readonly Finding[] {
  const { dossierId, entries, ledgers, history } = archive;
  const broken = chainFindings(dossierId, entries);
  const heard = history === null ? [] : heardOtherwise(archive, history);
  // What was altered may add up to anything, or be no event at all: it is named, and nothing is concluded from it.
  if (broken.some(({ kind }) => kind !== 'chain-broken')) return [...broken, ...heard];
  const events = entries.map(({ body }) => parseDossierEvent(body));
  const { endedAt } = dossierFrom(events);
  const summary = history === null ? null : summaryIn(history);
  return [
    ...broken,
    ...heard,
    ...differences(summary, events, ledgers),
    ...missing(
      history,
      events.some(({ nextrungat }) => nextrungat !== undefined),
    ),
    ...behind(endedAt !== null && history !== null && summary === null),
  ];
}

/** The workflow keeps the hash of each entry it was told: an entry that was rewritten later, with its whole chain, differs. */
function heardOtherwise({ entries }: DossierArchive, history: string): readonly Finding[] {
  const hashes = new Map(entries.map(({ sequence, hash }) => [sequence, hash]));
  return heardIn(history)
    .filter(({ sequence, hash }) => hashes.get(sequence) !== hash)
    .map(({ sequence, eventId }) => ({
      kind: 'heard-otherwise',
      sequence,
      says: `workflow history: event ${eventId} told another entry ${sequence} than the journal has`,
    }));
}

function missing(history: string | null, wasWatched: boolean): readonly Finding[] {
  if (history !== null || !wasWatched) return [];
  return [
    {
      kind: 'workflow-missing',
      sequence: null,
      says: 'workflow history: there is none, though a rung was to be watched',
    },
  ];
}

function behind(isBehind: boolean): readonly Finding[] {
  const says = 'the journal says that the dossier has ended, its workflow is still running';
  return isBehind ? [{ kind: 'workflow-behind', sequence: null, says }] : [];
}
