import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, Partitioners, type Producer, type ProducerConfig } from 'kafkajs';
import { eventually, kafka, Link, servers, type Fate } from '#testing';
import { MemoryLog } from '../test/memory';
import { kafkaSubscriber } from './index';
import { ensure } from './kafka-topics';

/*
 * What kafkajs's own producers make of one lost answer: why ours is not idempotent, sends one batch at a time, and begins
 * anew after any error. Should kafkajs ever be mended, the rows that lose a message turn red, and the choice is open again.
 */
jest.setTimeout(120_000);

const log = new MemoryLog();
const names = ['A', 'B', 'C'] as const;
type Name = (typeof names)[number];

let link: Link;
let topic: string;
const open: Producer[] = [];

beforeEach(async () => {
  const brokers = servers().kafka.brokers;
  topic = `test.${randomUUID()}`;
  await ensure([{ topic, numPartitions: 1, configEntries: [{ name: 'retention.ms', value: '-1' }] }], brokers, log);
  link = await Link.to(brokers[0]!, kafka);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((producer) => producer.disconnect()));
  await link.close();
});

/** The answers to the first Produce requests meet that fate. */
function firstAnswers(fate: Fate, count = 1): void {
  let left = count;
  link.fateOf = (request) => (request === 'Produce' && left-- > 0 ? fate : 'pass');
}

async function producer(config: ProducerConfig, retries: number): Promise<Producer> {
  const client = new Kafka({
    brokers: [link.address],
    requestTimeout: 3_000,
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 100, retries },
  });
  const made = client.producer({ createPartitioner: Partitioners.DefaultPartitioner, ...config });
  open.push(made);
  await made.connect();
  return made;
}

const unlimited = Number.MAX_SAFE_INTEGER;
const send = (to: Producer, name: Name) => to.send({ topic, acks: -1, messages: [{ value: name }] });

/** Which were acknowledged to the caller. */
async function atOnce(to: Producer): Promise<Name[]> {
  const outcomes = await Promise.allSettled(names.map((name) => send(to, name)));
  return names.filter((_, index) => outcomes[index]!.status === 'fulfilled');
}

/** After an error the caller goes on with the next. */
async function oneAtATime(to: Producer): Promise<Name[]> {
  const acknowledged: Name[] = [];
  for (const name of names) {
    await send(to, name).then(
      () => acknowledged.push(name),
      () => undefined,
    );
  }
  return acknowledged;
}

async function content(): Promise<string[]> {
  const values: string[] = [];
  const brokers = servers().kafka.brokers;
  const all = kafkaSubscriber({ brokers, clientId: 'test', groupId: randomUUID(), log, onFatal: () => undefined });
  await all.run([topic], ({ messages }) =>
    Promise.resolve(void values.push(...messages.map((one) => String(one.value)))),
  );
  await eventually(async () => expect(await all.lag()).toBe(0), { timeoutMs: 100_000 });
  await all.stop();
  return values;
}

async function lostOf(acknowledged: readonly Name[]): Promise<Name[]> {
  const kept = await content();
  return acknowledged.filter((name) => !kept.includes(name));
}

describe('an idempotent producer loses what it acknowledged', () => {
  test.each<[string, ProducerConfig, Fate]>([
    ['as it comes', { idempotent: true }, 'reset'],
    ['when the answer is swallowed', { idempotent: true }, 'withhold'],
    ['with one request in flight', { idempotent: true, maxInFlightRequests: 1 }, 'reset'],
  ])('of three sends at once, %s', async (_, config, fate) => {
    const to = await producer(config, unlimited);
    firstAnswers(fate);
    const acknowledged = await atOnce(to);

    expect(acknowledged).toEqual(['A', 'B', 'C']);
    expect(await lostOf(acknowledged)).toHaveLength(1);
  });

  test('one at a time, when the caller goes on after an error', async () => {
    const to = await producer({ idempotent: true }, 1);
    firstAnswers('reset', 2);
    const acknowledged = await oneAtATime(to);

    expect(acknowledged).toEqual(['B', 'C']);
    expect(await lostOf(acknowledged)).toEqual(['B']);
  });
});

test('an idempotent producer that never gives up, one at a time, loses nothing: until somebody sends two at once', async () => {
  const to = await producer({ idempotent: true }, unlimited);
  firstAnswers('reset');
  const acknowledged = await oneAtATime(to);

  expect(acknowledged).toEqual(['A', 'B', 'C']);
  expect(await content()).toEqual(['A', 'B', 'C']);
});

describe('a producer that is not idempotent loses nothing', () => {
  test.each([
    ['three at once: repeats, in whatever order', atOnce],
    ['one at a time: repeats, in order', oneAtATime],
  ])('%s', async (_, sendAll) => {
    const to = await producer({ idempotent: false, maxInFlightRequests: 1 }, 5);
    firstAnswers('reset');
    const acknowledged = await sendAll(to);

    expect(acknowledged).toEqual(['A', 'B', 'C']);
    const kept = await content();
    expect([...new Set(kept)].sort()).toEqual(['A', 'B', 'C']);
    expect(kept.filter((name) => name === 'A')).toHaveLength(2);
    if (sendAll === oneAtATime) expect(kept).toEqual(['A', 'A', 'B', 'C']);
  });
});

test.each([true, false])('a new producer after any error loses nothing, idempotent or not (%s)', async (idempotent) => {
  firstAnswers('reset', 2);
  const acknowledged: Name[] = [];
  for (let next = 0; next < names.length;) {
    const to = await producer({ idempotent }, 1);
    try {
      for (; next < names.length; next += 1) {
        await send(to, names[next]!);
        acknowledged.push(names[next]!);
      }
    } catch {
      // The answer was lost: the same again, by a new producer.
    }
  }

  expect(acknowledged).toEqual(['A', 'B', 'C']);
  expect((await content()).join(' ')).toMatch(/^(A )+B C$/);
});
