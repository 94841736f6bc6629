import { AsyncLocalStorage } from 'node:async_hooks';
import { WorkflowExecutionAlreadyStartedError, type Client, type WorkflowStartOptions } from '@temporalio/client';
import type { JournalEntry } from '#contracts';
import type { DossierActivities, DossierSummary, WatchOrder } from '#workflows';

/** The workflow under test: the real one, loaded on top of `workflowApi`. */
export type DossierWorkflow = (order: WatchOrder) => Promise<DossierSummary>;

type Options = WorkflowStartOptions & { args: [WatchOrder] };
type SignalOptions = Options & { signalArgs: [readonly JournalEntry[]] };

interface Wait {
  readonly untilMs: number;
  /** It waits for an answer, and will look at everything then. */
  readonly isAwake: boolean;
  readonly isMet: () => boolean;
  readonly end: (isMet: boolean) => void;
}

const present = new AsyncLocalStorage<Run>();

function run(): Run {
  const found = present.getStore();
  if (!found) throw new Error('no workflow runs here');
  return found;
}

/** What `@temporalio/workflow` gives to a workflow, on a stage whose time is `Date`'s and moves when it is told to. */
export const workflowApi = {
  defineSignal: (name: string): string => name,
  setHandler: (_signal: string, handler: (entries: readonly JournalEntry[]) => void): void => run().listen(handler),
  allHandlersFinished: (): boolean => true,
  condition: (isMet: () => boolean, timeoutMs?: number): Promise<boolean> => run().condition(isMet, timeoutMs),
  continueAsNew: (order: WatchOrder): Promise<never> => run().continueAsNew(order),
  proxyActivities: (): DossierActivities => ({
    escalate: (dossierId, ask) => run().perform((desk) => desk.escalate(dossierId, ask)),
    missingEntries: (dossierId, after) => run().perform((desk) => desk.missingEntries(dossierId, after)),
  }),
  workflowInfo: (): { historyLength: number; continueAsNewSuggested: boolean } => ({
    historyLength: 0,
    continueAsNewSuggested: run().isLong(),
  }),
};

/** One run of a workflow, perhaps in its start delay, perhaps continued as new. */
class Run {
  result: DossierSummary | null = null;
  failure: unknown = null;
  private handler: ((entries: readonly JournalEntry[]) => void) | null = null;
  private buffered: (readonly JournalEntry[])[] = [];
  private wait: Wait | null = null;
  private rounds = 0;

  constructor(
    private readonly stage: TemporalStage,
    order: WatchOrder,
    startDelayMs: number,
  ) {
    const begin = (): void => this.play(order);
    this.wait = {
      untilMs: Date.now() + startDelayMs,
      isAwake: false,
      isMet: () => this.buffered.length > 0,
      end: begin,
    };
    if (startDelayMs === 0) this.wake();
  }

  get isClosed(): boolean {
    return this.result !== null;
  }

  /** When it will look at anything again, if nothing is told to it. */
  get wakesAtMs(): number {
    return this.wait?.untilMs ?? Infinity;
  }

  get isAwake(): boolean {
    return this.wait?.isAwake ?? false;
  }

  /** Its time has come. */
  wake(): void {
    this.endWait(false);
  }

  signal(entries: readonly JournalEntry[]): void {
    if (this.handler) this.handler(entries);
    else this.buffered.push(entries);
    if (this.wait?.isMet()) this.endWait(true);
  }

  listen(handler: (entries: readonly JournalEntry[]) => void): void {
    this.handler = handler;
    for (const entries of this.buffered.splice(0)) handler(entries);
  }

  async condition(isMet: () => boolean, timeoutMs = Infinity): Promise<boolean> {
    if (isMet()) return true;
    return new Promise((end) => (this.wait = { untilMs: Date.now() + timeoutMs, isAwake: false, isMet, end }));
  }

