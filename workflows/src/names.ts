/** The task queue on which the workflows of all dossiers, and their activities, run. */
export const taskQueue = 'dossiers';

/** The workflow's type: the name of the function that the bundle exports. */
export const workflowType = 'dossier';

/** The one signal: a list of journal entries, in any order, repeats allowed. */
export const eventsSignal = 'events';

/**
 * Types of activity failures that no repeat can mend, so that the run fails visibly instead of asking for ever. A failed run
 * may be started again from the journal; one that completed never is.
 */
export const finalFailures = {
  /** The workflow heard entries that the journal does not have (it was restored to an earlier state). */
  journalForked: 'JOURNAL_FORKED',
  /** `desk` refused the command, or answered with something that is no answer. */
  refused: 'REFUSED_BY_DESK',
} as const;

/** The id of a dossier's workflow: one per dossier, for ever. */
export function dossierWorkflowId(dossierId: string): string {
  return `dossier-${dossierId}`;
}
