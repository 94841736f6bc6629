import { DossierError } from '#domain';
import { dossierId, entriesOf, fetchFrom, message, told } from '../test/journal';
import { MemoryInbox, MemoryLog, MemoryPublisher } from '../test/memory';
import { topics, type ReceivedMessage, type StreamEntry } from './index';
import { streamConsumer, type StreamConsumer, type StreamConsumerOptions } from './stream-consumer';

const LAN = dossierId(1);
const HUE = dossierId(2);

let inbox: MemoryInbox;
let deadLetters: MemoryPublisher;
let log: MemoryLog;

beforeEach(() => {
  inbox = new MemoryInbox();
  deadLetters = new MemoryPublisher();
  log = new MemoryLog();
});

function consumerOf(journal: readonly StreamEntry[], options: Partial<StreamConsumerOptions> = {}): StreamConsumer {
  return streamConsumer({
    inbox,
    deadLetters,
    log,
    fetchEntries: fetchFrom(journal),
    validate: () => null,
    ...options,
  });
}

/** A consumer that hears messages in batches; the journal holds the entries given. */
function hearing(journal: readonly StreamEntry[], options: Partial<StreamConsumerOptions> = {}) {
  const { handle } = consumerOf(journal, options);
  return (messages: readonly ReceivedMessage[], { isStale = (): boolean => false, topic = 'motcua.dossier' } = {}) =>
    handle({ topic, partition: 0, messages, isStale });
}

class Refusal extends DossierError {
  readonly code = 'REFUSED';

  constructor(readonly kind: 'conflict' | 'unavailable') {
    super(`refused: ${kind}`);
  }
}

describe('the inbox rule', () => {
  test('an entry is applied once, however often it is told', async () => {
    const journal = entriesOf(LAN, 3);
    const hear = hearing(journal);

    await hear([...journal, ...journal].map((entry) => told(entry)));
    await hear(journal.map((entry) => told(entry)));

    expect(inbox.applied).toEqual(journal);
  });

  test('what was told in the wrong order is applied in the right one', async () => {
    const [first, second, third] = entriesOf(LAN, 3);
    await hearing([])([told(third!), told(first!), told(second!)]);

    expect(inbox.sequencesOf(LAN)).toEqual([1, 2, 3]);
  });

  test('what was never told is fetched from the journal before what comes after it', async () => {
    const journal = entriesOf(LAN, 20);
    const hear = hearing(journal);

    await hear([told(journal[0]!)]);
    await hear([told(journal[18]!)]);

    expect(inbox.applied).toEqual(journal.slice(0, inbox.applied.length));
    expect(inbox.applied.length).toBeGreaterThanOrEqual(19);
  });

  test('the bytes that were told are the bytes that are applied', async () => {
    const entry = entriesOf('organisation', 1, 'Ủy ban nhân dân phường Thuận Hoá ')[0]!;
    await hearing([])([told(entry)], { topic: topics.organisation });

    expect(inbox.applied).toEqual([entry]);
  });

  test('a dossier waits neither for another nor behind it', async () => {
    const [slow, quick] = [entriesOf(LAN, 1)[0]!, entriesOf(HUE, 1)[0]!];
    let release: () => void = () => undefined;
    inbox.beforeApply = ({ stream }) =>
      stream === LAN ? new Promise((resolve) => (release = resolve)) : void setImmediate(release);

    await hearing([])([told(slow), told(quick)]);

    expect(inbox.applied).toEqual([quick, slow]);
  });

  test('no more dossiers are worked at once than was said, over all partitions', async () => {
    let working = 0;
    let most = 0;
    inbox.beforeApply = async () => {
      most = Math.max(most, ++working);
      await new Promise(setImmediate);
      working -= 1;
    };
    const hear = hearing([], { concurrency: 3 });
    const batches = [1, 2].map((half) =>
      Array.from({ length: 10 }, (_, n) => told(entriesOf(dossierId(half * 10 + n), 1)[0]!)),
    );

    await Promise.all(batches.map((batch) => hear(batch)));

    expect(most).toBe(3);
    expect(inbox.applied).toHaveLength(20);
  });

  test('nothing more is begun once the partition may be another member’s, and the batch counts as undone', async () => {
    const entry = entriesOf(LAN, 1)[0]!;

    await expect(hearing([])([told(entry)], { isStale: () => true })).rejects.toMatchObject({
      code: 'BATCH_INCOMPLETE',
    });
    expect(inbox.applied).toEqual([]);
  });
});

