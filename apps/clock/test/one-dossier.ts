import type { DataSource } from 'typeorm';
import type { Escalate, JournalEntry, Verdict } from '#contracts';
import { openRungs } from '#domain';
import { streamListener, topics, type Log, type ReceivedMessage, type StreamEntry } from '#messaging';
import { clockFrom, type Clock, type TimeMap } from '#platform';
import { OfficeLife, startsAtMs, type Beginning } from '../../../workflows/test/office-life';
import { bodyOf } from '../../../workflows/test/dossier-book';
import type { Desk } from '../src/desk/desk';
import { WatchInbox } from '../src/hearing/watch-inbox';
import { DossierWorkflows } from '../src/telling/dossier-workflows';
import { TemporalStage, type DossierWorkflow } from './temporal-stage';

/** The clock's row of a dossier, as in its table. */
export interface WatchRow {
  readonly heard: number;
  readonly heard_hash: string;
  readonly next_rung_at: Date | null;
  readonly told: number;
  readonly closed: boolean;
  readonly blocked: boolean;
}

/** Thrown where a test wants the clock's database or Temporal to fail. */
export class PlannedFailure extends Error {
  readonly kind = 'unavailable';
}

/** What differs from one stage to the next. */
export interface Circumstances {
  readonly begins: Beginning;
  readonly speed: number;
  /** How long the n-th activity takes. */
  readonly latenciesMs: readonly number[];
  /** After how many looks a run continues as a new one. */
  readonly roundsInARun: number;
}

/**
 * One dossier at one office: a `desk` that writes its journal by the real rules, the real clock before it, and the real
 * workflow on a staged Temporal. Time is `Date`'s (faked) and moves by `advanceTo`.
 */
export class OneDossier {
  readonly life: OfficeLife;
  readonly temporal: TemporalStage;
  row: WatchRow | null = null;
  /** Called before and after each effect of the clock; may throw. */
  mayFail: () => void = () => undefined;
  private clock: Clock;
  private map: TimeMap;
  /** How late the workflow heard that it has to wait: it counts from when it heard. */
  waitsLateMs = 0;
  readonly verdicts: Verdict['outcome'][] = [];
  private listener;

  constructor(
    private readonly workflow: DossierWorkflow,
    { begins, speed, latenciesMs, roundsInARun }: Circumstances,
    same: OneDossier | null = null,
  ) {
    const startsAt = new Date(startsAtMs).toISOString();
    this.map = same?.map ?? { mappedOrigin: startsAt, realOrigin: startsAt, speed };
    this.clock = clockFrom(this.map);
    this.life = same?.life ?? new OfficeLife(begins, (dueAt) => this.clock.wakeAt(dueAt));
    const latencyMs = (): number => latenciesMs[this.verdicts.length % latenciesMs.length]!;
    const asked = {
      escalate: (_: string, ask: Escalate) => {
        const verdict = this.verdictOn(ask);
        this.verdicts.push(verdict.outcome);
        this.waitsLateMs = verdict.outcome === 'not-yet' ? latencyMs() : 0;
        return Promise.resolve(verdict);
      },
      missingEntries: (_: string, sequence: number) => Promise.resolve(this.entriesAfter(sequence)),
    };
    this.temporal = new TemporalStage(workflow, asked, latencyMs, roundsInARun);
    this.listener = this.listen();
  }

  /** The same dossier, before a clock and a Temporal that know nothing of it yet, and answer at once. */
  toldAnew(): OneDossier {
    return new OneDossier(this.workflow, { begins: 'desk', speed: 1, latenciesMs: [0], roundsInARun: 30 }, this);
  }

  get nowMs(): number {
    return Date.parse(this.clock.now());
  }

  /** The server's time at which an instant has come. */
  wakeMs(instant: string): number {
    return Date.parse(this.clock.wakeAt(instant));
  }

  /** The whole stack stood still for a while: its time goes on where it stopped. */
  stop(realMs: number): void {
    this.map = { ...this.map, realOrigin: new Date(Date.parse(this.map.realOrigin) + realMs).toISOString() };
    this.clock = clockFrom(this.map);
  }

