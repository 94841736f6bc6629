import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Escalate, JournalEntry, Verdict } from '#contracts';
import type { DossierActivities, WatchOrder } from '../src/activities';
import { dossierWorkflowId, eventsSignal, workflowType } from '../src/names';
import { newWatch, type DossierSummary } from '../src/watch';
import type { CodeBundle } from '../src/build/bundle-code';
import { DossierBook } from './dossier-book';
import type { History } from '#proving';

type DossierWorkflow = (order: WatchOrder) => Promise<DossierSummary>;

/** Answers as `desk` would, from the book: what the workflow lacks, or that the rung now stands in the journal. */
export class DeskStandIn implements DossierActivities {
  readonly asked: Escalate[] = [];
  readonly askedFor: number[] = [];

  constructor(protected readonly book: DossierBook) {}

  escalate(_dossierId: string, ask: Escalate): Promise<Verdict> {
    this.asked.push(ask);
    return Promise.resolve(this.verdict(ask));
  }

  missingEntries(_dossierId: string, afterSequence: number): Promise<readonly JournalEntry[]> {
    this.askedFor.push(afterSequence);
    return Promise.resolve(this.book.after(afterSequence));
  }

  protected verdict({ generation, rung, lastSequence }: Escalate): Verdict {
    const missed = this.book.after(lastSequence);
    if (missed.length > 0) return { outcome: 'answered', entries: missed };
    return { outcome: 'recorded', entries: [this.book.write('dossier-escalated', { generation, rung })] };
  }
}

/** Does what the rule prescribes at the rungs of a wait: reminds, and then lets the dossier lapse. */
export class DeskByRule extends DeskStandIn {
  protected override verdict({ generation, rung, lastSequence }: Escalate): Verdict {
    const missed = this.book.after(lastSequence);
    if (missed.length > 0) return { outcome: 'answered', entries: missed };
    const done =
      rung === 'supplement-reminder'
        ? this.book.write('applicant-reminded', { generation, rung })
        : this.book.write('dossier-stopped', { legalBasis: 'law' });
    return { outcome: 'answered', entries: [done] };
  }
}

/** Records the silence of the body that was asked as consent, at its instant. */
export class DeskOfOpinions extends DeskStandIn {
  protected override verdict({ lastSequence }: Escalate): Verdict {
    const missed = this.book.after(lastSequence);
    return { outcome: 'answered', entries: missed.length > 0 ? missed : [this.book.write('opinion-presumed')] };
  }
}

/** One dossier's life on a server that skips time: what happens is written in the book and told, or not, to its workflow. */
export interface Scene {
  readonly book: DossierBook;
  readonly handle: WorkflowHandle<DossierWorkflow>;
  /** Sends entries as one signal, in this order. */
  readonly tell: (...entries: readonly JournalEntry[]) => Promise<void>;
  /** Lets time pass until then. */
  readonly until: (instant: string) => Promise<void>;
}

/** What became of it. */
export interface Lived {
  readonly summary: DossierSummary;
  /** Of the run that was started. */
  readonly history: History;
  /** Of the run that ended: another one if it continued as new. */
  readonly lastHistory: History;
  readonly desk: DeskStandIn;
}

/** Where lives are lived. One at a time: the server's time skips for all of them at once. */
export class Stage {
  private constructor(
    readonly env: TestWorkflowEnvironment,
    readonly bundle: CodeBundle,
  ) {}

  static of(env: TestWorkflowEnvironment, bundle: CodeBundle): Stage {
    return new Stage(env, bundle);
  }

  /** An empty book that begins now. */
  async book(): Promise<DossierBook> {
    return new DossierBook(randomUUID(), new Date(await this.env.currentTimeMs()).toISOString());
  }

  /**
   * Starts the workflow with what the book holds, lets things happen, and waits for its end.
   *
   * @param before happens while no worker runs.
   */
  async live(
    book: DossierBook,
    happens: (scene: Scene) => Promise<void>,
    options: { readonly desk?: DeskStandIn; readonly before?: (scene: Scene) => Promise<void> } = {},
  ): Promise<Lived> {
    const { desk = new DeskStandIn(book), before } = options;
    const queue = randomUUID();
    const handle = await this.env.client.workflow.start<DossierWorkflow>(workflowType, {
      workflowId: dossierWorkflowId(book.dossierId),
      taskQueue: queue,
      args: [{ watch: newWatch(book.dossierId), entries: [...book.entries] }],
    });
    const scene = this.scene(book, handle);
    await before?.(scene);
    const worker = await this.worker(queue, desk);
    const summary = await worker.runUntil(async () => {
      await happens(scene);
      return handle.result();
    });
    const { workflow } = this.env.client;
    const firstRun = workflow.getHandle(handle.workflowId, handle.firstExecutionRunId);
    const lastRun = workflow.getHandle(handle.workflowId);
    return { summary, history: await firstRun.fetchHistory(), lastHistory: await lastRun.fetchHistory(), desk };
  }

  private scene(book: DossierBook, handle: WorkflowHandle<DossierWorkflow>): Scene {
    return {
      book,
      handle,
      tell: (...entries) => handle.signal<[readonly JournalEntry[]]>(eventsSignal, entries),
      until: async (instant) => {
        await this.env.sleep(Math.max(0, Date.parse(instant) - (await this.env.currentTimeMs())));
      },
    };
  }

  private async worker(queue: string, desk: DeskStandIn): Promise<Worker> {
    return Worker.create({
      connection: this.env.nativeConnection,
      ...(this.env.namespace !== undefined && { namespace: this.env.namespace }),
      taskQueue: queue,
      identity: 'stage',
      workflowBundle: { code: this.bundle.code },
      activities: {
        escalate: desk.escalate.bind(desk),
        missingEntries: desk.missingEntries.bind(desk),
      },
    });
  }
}

/** Keeps the workers of a test process from writing to its output; call it before anything of Temporal's is made. */
export function quietTemporal(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
}
