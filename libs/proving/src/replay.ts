import { ReplayError, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { dossierWorkflowId } from '#workflows';
import type { DossierArchive } from './archive';
import type { Finding } from './finding';
import { historyFrom, type History } from './history-json';

/**
 * Lives the recorded workflow again, through the code at a path (`dossier.bundle.js`), without any server.
 *
 * @throws what keeps the code from running at all
 */
export async function replayFindings(
  { history, dossierId }: Pick<DossierArchive, 'history' | 'dossierId'>,
  codePath: string,
): Promise<readonly Finding[]> {
  if (history === null) return [];
  const recorded = historyFrom(history);
  if (!hasRun(recorded)) return [];
  try {
    await Worker.runReplayHistory({ workflowBundle: { codePath } }, recorded, dossierWorkflowId(dossierId));
    return [];
  } catch (error) {
    if (!(error instanceof ReplayError || error instanceof DeterminismViolationError)) throw error;
    const says = `workflow history: the workflow code does something else than was recorded: ${error.message}`;
    return [{ kind: 'history-not-replayable', sequence: null, says }];
  }
}

/**
 * Whether the workflow's code has run at all: a dossier's waits from its reception until its first rung, if nothing else happens.
 * Temporal replays tasks that were completed; asked for a history without any it never answers.
 */
function hasRun({ events }: History): boolean {
  return events?.some(({ workflowTaskCompletedEventAttributes }) => workflowTaskCompletedEventAttributes) ?? false;
}