  /** Somebody does something: now, or some time ago and recorded only now. */
  act(drawn: number, lateMs: number): void {
    const { lastActAt, escalations } = this.life.dossier;
    const known = [lastActAt, ...escalations.map(({ dueAt }) => dueAt)].map((time) => Date.parse(time));
    const nowMs = Math.max(this.nowMs, ...known);
    const occurredAtMs = lateMs === 0 ? nowMs : Math.max(Date.parse(lastActAt), this.nowMs - lateMs);
    this.life.recordRungs(new Date(occurredAtMs).toISOString(), 'command');
    this.life.act(drawn, occurredAtMs);
  }

  /** The messages that tell of entries, in this order, as one batch; again and again until it is done. */
  async hear(entries: readonly JournalEntry[]): Promise<void> {
    const messages = entries.map(messageOf);
    for (;;) {
      try {
        await this.listener.applyBatch({ topic: topics.dossier, partition: 0, messages, isStale: () => false });
        return;
      } catch (error) {
        if (!(error instanceof Error && error.cause instanceof PlannedFailure)) throw error;
        // Killed and started again: what was in memory is gone.
        this.listener = this.listen();
      }
    }
  }

  entriesAfter(sequence: number): readonly JournalEntry[] {
    return this.life.entries.slice(sequence);
  }

  /** Whatever has come by now is on record after it. */
  watchdogLooks(): void {
    if (this.life.dossier.endedAt === null) this.life.recordRungs(this.clock.now(), 'watchdog');
  }

  /** As `desk` decides, under its row lock. */
  private verdictOn({ generation, rung, lastSequence, lastHash }: Escalate): Verdict {
    if (this.life.dossier.endedAt === null) this.life.recordRungs(this.clock.now(), 'clock');
    const [last, ...entries] = this.entriesAfter(lastSequence - 1);
    expect(last?.hash).toBe(lastHash);
    const { dossier } = this.life;
    if (dossier.escalations.some((one) => one.generation === generation && one.rung === rung)) {
      return { outcome: 'recorded', entries };
    }
    const open = generation === dossier.schedule.generation && openRungs(dossier).find(({ name }) => name === rung);
    if (!open) return { outcome: 'answered', entries };
    return { outcome: 'not-yet', waitMs: Math.max(1_000, this.wakeMs(open.dueAt) - Date.now()), entries };
  }

  private listen(): ReturnType<typeof streamListener> {
    const desk = {
      journalAfter: (_: string, sequence: number) => Promise.resolve(this.entriesAfter(sequence).map(streamEntryOf)),
      entriesAfter: (_: string, sequence: number) => Promise.resolve(this.entriesAfter(sequence)),
    } as unknown as Desk;
    const table = { query: this.query.bind(this) } as unknown as DataSource;
    const workflows = new DossierWorkflows(
      this.temporal.client(() => this.mayFail()),
      clockFrom(null),
    );
    const inbox = new WatchInbox(table, workflows, desk);
    return streamListener({
      brokers: ['nowhere.invalid:1'],
      clientId: 'staged',
      groupId: 'staged',
      inbox,
      fetchEntries: (stream, sequence) => desk.journalAfter(stream, sequence),
      validate: () => null,
      log: silent,
      onFatal: (error) => {
        throw error;
      },
    });
  }

  /** The clock's table: `select`, and the upsert of what was heard and told. */
  private query(sql: string, [, heard, hash, nextRungAt, told, closed]: readonly unknown[]): Promise<unknown> {
    this.mayFail();
    if (sql.startsWith('select')) return Promise.resolve(this.row ? [this.row] : []);
    expect(sql).toMatch(/^insert into clock\.watch as w .* where w\.heard < \$2$/s);
    if ((this.row?.heard ?? 0) < (heard as number)) {
      this.row = {
        heard: heard as number,
        heard_hash: hash as string,
        next_rung_at: nextRungAt === null ? null : new Date(nextRungAt as string),
        told: Math.max(this.row?.told ?? 0, told as number),
        closed: (this.row?.closed ?? false) || (closed as boolean),
        blocked: false,
      };
    }
    this.mayFail();
    return Promise.resolve([]);
  }
}

function streamEntryOf({ event, hash }: JournalEntry): StreamEntry {
  return { stream: event.subject, sequence: event.sequence, hash, body: bodyOf(event) };
}

function messageOf({ event }: JournalEntry): ReceivedMessage {
  const [key, value] = [Buffer.from(event.subject), Buffer.from(bodyOf(event))];
  return { key, value, offset: '0', headers: {}, timestamp: event.recordedat };
}

const nothing = (): void => undefined;
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
