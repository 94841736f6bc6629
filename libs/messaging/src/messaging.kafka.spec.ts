import { randomUUID } from 'node:crypto';
import { eventually, kafka, Link, servers, type Fate } from '#testing';
import { dossierId, entriesOf, fetchFrom } from '../test/journal';
import { MemoryInbox, MemoryLog } from '../test/memory';
import {
  ensureTopics,
  kafkaPublisher,
  kafkaSubscriber,
  topics,
  type Batch,
  type KafkaSubscriberOptions,
  type OutgoingMessage,
  type Publisher,
  type Subscriber,
} from './index';
import { streamConsumer } from './stream-consumer';
import { ensure } from './kafka-topics';

/*
 * What the port promises, shown against a real broker: whatever replaces kafkajs must pass this.
 *
 * A broker takes up to half a minute to declare a member dead or to come back; limits are far above that on purpose.
 */
jest.setTimeout(120_000);
const patience = { timeoutMs: 100_000 };

const log = new MemoryLog();
const open: (() => Promise<void>)[] = [];

function brokers(): readonly string[] {
  return servers().kafka.brokers;
}

beforeAll(() => ensureTopics(brokers(), log));

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

async function freshTopic(numPartitions = 1): Promise<string> {
  const topic = `test.${randomUUID()}`;
  await ensure([{ topic, numPartitions, configEntries: [{ name: 'retention.ms', value: '-1' }] }], brokers(), log);
  return topic;
}

function publisher(
  options: { readonly brokers?: readonly string[]; readonly requestTimeoutMs?: number } = {},
): Publisher {
  const publisher = kafkaPublisher({ brokers: brokers(), clientId: 'test', log, ...options });
  open.push(() => publisher.close());
  return publisher;
}

function subscriber(options: Partial<KafkaSubscriberOptions> = {}): Subscriber {
  const onFatal = (error: Error) => log.error({ err: error }, 'fatal');
  const subscriber = kafkaSubscriber({
    brokers: brokers(),
    clientId: 'test',
    groupId: randomUUID(),
    log,
    onFatal,
    ...options,
  });
  open.push(() => subscriber.stop());
  return subscriber;
}

async function linkToBroker(): Promise<Link> {
  const link = await Link.to(brokers()[0]!, kafka);
  open.push(() => link.close());
  return link;
}

function valuesOf({ messages }: Batch): string[] {
  return messages.map(({ value }) => String(value));
}

/** All that a topic holds, in order per partition. */
async function contentOf(topic: string): Promise<string[]> {
  const all = subscriber();
  const values: string[] = [];
  await all.run([topic], (batch) => Promise.resolve(void values.push(...valuesOf(batch))));
  await eventually(async () => expect(await all.lag()).toBe(0), patience);
  return values;
}

/** Numbered messages of a key: `key 1`, `key 2` ... */
function messagesOf(key: string, count: number): OutgoingMessage[] {
  return Array.from({ length: count }, (_, n) => ({ key, value: `${key} ${n + 1}` }));
}

