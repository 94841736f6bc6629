import { DossierError } from '#domain';
import fc from 'fast-check';
import { dossierId, entriesOf, fetchFrom, told } from '../test/journal';
import { MemoryInbox, MemoryLog, MemoryPublisher } from '../test/memory';
import { type FetchEntries, type HandleBatch, type StreamEntry } from './index';
import { streamConsumer } from './stream-consumer';

/** How far a message may arrive from its place. */
const WINDOW = 50;

class ServerDown extends DossierError {
  readonly code = 'SERVER_DOWN';
  readonly kind = 'unavailable';
}

/** How messages travel: each one's copies, how late each copy is, and where batches end. */
interface Journey {
  readonly copies: readonly number[];
  readonly delays: readonly number[];
  readonly batchSizes: readonly number[];
}

const journeys: fc.Arbitrary<Journey> = fc.record({
  copies: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 20 }),
  delays: fc.array(fc.integer({ min: 0, max: WINDOW }), { minLength: 1, maxLength: 40 }),
  batchSizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
});

/** When servers fail, and when a consumer is killed and started again: true at the n-th occasion. */
const faults = fc.array(fc.boolean(), { maxLength: 40 });

function travelled(entries: readonly StreamEntry[], { copies, delays, batchSizes }: Journey): StreamEntry[][] {
  const sent = entries.flatMap((entry, n) => Array.from({ length: copies[n % copies.length]! }, () => entry));
  const arriving = sent
    .map((entry, n) => ({ entry, at: n + delays[n % delays.length]! }))
    .sort((one, other) => one.at - other.at)
    .map(({ entry }) => entry);
  const batches: StreamEntry[][] = [];
  while (arriving.length > 0) batches.push(arriving.splice(0, batchSizes[batches.length % batchSizes.length]));
  return batches;
}

/** A consumer with its database, over all its lives. */
class Consumer {
  readonly inbox = new MemoryInbox();
  readonly log = new MemoryLog();
  private readonly faults: boolean[];
  private life: HandleBatch;

  /** `unknownEvery`: one in so many entries, whichever, is of a type that this consumer does not know. */
  constructor(
    public fetchEntries: FetchEntries,
    faults: readonly boolean[],
    private readonly unknownEvery = Infinity,
  ) {
    this.faults = [...faults];
    this.life = this.begin();
    const apply = this.inbox.apply.bind(this.inbox);
    this.inbox.apply = async (stream, entries) => {
      this.mayFail(); // Before the effect ...
      await apply(stream, entries);
      this.mayFail(); // ... and after it, before anybody heard of it.
    };
  }

  /** Hears a batch again and again until it is done, as a subscriber would. */
  async hear(batch: readonly StreamEntry[]): Promise<void> {
    const messages = batch.map((entry) => told(entry));
    for (;;) {
      if (this.fails()) this.life = this.begin();
      try {
        await this.life({ topic: 'motcua.dossier', partition: 0, messages, isStale: () => false });
        return;
      } catch (error) {
        expect(error).toMatchObject({ code: 'BATCH_INCOMPLETE' });
      }
    }
  }

  private begin(): HandleBatch {
    return streamConsumer({
      inbox: this.inbox,
      log: this.log,
      deadLetters: new MemoryPublisher(),
      validate: (body) => (digitsIn(body) % this.unknownEvery === 0 ? 'of-tomorrow' : null),
      fetchEntries: async (stream, after) => {
        this.mayFail();
        return this.fetchEntries(stream, after);
      },
    }).handle;
  }

  private mayFail(): void {
    if (this.fails()) throw new ServerDown('the server is down');
  }

  private fails(): boolean {
    return this.faults.shift() ?? false;
  }
}

/** A number that nothing but the entry's bytes decides. */
function digitsIn(body: string): number {
  return body.replaceAll(/\D/g, '').length;
}

/** Entries of several streams in the order in which a relay may send them: in order per stream. */
function feedOf(streams: readonly (readonly StreamEntry[])[]): StreamEntry[] {
  const longest = Math.max(0, ...streams.map((entries) => entries.length));
  return Array.from({ length: longest }, (_, n) => streams.flatMap((entries) => entries.slice(n, n + 1))).flat();
}

test('any repeats, order within a window of 50, batches, failures, unknown types between: the same end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 6 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
      journeys,
      faults,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 5 }),
      async (lengths, isTold, journey, faults, pageSize, unknownEvery) => {
        const streams = lengths.map((length, n) => entriesOf(dossierId(n), length));
        const feed = feedOf(streams);
        const lasts = new Set(streams.map((entries) => entries.at(-1)));
        // Kafka may lose any entry of a stream but its last: of that one nobody would ever know.
        const sent = feed.filter((entry, n) => isTold[n % isTold.length] || lasts.has(entry));
        const consumer = new Consumer(fetchFrom(feed, pageSize), faults, unknownEvery);

        for (const batch of travelled(sent, journey)) await consumer.hear(batch);

        for (const [n, entries] of streams.entries()) {
          expect(consumer.inbox.applied.filter(({ stream }) => stream === dossierId(n))).toEqual(entries);
        }
        expect(consumer.inbox.deadLetters).toEqual([]);
      },
    ),
    { numRuns: 2_000 },
  );
}, 120_000);

test('a journal restored to an earlier time and written on: found as soon as anything new is told, and nothing mixed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.nat(19),
      fc.integer({ min: 1, max: 20 }),
      journeys,
      journeys,
      faults,
      async (applied, restored, grown, before, after, faults) => {
        const restoredTo = restored % applied;
        const kept = entriesOf(dossierId(1), applied, 'kept');
        const lost = entriesOf(dossierId(1), restoredTo + grown, 'other', kept.slice(0, restoredTo));
        const neighbour = entriesOf(dossierId(2), 10);
        const consumer = new Consumer(fetchFrom([...kept, ...neighbour]), faults);
        for (const batch of travelled(kept, before)) await consumer.hear(batch);

        consumer.fetchEntries = fetchFrom([...lost, ...neighbour]);
        for (const batch of travelled(feedOf([lost.slice(restoredTo), neighbour]), after)) await consumer.hear(batch);

        expect(consumer.inbox.applied.filter(({ stream }) => stream === dossierId(1))).toEqual(kept);
        expect(consumer.inbox.applied.filter(({ stream }) => stream === dossierId(2))).toEqual(neighbour);
        expect(consumer.inbox.deadLetters).toEqual([
          expect.objectContaining({ stream: dossierId(1), reason: expect.stringContaining('forked') as string }),
        ]);
        expect(consumer.log.of('error')).toEqual(['HISTORY FORKED']);
      },
    ),
    { numRuns: 1_000 },
  );
}, 120_000);
