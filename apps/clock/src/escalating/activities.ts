import { ApplicationFailure } from '@temporalio/common';
import { RemoteRefusal } from '#platform';
import { finalFailures, type DossierActivities } from '#workflows';
import type { Desk } from '../desk/desk';

/** What the workflow asks of the world, asked of `desk`. Refusals that no repeat can mend fail the run visibly. */
export function dossierActivities(desk: Desk): DossierActivities {
  return {
    escalate: (dossierId, escalate) => translated(() => desk.escalate(dossierId, escalate)),
    missingEntries: (dossierId, afterSequence) => translated(() => desk.entriesAfter(dossierId, afterSequence)),
  };
}

async function translated<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof RemoteRefusal) || error.kind === 'unavailable') throw error;
    const type = error.code === 'HISTORY_FORKED' ? finalFailures.journalForked : finalFailures.refused;
    throw ApplicationFailure.nonRetryable(error.message, type);
  }
}
