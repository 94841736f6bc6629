import fc from 'fast-check';
import { endsDossier, type JournalEntry } from '#contracts';
import { newWatch, summaryOf, watchAfter } from '#workflows';
import { startsAtMs, type Beginning } from '../../../../workflows/test/office-life';
import { OneDossier, PlannedFailure, type Circumstances } from '../../test/one-dossier';
import type { DossierWorkflow, workflowApi } from '../../test/temporal-stage';

jest.mock('@temporalio/workflow', (): typeof workflowApi => {
  return jest.requireActual<{ workflowApi: typeof workflowApi }>('../../test/temporal-stage').workflowApi;
});

const { dossier } = jest.requireActual<{ dossier: DossierWorkflow }>('../../../../workflows/src/dossier.workflow');

jest.setTimeout(120_000);

beforeAll(() => {
  jest.useFakeTimers({
    doNotFake: [
      'nextTick',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setTimeout',
      'clearTimeout',
      'performance',
      'hrtime',
    ],
  });
});
afterAll(() => jest.useRealTimers());

const minuteMs = 60_000;

/** Something that happens in a random life, and whether the clock hears of it at once. */
interface Turn {
  readonly drawn: number;
  /** Of the office's time, since the turn before. */
  readonly minutes: number;
  readonly lateMinutes: number;
  /** How long the stack stood still before. */
  readonly stoppedMinutes: number;
  readonly isHeard: boolean;
  /** Whether Temporal was down since the turn before, and the watchdog looked at the end of it. */
  readonly isTemporalDown: boolean;
}

const seldom = (max: number): fc.Arbitrary<number> => fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(max));
const turns: fc.Arbitrary<readonly Turn[]> = fc.array(
  fc.record({
    drawn: fc.nat(),
    minutes: fc.nat(1_500),
    lateMinutes: seldom(6_000),
    stoppedMinutes: seldom(600),
    isHeard: fc.boolean(),
    isTemporalDown: seldom(1).map((drawn) => drawn === 1),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
);
const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  begins: fc.constantFrom<Beginning[]>('online', 'desk', 'taken-over'),
  speed: fc.constantFrom(1, 60, 43_200),
  latenciesMs: fc.array(fc.oneof(fc.constant(0), fc.nat(20 * minuteMs)), { minLength: 1, maxLength: 5 }),
  roundsInARun: fc.integer({ min: 2, max: 30 }),
});

/** Time goes on, and whatever waits for an instant on the way goes on with it. */
async function advanceTo(
  one: OneDossier,
  ms: number,
  look: (one: OneDossier) => void = () => undefined,
): Promise<void> {
  while (one.temporal.wakesAtMs <= ms) {
    jest.setSystemTime(Math.max(Date.now(), one.temporal.wakesAtMs));
    await one.temporal.wake();
    look(one);
  }
  jest.setSystemTime(Math.max(Date.now(), ms));
}

/** Lives a life in fast time; looks whenever nothing moves any more. */
async function live(all: Circumstances, turns: readonly Turn[], look: (one: OneDossier) => void): Promise<OneDossier> {
  jest.setSystemTime(startsAtMs);
  const one = new OneDossier(dossier, all);
  const hearAll = async (): Promise<void> => {
    for (const entry of one.entriesAfter(one.row?.heard ?? 0)) await one.hear([entry]);
  };
  await hearAll();
  for (const { drawn, minutes, lateMinutes, stoppedMinutes, isHeard, isTemporalDown } of turns) {
    one.stop(stoppedMinutes * minuteMs);
    // To the millisecond, as clocks tell it: a fraction more would be taken for a wake-up that comes too late.
    const untilMs = Date.now() + stoppedMinutes * minuteMs + Math.round((minutes * minuteMs) / all.speed);
    if (isTemporalDown) {
      // An answer on its way is heard only when Temporal is there again.
      if (one.temporal.isAwake) one.waitsLateMs += untilMs - Date.now();
      jest.setSystemTime(untilMs);
      one.watchdogLooks();
    } else await advanceTo(one, untilMs, look);
    one.act(drawn, lateMinutes * minuteMs);
    if (isHeard) await hearAll();
    look(one);
  }
  one.watchdogLooks();
  await hearAll();
  await advanceTo(one, Date.now(), look);
  look(one);
  return one;
}

test('once told what must be told at once, the workflow wakes no later than the next rung', async () => {
  await fc.assert(
    fc.asyncProperty(circumstances, turns, async (all, turns) => {
      await live(all, turns, (one) => {
        const last = one.life.entries.at(-1)!.event;
        if (one.row?.heard !== last.sequence || last.nextrungat === undefined || one.temporal.isAwake) return;
        const dueMs = Math.max(Date.now(), one.wakeMs(last.nextrungat));
        expect(one.temporal.wakesAtMs).toBeLessThanOrEqual(dueMs + 1_000 + one.waitsLateMs);
      });
    }),
    { numRuns: 300 },
  );
});

