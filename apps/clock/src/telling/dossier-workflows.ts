import { Inject, Injectable } from '@nestjs/common';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionStatusName,
  type WorkflowStartOptions,
} from '@temporalio/client';
import type { JournalEntry } from '#contracts';
import { Clock } from '#platform';
import { historyText } from '#proving';
import {
  dossierWorkflowId,
  eventsSignal,
  newWatch,
  nextRung,
  taskQueue,
  watchAfter,
  workflowType,
  type WatchOrder,
} from '#workflows';
import { temporalErrorFrom } from './temporal-errors';

/** Injection token of Temporal's client. */
export const TEMPORAL = Symbol('TEMPORAL');

/**
 * The one workflow of each dossier. The start argument carries the journal so far, so the same call rebuilds a workflow that
 * Temporal has lost; a completed one is never started again.
 */
@Injectable()
export class DossierWorkflows {
  constructor(
    @Inject(TEMPORAL) private readonly temporal: Client,
    private readonly clock: Clock,
  ) {}

  /** Starts the workflow, asleep until its first rung; false when it was started before, perhaps with fewer entries. */
  async start(dossierId: string, entries: readonly JournalEntry[]): Promise<boolean> {
    return this.tell(() => this.temporal.workflow.start(workflowType, this.startOptions(dossierId, entries)));
  }

  /** Tells the workflow of entries, and wakes it; starts it from the whole journal where there is none. */
  async signal(dossierId: string, news: readonly JournalEntry[], journal: readonly JournalEntry[]): Promise<void> {
    const options = this.startOptions(dossierId, journal);
    await this.tell(() =>
      this.temporal.workflow.signalWithStart(workflowType, { ...options, signal: eventsSignal, signalArgs: [news] }),
    );
  }

  /** How the workflow's last run stands, as Temporal describes it; null where Temporal knows of none. */
  async statusOf(dossierId: string): Promise<WorkflowExecutionStatusName | null> {
    try {
      return (await this.temporal.workflow.getHandle(dossierWorkflowId(dossierId)).describe()).status.name;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw temporalErrorFrom(error);
    }
  }

  /** What Temporal recorded of the workflow's last run; null where it knows of none. */
  async historyOf(dossierId: string): Promise<string | null> {
    // Fetched, a history that is not there looks like a namespace that is not; described, it does not.
    if ((await this.statusOf(dossierId)) === null) return null;
    try {
      return historyText(await this.temporal.workflow.getHandle(dossierWorkflowId(dossierId)).fetchHistory());
    } catch (error) {
      throw temporalErrorFrom(error);
    }
  }

  private startOptions(
    dossierId: string,
    entries: readonly JournalEntry[],
  ): WorkflowStartOptions & { args: [WatchOrder] } {
    const { watch } = watchAfter(newWatch(dossierId), entries);
    const rung = watch.endedAt === null ? nextRung(watch) : null;
    const delayMs = rung ? Math.max(0, Date.parse(rung.wakeAt) - this.clock.realNow().getTime()) : 0;
    return {
      workflowId: dossierWorkflowId(dossierId),
      taskQueue,
      // A dossier ends once; but a run that failed or was terminated may be rebuilt from the journal.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      args: [{ watch: newWatch(dossierId), entries }],
      ...(delayMs > 0 && { startDelay: delayMs }),
    };
  }

  /** False for "already started": a repeat of a start, or a workflow that has completed. */
  private async tell(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw temporalErrorFrom(error);
    }
  }
}