describe('a history that forked', () => {
  const kept = entriesOf(LAN, 10);
  const other = entriesOf(LAN, 10, 'restored', kept.slice(0, 5));
  const neighbour = told(entriesOf(HUE, 1)[0]!);

  async function expectFork(told: readonly ReceivedMessage[], hear: ReturnType<typeof hearing>, detail: string) {
    await hear([...told, neighbour]);

    expect(inbox.blocked).toEqual(new Set([LAN]));
    expect(inbox.deadLetters).toHaveLength(1);
    expect(inbox.deadLetters[0]!.reason).toMatch(new RegExp(`forked at entry .*${detail}`));
    expect(log.of('error')).toEqual(['HISTORY FORKED']);
    expect(inbox.sequencesOf(HUE)).toEqual([1]);
  }

  test('is found when the last number is told with other content', async () => {
    const hear = hearing(kept);
    await hear(kept.slice(0, 7).map((entry) => told(entry)));
    await expectFork([told(other[6]!)], hear, 'another entry was applied');
    expect(inbox.sequencesOf(LAN)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('is found when the next entry does not follow on ours', async () => {
    const hear = hearing(kept);
    await hear(kept.slice(0, 7).map((entry) => told(entry)));
    await expectFork([told(other[7]!)], hear, 'it does not follow');
    expect(inbox.sequencesOf(LAN)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('is found when an older number is told with other content', async () => {
    const hear = hearing(kept);
    await hear(kept.map((entry) => told(entry)));
    await expectFork([told(other[6]!)], hear, 'another entry was applied');
  });

  test('is found after a restart too, when the restored journal writes an older number again', async () => {
    await hearing(kept)(kept.map((entry) => told(entry)));
    await expectFork([told(other[6]!)], hearing(other.slice(0, 7)), 'entry 10 was applied, and the journal lacks it');
  });

  test('is found when the journal lacks the number between', async () => {
    await expectFork([told(kept[9]!)], hearing(kept.slice(0, 4)), 'the journal lacks entry 5');
    expect(inbox.sequencesOf(LAN)).toEqual([1, 2, 3, 4]);
  });

  test('is found when the journal holds another entry under a number that was told', async () => {
    await expectFork([told(kept[7]!)], hearing(other), 'the journal holds another entry');
  });

  test('is found when two messages tell of one number differently', async () => {
    await expectFork(
      [...kept.slice(0, 6), other[5]!].map((entry) => told(entry)),
      hearing(kept),
      'two messages tell of it differently',
    );
  });

  test('is found when the journal gives bytes that are not those of the hash', async () => {
    const changed = kept.map((entry) => ({ ...entry, body: entry.body.replace('kept', 'KEPT') }));
    await expectFork([told(kept[3]!)], hearing(changed), 'what the journal gives as entry 1 is not that entry');
  });

  test('is not suspected of an old repeat', async () => {
    await hearing(kept)(kept.map((entry) => told(entry)));
    await hearing(kept)([told(kept[2]!)]);

    expect(inbox.deadLetters).toEqual([]);
  });
});

describe('poison', () => {
  const [first, second, third, fourth] = entriesOf(LAN, 4) as [StreamEntry, StreamEntry, StreamEntry, StreamEntry];
  const without = (name: string) => JSON.stringify({ ...(JSON.parse(second.body) as object), [name]: undefined });

  test.each<[string, ReceivedMessage, string | null]>([
    ['nothing', message(LAN, null), LAN],
    ['an empty text', message(LAN, ''), LAN],
    ['a text cut short', message(LAN, second.body.slice(0, -9)), LAN],
    ['no object', message(LAN, 'null'), LAN],
    ['no UTF-8', message(LAN, Buffer.from(second.body.replace('kept', 'k\xfft'), 'latin1')), LAN],
    ['no sequence', message(LAN, without('sequence')), LAN],
    ['no subject', message(LAN, without('subject')), LAN],
    ['no previous hash', message(LAN, without('previoushash')), LAN],
    ['another’s subject', message(HUE, second.body), HUE],
    ['deep nesting', message(LAN, '['.repeat(100_000)), LAN],
    ['no key', message(null, second.body), null],
    ['a key of nobody', message('\0; drop table', second.body), null],
    ['a stream of another topic', told(entriesOf('organisation', 1)[0]!), null],
  ])('%s is put aside, with its reason, and holds nobody else up', async (_, poison, stream) => {
    const neighbour = entriesOf(dossierId(3), 1)[0]!;
    await hearing([])([poison, told(neighbour)]);

    expect(inbox.deadLetters).toEqual([
      expect.objectContaining({ stream, reason: expect.stringMatching(/^Not an entry of a stream: /) as string }),
    ]);
    expect(inbox.applied).toEqual([neighbour]);
    expect(deadLetters.published).toHaveLength(1);
  });

  test('what is put aside keeps every byte, as text that a database can hold', async () => {
    const bytes = Buffer.from([0xff, 0x31]);
    await hearing([])([
      message(LAN, 'chữ, không phải JSON', 7),
      message(HUE, bytes, 8),
      message(dossierId(3), 'a\0b', 9),
    ]);

    expect(inbox.deadLetters.map(({ message: letter }) => letter)).toEqual([
      { topic: 'motcua.dossier', partition: 0, offset: '7', key: LAN, value: 'chữ, không phải JSON' },
      { topic: 'motcua.dossier', partition: 0, offset: '8', key: HUE, value: `base64:${bytes.toString('base64')}` },
      { topic: 'motcua.dossier', partition: 0, offset: '9', key: dossierId(3), value: 'base64:YQBi' },
    ]);
  });

  test('what is put aside is told on the dead-letter topic as well, with its reason and place', async () => {
    await hearing([])([message(LAN, 'no event', 12)]);

    const { reason } = inbox.deadLetters[0]!;
    const headers = { reason, topic: 'motcua.dossier', partition: '0', offset: '12', stream: LAN };
    expect(deadLetters.published).toEqual([{ topic: topics.deadLetter, key: LAN, value: 'no event', headers }]);
  });

  test('an entry that is not valid waits with all that follow it; those before it are applied', async () => {
    const validate = (body: string) => {
      if (body === third.body) throw new Error('unknown\nversion');
      return null;
    };
    const hear = hearing([], { validate });
    await hear([first, second, third, fourth].map((entry) => told(entry)));
    await hear([told(fourth)]);

    expect(inbox.sequencesOf(LAN)).toEqual([1, 2]);
    expect(inbox.deadLetters).toEqual([expect.objectContaining({ stream: LAN, reason: 'unknown version' })]);
    expect(inbox.deadLetters[0]!.message.value).toBe(third.body);
  });

  test('an entry that is not valid any more is no matter once it was applied', async () => {
    await hearing([])([told(first)]);
    const validate = () => {
      throw new Error('unknown version');
    };
    await hearing([first], { validate })([told(first)]);

    expect(inbox.deadLetters).toEqual([]);
  });

  test('of entries refused for good together, only the one at fault is put aside', async () => {
    inbox.beforeApply = ({ sequence }) => {
      if (sequence === 3) throw new Refusal('conflict');
    };
    await hearing([])([first, second, third, fourth].map((entry) => told(entry)));

    expect(inbox.sequencesOf(LAN)).toEqual([1, 2]);
    expect(inbox.deadLetters.map(({ message: letter }) => letter.value)).toEqual([third.body]);
  });

  test('sent again after it was mended, it brings all that it held up', async () => {
    const hear = hearing([first, second, third, fourth]);
    inbox.beforeApply = ({ sequence }) => {
      if (sequence === 2) throw new Refusal('conflict');
    };
    await hear([first, second].map((entry) => told(entry)));
    await hear([third, fourth].map((entry) => told(entry)));
    expect(inbox.sequencesOf(LAN)).toEqual([1]);

    inbox.beforeApply = () => undefined;
    inbox.blocked.clear();
    await hear([told(second)]);
    await hear([told(fourth)]);

    expect(inbox.sequencesOf(LAN)).toEqual([1, 2, 3, 4]);
  });
});

describe('a server that is down', () => {
  /** Neighbours, one per attempt, to whom nothing happens. */
  const neighbours = Array.from({ length: 20 }, (_, number) => told(entriesOf(dossierId(100 + number), 1)[0]!));
  const ours = told(entriesOf(LAN, 1)[0]!);

  function failFor(stream: string, error: Error) {
    inbox.beforeApply = (entry) => {
      if (entry.stream === stream) throw error;
    };
  }

  test('makes the batch come again, and nothing is put aside, however long it takes', async () => {
    failFor(LAN, new Refusal('unavailable'));
    const hear = hearing([]);
    for (const neighbour of neighbours) await expect(hear([ours, neighbour])).rejects.toThrow('1 stream(s)');

    expect(inbox.deadLetters).toEqual([]);
    inbox.beforeApply = () => undefined;
    await hear([ours]);
    expect(inbox.sequencesOf(LAN)).toEqual([1]);
  });

  test('is not what makes one dossier alone fail for an unknown reason: its fifth failure puts it aside', async () => {
    failFor(LAN, new TypeError('cannot read properties of undefined'));
    const hear = hearing([]);
    for (const neighbour of neighbours.slice(0, 4))
      await expect(hear([ours, neighbour])).rejects.toThrow('1 stream(s)');
    await hear([ours, neighbours[4]!]);

    expect(inbox.deadLetters).toEqual([
      expect.objectContaining({
        stream: LAN,
        reason: 'refused 5 times, at last with: cannot read properties of undefined',
      }),
    ]);
  });

  test('is no stranger to a dossier that fails now and then: only failures in a row count', async () => {
    const journal = entriesOf(LAN, 3);
    const hear = hearing([]);
    for (const [n, entry] of journal.entries()) {
      failFor(LAN, new Error('socket hang up'));
      for (const neighbour of neighbours.slice(4 * n, 4 * n + 4)) {
        await expect(hear([told(entry), neighbour])).rejects.toThrow('1 stream(s)');
      }
      inbox.beforeApply = () => undefined;
      await hear([told(entry)]);
    }

    expect(inbox.deadLetters).toEqual([]);
    expect(inbox.sequencesOf(LAN)).toEqual([1, 2, 3]);
  });

  test('is suspected while nobody succeeds: then nothing is put aside', async () => {
    inbox.beforeApply = () => {
      throw new Error('socket hang up');
    };
    const hear = hearing([]);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await expect(hear([ours, ...neighbours])).rejects.toThrow('stream(s) of the batch wait: socket hang up');
    }

    expect(inbox.deadLetters).toEqual([]);
  });

  test('is spared the rest of a batch of which nothing succeeds', async () => {
    let asked = 0;
    inbox.beforeApply = () => {
      asked += 1;
      throw new Refusal('unavailable');
    };
    await expect(hearing([], { concurrency: 4 })(neighbours)).rejects.toThrow('20 stream(s)');

    expect(asked).toBe(4);
  });

  test('be it the journal, holds up only those that need it', async () => {
    const [, second] = entriesOf(LAN, 2);
    const fetchEntries = () => Promise.reject(new Refusal('unavailable'));
    await expect(hearing([], { fetchEntries })([told(second!), neighbours[0]!])).rejects.toThrow('1 stream(s)');

    expect(inbox.applied).toHaveLength(1);
    expect(inbox.deadLetters).toEqual([]);
  });

  test('be it the one for dead letters, lets no dead letter get lost', async () => {
    jest.spyOn(inbox, 'deadLetter').mockRejectedValueOnce(new Refusal('unavailable'));
    const hear = hearing([]);
    const poison = message(LAN, 'no event');

    await expect(hear([poison])).rejects.toThrow('1 stream(s)');
    await hear([poison]);

    expect(inbox.deadLetters).toHaveLength(1);
  });
});

describe('a stream that goes on from its journal', () => {
  const journal = entriesOf(LAN, 7);
  const letter = { topic: topics.dossier, partition: 0, offset: '12', key: LAN, value: 'no event' };

  test('has all that it lacked applied once, also when two let it go on', async () => {
    const one = consumerOf(journal);
    await one.handle({ topic: topics.dossier, partition: 0, messages: [told(journal[0]!)], isStale: () => false });

    expect(await one.goOn(LAN, letter)).toBeNull();
    expect(await consumerOf(journal).goOn(LAN, letter)).toBeNull();

    expect(inbox.applied).toEqual(journal);
  });

  test('is put aside again, with the same letter and the reason, where its journal holds what cannot be applied', async () => {
    const validate = (body: string) => {
      if (body === journal[3]!.body) throw new Error('unknown version');
      return null;
    };

    expect(await consumerOf(journal, { validate }).goOn(LAN, letter)).toBe('unknown version');

    expect(inbox.sequencesOf(LAN)).toEqual([1, 2, 3]);
    expect(inbox.deadLetters).toEqual([{ message: letter, stream: LAN, reason: 'unknown version' }]);
  });

  test('is put aside again while its journal is another one than it was', async () => {
    await consumerOf(journal).goOn(LAN, letter);

    expect(await consumerOf(journal.slice(0, 3)).goOn(LAN, letter)).toMatch(/forked at entry 7/);
    expect(inbox.deadLetters).toHaveLength(1);
  });

  test('says so when its journal cannot be asked, and nothing is put aside', async () => {
    const fetchEntries = () => Promise.reject(new Refusal('unavailable'));

    await expect(consumerOf([], { fetchEntries }).goOn(LAN, letter)).rejects.toThrow(Refusal);
    expect(inbox.deadLetters).toEqual([]);
  });
});

test('an entry of an unknown type is applied like any other, counted once and logged', async () => {
  const journal = entriesOf(LAN, 3);
  const validate = (body: string) => (body === journal[1]!.body ? 'dossier-beamed' : null);
  const consumer = consumerOf(journal, { validate });
  const messages = journal.map((entry) => told(entry));
  const batch = { topic: topics.dossier, partition: 0, messages, isStale: () => false };

  await consumer.handle(batch);
  await consumer.handle(batch);

  expect(consumer.unknownTypes()).toBe(1);
  expect(inbox.applied).toEqual(journal);
  expect(inbox.deadLetters).toEqual([]);
  expect(log.lines).toMatchObject([{ level: 'warn', data: { stream: LAN, sequence: 2, type: 'dossier-beamed' } }]);
});