function gate(): { readonly passed: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

describe('publishing', () => {
  test('what is published arrives with key, bytes and headers', async () => {
    const topic = await freshTopic();
    await publisher().publish(topic, [{ key: 'hồ sơ', value: 'Thừa Thiên Huế', headers: { reason: 'vì sao' } }]);

    const received: Batch[] = [];
    await subscriber().run([topic], (batch) => Promise.resolve(void received.push(batch)));
    await eventually(() => expect(received).toHaveLength(1), patience);
    expect(received[0]!.messages).toEqual([
      {
        key: Buffer.from('hồ sơ'),
        value: Buffer.from('Thừa Thiên Huế'),
        headers: { reason: 'vì sao' },
        offset: '0',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      },
    ]);
  });

  test('messages of one key keep their order, over calls and partitions', async () => {
    const topic = await freshTopic(12);
    const to = publisher();
    const keys = Array.from({ length: 20 }, (_, n) => `dossier-${n}`);
    const rounds = Array.from({ length: 10 }, (_, round) => keys.map((key) => ({ key, value: `${key} ${round + 1}` })));
    for (const round of rounds) await to.publish(topic, round);

    const content = await contentOf(topic);

    for (const key of keys) {
      const told = new Set(content.filter((value) => value.startsWith(`${key} `))); // A repeat is no disorder.
      expect([...told]).toEqual(messagesOf(key, 10).map(({ value }) => value));
    }
  });

  test('more than a topic takes at once is published in parts, in order', async () => {
    const topic = await freshTopic();
    const large = Array.from({ length: 30 }, (_, n) => ({ key: 'k', value: `${n} `.padEnd(100_000, 'x') }));
    await publisher().publish(topic, large);

    expect((await contentOf(topic)).map((value) => Number.parseInt(value, 10))).toEqual(large.map((_, n) => n));
  });

  test('a message that no topic takes is refused for good, and harms no other', async () => {
    const topic = await freshTopic();
    const to = publisher();
    await expect(to.publish(topic, [{ key: 'k', value: 'x'.repeat(2_000_000) }])).rejects.toMatchObject({
      code: 'MESSAGE_TOO_LARGE',
      kind: 'invalid',
    });

    await to.publish(topic, messagesOf('k', 1));
    expect(await contentOf(topic)).toEqual(['k 1']);
  });

  test('who publishes again before the answer is refused, and the first is not harmed', async () => {
    const topic = await freshTopic();
    const to = publisher();
    const first = to.publish(topic, messagesOf('first', 1));
    await expect(to.publish(topic, messagesOf('second', 1))).rejects.toMatchObject({ code: 'PUBLISH_IN_PROGRESS' });
    await first;
    await to.publish(topic, messagesOf('third', 1));

    expect(await contentOf(topic)).toEqual(['first 1', 'third 1']);
  });

  test('nothing is published after the end', async () => {
    const to = publisher();
    await to.close();
    await expect(to.publish(topics.dossier, messagesOf('k', 1))).rejects.toMatchObject({ code: 'PUBLISHER_CLOSED' });
  });

  test('a topic that nobody made is not made by publishing to it', async () => {
    await expect(publisher().publish(`test.${randomUUID()}`, messagesOf('k', 1))).rejects.toMatchObject({
      code: 'MESSAGING_UNAVAILABLE',
    });
  });
});

describe('an answer that gets lost loses no message', () => {
  /** Publishes one after the other, each until it is acknowledged: as the relay does. */
  async function publishAll(to: Publisher, topic: string, messages: readonly OutgoingMessage[]): Promise<number> {
    let errors = 0;
    for (let next = 0; next < messages.length;) {
      try {
        await to.publish(topic, [messages[next]!]);
        next += 1;
      } catch (error) {
        expect(error).toMatchObject({ code: 'MESSAGING_UNAVAILABLE', kind: 'unavailable' });
        errors += 1;
      }
    }
    return errors;
  }

  /** 1 2 3 2 is legal, 1 3 2 is not: a number is either the next or a repeat. */
  function expectLegal(content: readonly string[], sent: readonly OutgoingMessage[]) {
    let known = 0;
    for (const value of content) {
      const number = sent.findIndex((message) => message.value === value) + 1;
      expect(number).toBeLessThanOrEqual(known + 1);
      known = Math.max(known, number);
    }
    expect(known).toBe(sent.length);
  }

  test.each<[string, Fate, number]>([
    ['withheld once', 'withhold', 1],
    ['withheld again and again', 'withhold', 6],
    ['cut off once', 'reset', 1],
    ['cut off again and again', 'reset', 6],
    ['cut off before the request arrived', 'lose', 6],
  ])('%s', async (_, fate, times) => {
    const topic = await freshTopic();
    const link = await linkToBroker();
    const to = publisher({ brokers: [link.address], requestTimeoutMs: 500 });
    const messages = messagesOf('k', 5);
    await to.publish(topic, messages.slice(0, 1));
    let left = times;
    link.fateOf = (request) => (request === 'Produce' && left-- > 0 ? fate : 'pass');

    await publishAll(to, topic, messages.slice(1));

    expectLegal(await contentOf(topic), messages);
    expect(left).toBeLessThanOrEqual(0);
  });

  test('at random, again and again', async () => {
    const topic = await freshTopic();
    const link = await linkToBroker();
    const to = publisher({ brokers: [link.address], requestTimeoutMs: 200 });
    const fates: Fate[] = ['withhold', 'pass', 'reset', 'lose', 'pass', 'withhold', 'reset'];
    let seed = 20_260_214;
    link.fateOf = (request) => {
      if (request !== 'Produce') return 'pass';
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return fates[Math.floor(seed / 1_024) % fates.length]!;
    };
    const messages = messagesOf('k', 12);
    await publishAll(to, topic, messages);

    expectLegal(await contentOf(topic), messages);
  });

  test.each<Fate>(['withhold', 'reset'])(
    'of several published in one call (%s), each that was acknowledged is there',
    async (fate) => {
      const topic = await freshTopic();
      const link = await linkToBroker();
      const to = publisher({ brokers: [link.address], requestTimeoutMs: 500 });
      const [first, ...others] = messagesOf('k', 4);
      await to.publish(topic, [first!]);
      let left = 1;
      link.fateOf = (request) => (request === 'Produce' && left-- > 0 ? fate : 'pass');
      const attempt = async (): Promise<void> => to.publish(topic, others);
      await attempt().catch(attempt);

      expect([...new Set(await contentOf(topic))].sort()).toEqual(messagesOf('k', 4).map(({ value }) => value));
    },
  );

  test('after an error the publisher begins anew, on a new connection', async () => {
    const topic = await freshTopic();
    const link = await linkToBroker();
    const to = publisher({ brokers: [link.address], requestTimeoutMs: 200 });
    let fate: Fate = 'withhold';
    link.fateOf = (request) => (request === 'Produce' ? fate : 'pass');
    await expect(to.publish(topic, messagesOf('k', 1))).rejects.toMatchObject({ code: 'MESSAGING_UNAVAILABLE' });
    const connections = link.connections;

    fate = 'pass';
    await to.publish(topic, messagesOf('k', 1));

    expect(link.connections).toBeGreaterThan(connections);
  });

  test('nor does a broker that is gone for a while', async () => {
    const topic = await freshTopic();
    const link = await linkToBroker();
    const to = publisher({ brokers: [link.address] });
    const messages = messagesOf('k', 3);
    await to.publish(topic, messages.slice(0, 1));
    link.set('cut');
    await expect(to.publish(topic, messages.slice(1))).rejects.toMatchObject({ code: 'MESSAGING_UNAVAILABLE' });
    link.set('pass');
    await to.publish(topic, messages.slice(1));

    expectLegal(await contentOf(topic), messages);
  });
});

describe('hearing', () => {
  test('begins at the beginning, and goes on where it was after a stop', async () => {
    const topic = await freshTopic(3);
    const to = publisher();
    await to.publish(topic, messagesOf('before', 5));
    const groupId = randomUUID();

    const heard: string[] = [];
    const first = subscriber({ groupId });
    await first.run([topic], (batch) => Promise.resolve(void heard.push(...valuesOf(batch))));
    await eventually(() => expect(heard).toHaveLength(5), patience);
    await first.stop();
    await to.publish(topic, messagesOf('between', 5));
    const second = subscriber({ groupId });
    await second.run([topic], (batch) => Promise.resolve(void heard.push(...valuesOf(batch))));
    await eventually(() => expect(heard).toHaveLength(10), patience);

    expect(heard).toEqual([...messagesOf('before', 5), ...messagesOf('between', 5)].map(({ value }) => value));
  });

  test('waits for a topic that is not there yet', async () => {
    const topic = `test.${randomUUID()}`;
    const heard: string[] = [];
    const running = subscriber().run([topic], (batch) => Promise.resolve(void heard.push(...valuesOf(batch))));
    await eventually(() => expect(log.of('warn')).toContain('cannot subscribe yet'), patience);

    await ensure([{ topic, numPartitions: 1, configEntries: [{ name: 'retention.ms', value: '-1' }] }], brokers(), log);
    await running;
    await publisher().publish(topic, messagesOf('k', 1));
    await eventually(() => expect(heard).toEqual(['k 1']), patience);
  });

  test('keeps a position after the effect only: a member that dies in the middle leaves its batch to another', async () => {
    const topic = await freshTopic();
    await publisher().publish(topic, messagesOf('k', 10));
    const link = await linkToBroker();
    const options = { groupId: randomUUID(), sessionTimeoutMs: 6_000 };
    const never = gate();
    open.push(() => {
      never.open();
      return Promise.resolve();
    });
    const dying: string[] = [];
    void subscriber({ ...options, brokers: [link.address] }).run([topic], async (batch) => {
      dying.push(...valuesOf(batch));
      await never.passed;
      throw new Error('this member is dead');
    });
    await eventually(() => expect(dying).toHaveLength(10), patience);

    link.set('cut');
    const heir = subscriber(options);
    const inherited: string[] = [];
    await heir.run([topic], (batch) => Promise.resolve(void inherited.push(...valuesOf(batch))));
    await eventually(() => expect(inherited).toEqual(dying), patience);
    await eventually(async () => expect(await heir.lag()).toBe(0), patience);
  });

  test('a position that could not be kept makes the batch come again', async () => {
    const topic = await freshTopic();
    await publisher().publish(topic, messagesOf('k', 3));
    const link = await linkToBroker();
    let lost = 0;
    link.fateOf = (request) => (request === 'OffsetCommit' && lost++ === 0 ? 'lose' : 'pass');
    const hears = subscriber({ brokers: [link.address] });
    const heard: string[] = [];
    await hears.run([topic], (batch) => Promise.resolve(void heard.push(...valuesOf(batch))));

    await eventually(() => expect(heard).toEqual(['k 1', 'k 2', 'k 3', 'k 1', 'k 2', 'k 3']), patience);
    await eventually(async () => expect(await hears.lag()).toBe(0), patience);
  });

  test('a batch that fails comes again, whole, until it succeeds; other partitions do not wait for it', async () => {
    const topic = await freshTopic(12);
    const to = publisher();
    await to.publish(topic, messagesOf('fails', 3));
    const attempts: string[][] = [];
    const others: string[] = [];
    const hears = subscriber();
    await hears.run([topic], (batch) => {
      const values = valuesOf(batch);
      if (!values[0]!.startsWith('fails')) {
        others.push(...values);
        return Promise.resolve();
      }
      attempts.push(values);
      return attempts.length < 3 ? Promise.reject(new Error('the database is down')) : Promise.resolve();
    });
    await eventually(() => expect(attempts.length).toBeGreaterThan(0), patience);
    await to.publish(topic, messagesOf('other', 1));
    await eventually(() => expect(others).toEqual(['other 1']), patience);
    expect(attempts.length).toBeLessThan(3);

    await eventually(() => expect(attempts).toHaveLength(3), patience);
    expect(attempts).toEqual(Array.from({ length: 3 }, () => ['fails 1', 'fails 2', 'fails 3']));
    await eventually(async () => expect(await hears.lag()).toBe(0), patience);
    const told = log.lines.filter(
      ({ message, data }) => message.includes('comes again') && 'topic' in data && data.topic === topic,
    );
    expect(told.map(({ data }) => data)).toEqual([
      expect.objectContaining({ attempt: 1, retryInMs: 1_000 }),
      expect.objectContaining({ attempt: 2, retryInMs: 1_500 }),
    ]);
  });

  test('a handler may take longer than a member may be silent', async () => {
    const topic = await freshTopic();
    await publisher().publish(topic, messagesOf('k', 1));
    const options = { groupId: randomUUID(), sessionTimeoutMs: 6_000 };
    const heard: string[] = [];
    let isStale = true;
    const handle = async (batch: Batch) => {
      heard.push(...valuesOf(batch));
      await new Promise((resolve) => setTimeout(resolve, 9_000)); // The time is what is tested here.
      isStale = batch.isStale();
    };
    const hears = subscriber(options);
    await hears.run([topic], handle);
    await eventually(async () => expect(await hears.lag()).toBe(0), patience);

    expect(heard).toEqual(['k 1']);
    expect(isStale).toBe(false);
  });

  test('two members of a group divide the work', async () => {
    const topic = await freshTopic(12);
    const groupId = randomUUID();
    const heard = [new Set<string>(), new Set<string>()];
    const members = [subscriber({ groupId }), subscriber({ groupId })];
    for (const [n, member] of members.entries()) {
      await member.run([topic], (batch) => {
        for (const value of valuesOf(batch)) heard[n]!.add(value);
        return Promise.resolve();
      });
    }
    const to = publisher();
    const sent = Array.from({ length: 24 }, (_, n) => messagesOf(`k${n}`, 10)).flat();
    // The group may still be dividing: some of it is told until both have heard of it.
    await eventually(async () => {
      await to.publish(topic, sent);
      expect(heard.every((values) => values.size > 0)).toBe(true);
    }, patience);

    await eventually(async () => expect(await members[0]!.lag()).toBe(0), patience);
    expect(new Set([...heard[0]!, ...heard[1]!])).toEqual(new Set(sent.map(({ value }) => value)));
  });

  test('the lag is what the group has not done yet', async () => {
    const topic = await freshTopic(3);
    const to = publisher();
    await to.publish(topic, messagesOf('a', 4));
    const hears = subscriber();
    const working = gate();
    await hears.run([topic], () => working.passed);
    expect(await hears.lag()).toBe(4);

    working.open();
    await eventually(async () => expect(await hears.lag()).toBe(0), patience);
    await hears.stop();
    await to.publish(topic, messagesOf('a', 2));
    expect(await hears.lag()).toBe(2);
  });

  test('the lag of an unreachable broker is an error, not a number', async () => {
    const topic = await freshTopic();
    const link = await linkToBroker();
    const hears = subscriber({ brokers: [link.address] });
    await hears.run([topic], () => Promise.resolve());
    link.set('cut');
    await expect(hears.lag()).rejects.toMatchObject({ code: 'MESSAGING_UNAVAILABLE', kind: 'unavailable' });

    link.set('pass');
    await eventually(async () => expect(await hears.lag()).toBe(0), patience);
  });

  test('a stop lets the batch under way finish and keeps its position', async () => {
    const topic = await freshTopic();
    await publisher().publish(topic, messagesOf('k', 2));
    const options = { groupId: randomUUID() };
    const hears = subscriber(options);
    const working = gate();
    const stale: boolean[] = [];
    await hears.run([topic], async (batch) => {
      stale.push(batch.isStale());
      await working.passed;
      stale.push(batch.isStale());
    });
    await eventually(() => expect(stale).toHaveLength(1), patience);
    const stopped = hears.stop();
    working.open();
    await stopped;

    expect(stale).toEqual([false, true]);
    expect(await hears.lag()).toBe(0);
  });

  test('a stop does not wait for a handler that hangs', async () => {
    const topic = await freshTopic();
    await publisher().publish(topic, messagesOf('k', 1));
    const hears = subscriber();
    const hanging = gate();
    let begun = false;
    await hears.run([topic], () => {
      begun = true;
      return hanging.passed;
    });
    await eventually(() => expect(begun).toBe(true), patience);

    await hears.stop();
    expect(log.of('warn')).toContain('the Kafka consumer did not stop in time and was left');
    hanging.open();
  });

  test('a stop before it has begun leaves nothing running', async () => {
    const hears = subscriber();
    const running = hears.run([`test.${randomUUID()}`], () => Promise.resolve());
    await hears.stop();
    await running;
  });

  test('a consumer that will hear nothing any more says so', async () => {
    const topic = await freshTopic();
    const fatal: Error[] = [];
    // Shorter than any broker allows: it refuses the member for good.
    const hears = subscriber({ sessionTimeoutMs: 10, onFatal: (error) => fatal.push(error) });
    void hears.run([topic], () => Promise.resolve());

    await eventually(() => expect(fatal).toHaveLength(1), patience);
  });
});

describe('topics', () => {
  test('are made once; a second time nothing happens', async () => {
    await ensureTopics(brokers(), log);
  });

  test('with another number of partitions are refused, and left as they are', async () => {
    const topic = await freshTopic(2);
    for (const numPartitions of [1, 12]) {
      await expect(ensure([{ topic, numPartitions }], brokers(), log)).rejects.toMatchObject({
        code: 'TOPIC_UNFIT',
        message: `Topic ${topic} has 2 partition(s) and must have ${numPartitions}: delete it, it is filled again from the journal.`,
      });
    }
  });

  test('kept for a shorter time than the longest break are refused', async () => {
    const topic = `test.${randomUUID()}`;
    const week = { topic, numPartitions: 1, configEntries: [{ name: 'retention.ms', value: '604800000' }] };
    await expect(ensure([week], brokers(), log)).rejects.toMatchObject({ code: 'TOPIC_UNFIT' });
  });
});

test('a poison message is put aside, told on the dead-letter topic, and stops nobody else', async () => {
  const topic = await freshTopic(3);
  const deadLettersHeard: string[] = [];
  const listening = subscriber();
  const heardDead = listening.run([topics.deadLetter], (batch) => {
    deadLettersHeard.push(
      ...batch.messages.filter(({ headers }) => headers['topic'] === topic).map(({ value }) => String(value)),
    );
    return Promise.resolve();
  });
  const streams = Array.from({ length: 10 }, (_, n) => entriesOf(dossierId(n), 4));
  const journal = streams.flat();
  const inbox = new MemoryInbox();
  const hears = subscriber();
  await hears.run(
    [topic],
    streamConsumer({
      inbox,
      fetchEntries: fetchFrom(journal),
      validate: () => null,
      deadLetters: publisher(),
      log,
    }).handle,
  );
  const poisoned = dossierId(3);
  const told = journal.map(({ stream, sequence, body }) => ({
    key: stream,
    value: stream === poisoned && sequence === 2 ? body.slice(0, -5) : body,
  }));
  await publisher().publish(topic, told);
  await eventually(async () => expect(await hears.lag()).toBe(0), patience);
  await heardDead;
  await eventually(() => expect(deadLettersHeard).toHaveLength(1), patience);

  for (const entries of streams) {
    const { stream } = entries[0]!;
    expect(inbox.applied.filter((entry) => entry.stream === stream)).toEqual(
      stream === poisoned ? entries.slice(0, 1) : entries,
    );
  }
  expect(inbox.deadLetters).toEqual([expect.objectContaining({ stream: poisoned })]);
  expect(deadLettersHeard).toEqual([inbox.deadLetters[0]!.message.value]);
});

test('a client that has nothing to do does nothing', async () => {
  const topic = await freshTopic();
  await publisher().publish(topic, messagesOf('k', 1));
  const timers = jest.spyOn(globalThis, 'setTimeout');
  await new Promise((resolve) => setImmediate(resolve));
  timers.mockClear();
  const before = performance.now();
  await eventually(() => expect(performance.now() - before).toBeGreaterThan(500));

  // kafkajs as it comes sets a timer every millisecond; `eventually` one every 25.
  expect(timers.mock.calls.length).toBeLessThan(100);
  timers.mockRestore();
});