/** How the entries of a journal travel: what is lost on the way, copies, how late each copy is, where batches end. */
interface Journey {
  readonly isLost: readonly boolean[];
  readonly copies: readonly number[];
  readonly delays: readonly number[];
  readonly batchSizes: readonly number[];
}

const journeys: fc.Arbitrary<Journey> = fc.record({
  isLost: fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
  copies: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 20 }),
  delays: fc.array(fc.nat(50), { minLength: 1, maxLength: 40 }),
  batchSizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
});

/** Of the last entry of a journal alone nobody would ever know that it was lost. */
function travelled(
  entries: readonly JournalEntry[],
  { isLost, copies, delays, batchSizes }: Journey,
): JournalEntry[][] {
  const sent = entries.filter((entry, n) => entry === entries.at(-1) || !isLost[n % isLost.length]);
  const arriving = sent
    .flatMap((entry, n) => Array.from({ length: copies[n % copies.length]! }, () => entry))
    .map((entry, n) => ({ entry, at: n + delays[n % delays.length]! }))
    .sort((one, other) => one.at - other.at)
    .map(({ entry }) => entry);
  const batches: JournalEntry[][] = [];
  while (arriving.length > 0) batches.push(arriving.splice(0, batchSizes[batches.length % batchSizes.length]));
  return batches;
}

/** What the clock and the workflow made of a journal; once it has ended, the workflow may know it from a verdict. */
function endOf({ row, temporal, life }: OneDossier): object {
  const told = [...temporal.told.values()].sort((one, other) => one.event.sequence - other.event.sequence);
  const results = temporal.runs.map(({ result }) => result);
  return { row, results, told: life.dossier.endedAt === null ? told : null };
}

test('told late, twice, out of order, in any batches, with any failures: the end is that of prompt telling', async () => {
  await fc.assert(
    fc.asyncProperty(
      circumstances,
      turns,
      journeys,
      fc.array(fc.boolean(), { maxLength: 30 }),
      async (all, turns, journey, failures) => {
        const promptly = turns.map((turn) => ({ ...turn, isHeard: true }));
        const prompt = await live({ ...all, latenciesMs: [0] }, promptly, () => undefined);
        const { entries, dossier } = prompt.life;
        const late = prompt.toldAnew();
        const failing = [...failures];
        late.mayFail = () => {
          if (failing.shift()) throw new PlannedFailure();
        };
        for (const batch of travelled(entries, journey)) {
          await late.hear(batch);
          if (batch.length % 2 === 0) await advanceTo(late, Date.now());
        }
        await advanceTo(late, Date.now());

        expect(endOf(late)).toEqual(endOf(prompt));
        const summary = summaryOf(watchAfter(newWatch(dossier.dossierId), entries).watch);
        // What begins standing still is watched by nobody until its clock runs.
        const isWatched = entries.some(({ event }) => event.nextrungat !== undefined || endsDossier(event));
        const result = dossier.endedAt === null ? null : summary;
        expect(late.temporal.runs.map((run) => run.result)).toEqual(isWatched ? [result] : []);
      },
    ),
    { numRuns: 300 },
  );
});

test('the lives hold what this is about: entries told and held back, each verdict, each recorder, late entries, ends', async () => {
  const seen = new Set<string>();
  for (const [all, some] of fc.sample(fc.tuple(circumstances, turns), { numRuns: 200, seed: 5 })) {
    const { row, temporal, verdicts, life } = await live(all, some, () => undefined);
    for (const outcome of verdicts) seen.add(`verdict ${outcome}`);
    for (const { event } of life.entries) {
      if (event.type === 'escalation-withdrawn') seen.add(`withdrawn because ${event.data.reason}`);
      if (event.type === 'dossier-escalated') seen.add(`recorded by ${event.data.recordedBy}`);
    }
    if (temporal.tellings > 2) seen.add('told again');
    if (row!.told < row!.heard) seen.add('held back');
    seen.add(life.dossier.endedAt === null ? 'open' : 'ended');
  }
  expect([...seen].sort()).toEqual([
    'ended',
    'held back',
    'open',
    'recorded by clock',
    'recorded by command',
    'recorded by watchdog',
    'told again',
    'verdict answered',
    'verdict not-yet',
    'verdict recorded',
    'withdrawn because answered',
    'withdrawn because holder-changed',
  ]);
});