  /** The world answers at once, and the workflow hears of it later. */
  async perform<Answer>(activity: (desk: DossierActivities) => Promise<Answer>): Promise<Answer> {
    const answer = await activity(this.stage.activities);
    const untilMs = Date.now() + this.stage.latencyMs();
    await new Promise((end) => (this.wait = { untilMs, isAwake: true, isMet: () => false, end }));
    return answer;
  }

  isLong(): boolean {
    this.rounds += 1;
    return this.rounds > this.stage.roundsInARun;
  }

  continueAsNew(order: WatchOrder): Promise<never> {
    this.handler = null;
    this.rounds = 0;
    this.play(JSON.parse(JSON.stringify(order)) as WatchOrder);
    return new Promise(() => undefined);
  }

  private play(order: WatchOrder): void {
    void present.run(this, () =>
      this.stage.workflow(order).then(
        (result) => (this.result = result),
        (error: unknown) => (this.failure = error),
      ),
    );
  }

  private endWait(isMet: boolean): void {
    const { wait } = this;
    this.wait = null;
    wait?.end(isMet);
  }
}

/**
 * Temporal for one dossier, in a time that moves when it is told to: start delays, signal-with-start, the reuse policy,
 * timers, activities that take their time, runs that continue as new. Everything goes through JSON, as over the wire.
 */
export class TemporalStage {
  readonly runs: Run[] = [];
  /** Every entry that was told by a start or a signal. */
  readonly told = new Map<number, JournalEntry>();
  /** How often it was told anything. */
  tellings = 0;

  constructor(
    readonly workflow: DossierWorkflow,
    readonly activities: DossierActivities,
    readonly latencyMs: () => number,
    readonly roundsInARun: number,
  ) {}

  /** As much of Temporal's client as the clock uses; each call may fail before it, and after it took effect. */
  client(mayFail: () => void): Client {
    const workflow = {
      start: async (_type: string, options: Options) => {
        mayFail();
        await this.start(overTheWire(options));
        mayFail();
      },
      signalWithStart: async (_type: string, options: SignalOptions) => {
        mayFail();
        await this.signalWithStart(overTheWire(options));
        mayFail();
      },
    };
    return { workflow } as unknown as Client;
  }

  get wakesAtMs(): number {
    return Math.min(Infinity, ...this.runs.map(({ wakesAtMs }) => wakesAtMs));
  }

  get isAwake(): boolean {
    return this.runs.some(({ isAwake }) => isAwake);
  }

  /** Lets whatever waits for this instant go on. */
  async wake(): Promise<void> {
    for (const run of this.runs) if (run.wakesAtMs <= Date.now()) run.wake();
    await this.settle();
  }

  /** Until nothing goes on without time or news. */
  async settle(): Promise<void> {
    await new Promise(setImmediate);
    for (const { failure } of this.runs)
      if (failure !== null) throw new Error('the workflow failed', { cause: failure });
  }

  private async start(options: Options): Promise<void> {
    const last = this.runs.at(-1);
    const mayRunAgain = options.workflowIdReusePolicy === undefined;
    if (last && !(last.isClosed && mayRunAgain)) {
      throw new WorkflowExecutionAlreadyStartedError('already started', options.workflowId, 'dossier');
    }
    const [order] = options.args;
    this.remember(order.entries);
    this.runs.push(new Run(this, order, (options.startDelay as number | undefined) ?? 0));
    await this.settle();
  }

  private async signalWithStart(options: SignalOptions): Promise<void> {
    const open = this.runs.find(({ isClosed }) => !isClosed);
    if (!open) await this.start(options);
    const [entries] = options.signalArgs;
    this.remember(entries);
    this.runs.at(-1)!.signal(entries);
    await this.settle();
  }

  private remember(entries: readonly JournalEntry[]): void {
    this.tellings += 1;
    for (const entry of entries) this.told.set(entry.event.sequence, entry);
  }
}

function overTheWire<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
