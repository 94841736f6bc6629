import { randomUUID } from 'node:crypto';
import { ensureTopics, kafkaPublisher, kafkaSubscriber, messagesTaken, topics } from '#messaging';
import { createLogger } from '#platform';
import { eventually, servers } from '#testing';
import { DeskAtWork, type Reply } from '../../test/desk-at-work';
import { DeskSettings } from '../desk.settings';
import { Relay } from './relay';

/* A relay that lost its lead tries again after up to ten seconds; limits are far above that on purpose. */
jest.setTimeout(120_000);
const patience = { timeoutMs: 60_000 };

const nowhere = '127.0.0.1:1';
const log = createLogger({ name: 'relay-spec', level: 'silent' });
const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };

let desk: DeskAtWork;
const open: (() => Promise<void>)[] = [];

beforeAll(() => ensureTopics(servers().kafka.brokers, log));

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

describe('several relays on one journal', () => {
  test('every entry gets one position, without a gap, and Kafka holds every entry, in order per dossier', async () => {
    await openDesk();
    startRelay();
    startRelay();
    await handleDossiers(25);
    const entries = await untilAllSent();

    expect(entries).toHaveLength((await entriesOfLoads()) + 25 * 3);
    await expectGapFreeFeed(entries.length);
    // One leads and nothing disturbs it, so that nothing is told twice either.
    expect(await expectKafkaHolds(entries)).toBe(entries.length);
  });

  test('when the one that leads loses its connection, another goes on, and nothing is lost or out of order', async () => {
    await openDesk();
    startRelay();
    startRelay();
    const leaders = new Set<number>();
    let handled = 0;
    for (; leaders.size < 4; handled += 10) {
      const work = handleDossiers(10);
      leaders.add(await endTheLead());
      await work;
    }
    const entries = await untilAllSent();

    expect(entries).toHaveLength((await entriesOfLoads()) + handled * 3);
    await expectGapFreeFeed(entries.length);
    await expectKafkaHolds(entries);
  });

  test('when the one that leads stops in order, another takes the lead', async () => {
    await openDesk();
    await untilAllSent();
    const first = await leaderPid();
    startRelay();
    await desk.app.get(Relay).onApplicationShutdown();
    await desk.receive();
    const entries = await untilAllSent();

    expect(await leaderPid()).not.toBe(first);
    await expectKafkaHolds(entries);
  });
});

test('an entry that is committed late, after later ones were told, is told too', async () => {
  await openDesk();
  const key = randomUUID();
  // Somebody else writes this answer and does not commit: the intake has added its entry and must wait.
  await desk.owner.query('begin');
  await desk.owner.query(
    `insert into desk.answer (key, request_hash, status, body) values ($1, repeat('0', 64), 201, '{}')`,
    [key],
  );
  const late = desk.as('lan', 'POST', '/dossiers', { procedureCode: '1.012786', channel: 'desk' }, { key });
  await eventually(async () => {
    const waiting = await desk.rows(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(waiting).toHaveLength(1);
  });
  const { dossierId: later } = await desk.receive();
  await eventually(async () => expect(await positionOf(later)).not.toBeNull(), patience);
  await desk.owner.query('rollback');
  const { status, body } = await late;
  const entries = await untilAllSent();

  expect(status).toBe(201);
  const [one, other] = [await recordedAt(body.dossierId), await recordedAt(later)];
  expect(one < other).toBe(true);
  expect(Number(await positionOf(body.dossierId))).toBeGreaterThan(Number(await positionOf(later)));
  await expectGapFreeFeed(entries.length);
  await expectKafkaHolds(entries);
});

test('while Kafka is away people go on working, the lag shows, and afterwards everything is told in order', async () => {
  await openDesk({ brokers: nowhere });
  await handleDossiers(5);
  const written = (await entriesOfLoads()) + 5 * 3;
  await eventually(async () => expect(await caughtUp()).toMatchObject({ relayEntries: { ok: true, lag: written } }));
  expect((await desk.rows('select sent_position from desk.feed_progress'))[0]).toEqual({ sent_position: '0' });

  // The desk is started again with the right address.
  await desk.app.get(Relay).onApplicationShutdown();
  startRelay();
  const entries = await untilAllSent();
  expect(entries).toHaveLength(written);
  await eventually(async () => expect(await caughtUp()).toMatchObject({ relayEntries: { ok: true, lag: 0 } }));
  await expectKafkaHolds(entries);
});

test('set back to the beginning while it sends, it sends everything again, in order', async () => {
  await openDesk();
  await handleDossiers(5);
  const before = (await untilAllSent()).length;
  const work = handleDossiers(10);
  await desk.owner.query('update desk.feed_progress set sent_position = 0');
  await work;
  const entries = await untilAllSent();

  expect(await expectKafkaHolds(entries)).toBeGreaterThanOrEqual(entries.length + before);
});

test('a Kafka that has fewer messages than it acknowledged is given everything again', async () => {
  await openDesk();
  await handleDossiers(5);
  const before = (await untilAllSent()).length;
  await desk.app.get(Relay).onApplicationShutdown();
  // As if Kafka had come back without its data: more was acknowledged than it has.
  await desk.owner.query('update desk.feed_progress set sent_position = 1000000000');
  startRelay();
  const entries = await untilAllSent();

  expect(await expectKafkaHolds(entries)).toBeGreaterThanOrEqual(entries.length + before);
});

test('a thousand entries that wait count as behind', async () => {
  await openDesk({ brokers: nowhere });
  // As if the relay had been interrupted for long: what was sent lies a thousand entries back.
  await desk.owner.query('update desk.feed_progress set sent_position = -1000');

  const lag = 1_000 + (await entriesOfLoads());
  await eventually(async () => expect((await caughtUp()).relayEntries).toMatchObject({ ok: false, lag }));
  const response = await fetch(`${desk.url}/health/caught-up`);
  expect(response.status).toBe(503);
  expect((await fetch(`${desk.url}/health/ready`)).status).toBe(200);
});

describe('the feed by HTTP', () => {
  test('pages through all streams in the order of their positions, also while Kafka is away', async () => {
    await openDesk({ brokers: nowhere });
    await handleDossiers(4);
    const written = (await entriesOfLoads()) + 4 * 3;
    await eventually(async () => expect(await desk.rows('select 1 from desk.feed')).toHaveLength(written));
    const paged: FedEntry[] = [];
    for (;;) {
      const after = paged.at(-1)?.position ?? 0;
      const { body } = await desk.asClock('GET', `/feed?after=${after}&limit=5`);
      expect(body.entries.length).toBeLessThanOrEqual(5);
      if (body.entries.length === 0) break;
      paged.push(...body.entries);
    }

    expect(paged.map(({ position }) => position)).toEqual(Array.from({ length: written }, (_, index) => index + 1));
    const kept = await entriesByPosition();
    expect(paged.map(({ stream, sequence, hash, body }) => ({ stream, sequence, hash, body }))).toEqual(kept);
  });

  test('one stream by its sequence', async () => {
    await openDesk({ brokers: nowhere });
    const dossierId = await handleOne();
    const { body } = await desk.asService('oversight', 'GET', `/journal/${dossierId}?after=1&limit=1`);

    const kept = await desk.rows(
      'select stream, sequence, hash, body from desk.journal where stream = $1 and sequence = 2',
      dossierId,
    );
    expect(body.entries).toEqual(kept);
  });

  test('is for services alone, and never unbounded', async () => {
    await openDesk({ brokers: nowhere });

    for (const who of ['lan', 'thu', 'quang']) {
      expect(await desk.as(who, 'GET', '/feed')).toMatchObject({ status: 403, body: { action: 'read-feed' } });
    }
    expect(await desk.asClock('GET', '/feed')).toMatchObject({ status: 200 });
    expect(await desk.asClock('GET', '/feed?limit=1001')).toMatchObject({ status: 400 });
    expect(await desk.asClock('GET', '/feed?after=-1')).toMatchObject({ status: 400 });
  });
});

interface KeptEntry {
  readonly stream: string;
  readonly sequence: number;
  readonly hash: string;
  readonly body: string;
}

interface FedEntry extends KeptEntry {
  readonly position: number;
}

/** A desk with its own relay, on a database of its own. */
async function openDesk(options: { brokers?: string } = {}): Promise<void> {
  desk = await DeskAtWork.start(options);
  const opened = desk;
  open.push(() => opened.stop());
}

/** One more relay on the same database, as another process of the desk would run it. */
function startRelay(): void {
  const brokers = servers().kafka.brokers;
  const publisher = kafkaPublisher({ brokers, clientId: 'relay-spec', log });
  const relay = new Relay(desk.app.get(DeskSettings), publisher, () => messagesTaken(brokers, log), log);
  relay.onApplicationBootstrap();
  open.push(() => relay.onApplicationShutdown());
}

/** Dossiers with three entries each, many at the same time. */
async function handleDossiers(count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, handleOne));
}

async function handleOne(): Promise<string> {
  const { dossierId, etag } = await desk.receive();
  const handed = await act('lan', dossierId, 'hand-over', { to: minh }, etag);
  await act('minh', dossierId, 'mark-processed', { result: 'granted' }, handed.etag);
  return dossierId;
}

async function act(who: string, dossierId: string, name: string, body: object, ifMatch: string | null): Promise<Reply> {
  const reply = await desk.as(who, 'POST', `/dossiers/${dossierId}/${name}`, body, { ifMatch });
  expect(reply).toMatchObject({ status: 200 });
  return reply;
}

/** What the loading of organisation and catalogue has journalled: all that is no dossier's. */
async function entriesOfLoads(): Promise<number> {
  const rows = await desk.rows(`select 1 from desk.journal where stream in ('organisation', 'catalogue')`);
  return rows.length;
}

/** All entries in the order of the journal's streams, once Kafka has acknowledged every one of them. */
async function untilAllSent(): Promise<readonly KeptEntry[]> {
  const waiting = `select (select count(*) from desk.unfed) + (select max(position) from desk.feed)
    - (select sent_position from desk.feed_progress where reader = 'kafka') as entries`;
  await eventually(async () => expect(await desk.rows(waiting)).toEqual([{ entries: '0' }]), patience);
  return desk.rows('select stream, sequence, hash, body from desk.journal order by stream, sequence') as Promise<
    never[]
  >;
}

async function caughtUp(): Promise<{ relayEntries: { ok: boolean; lag: number } }> {
  const response = await fetch(`${desk.url}/health/caught-up`);
  const { checks } = (await response.json()) as { checks: { relayEntries: { ok: boolean; lag: number } } };
  return checks;
}

async function expectGapFreeFeed(entries: number): Promise<void> {
  const rows = await desk.rows('select position from desk.feed order by position');
  expect(rows.map(({ position }) => Number(position))).toEqual(Array.from({ length: entries }, (_, n) => n + 1));
  // In the feed an entry never comes before an earlier one of its stream.
  const disordered = await desk.rows(
    `select 1 from desk.feed earlier join desk.feed later using (stream)
     where earlier.sequence < later.sequence and earlier.position > later.position`,
  );
  expect(disordered).toEqual([]);
  expect(await desk.rows('select 1 from desk.unfed')).toEqual([]);
}

/** Each entry byte for byte under its stream, and per stream in order, repeats left out. Answers how many were told. */
async function expectKafkaHolds(entries: readonly KeptEntry[]): Promise<number> {
  const heard = await toldByKafka(new Set(entries.map(({ body }) => body)));
  const inOrder = new Map<string, string[]>();
  for (const { key, body } of heard) inOrder.set(key, [...(inOrder.get(key) ?? []), body]);
  for (const stream of new Set(entries.map((entry) => entry.stream))) {
    const kept = entries.filter((entry) => entry.stream === stream).map(({ body }) => body);
    expect([...new Set(inOrder.get(stream))]).toEqual(kept);
  }
  return heard.length;
}

/** Of both topics, which other tests use too, what was told of these entries. */
async function toldByKafka(bodies: ReadonlySet<string>): Promise<{ key: string; body: string }[]> {
  const heard: { key: string; body: string }[] = [];
  const { brokers } = servers().kafka;
  const subscriber = kafkaSubscriber({
    brokers,
    clientId: 'relay-spec',
    groupId: randomUUID(),
    log,
    onFatal: (error) => {
      throw error;
    },
  });
  open.push(() => subscriber.stop());
  await subscriber.run([topics.dossier, topics.organisation], ({ messages }) => {
    heard.push(
      ...messages
        .map(({ key, value }) => ({ key: String(key), body: String(value) }))
        .filter(({ body }) => bodies.has(body)),
    );
    return Promise.resolve();
  });
  await eventually(() => expect(new Set(heard.map(({ body }) => body)).size).toBe(bodies.size), patience);
  return heard;
}

async function entriesByPosition(): Promise<Record<string, unknown>[]> {
  return desk.rows(
    `select stream, sequence, hash, body from desk.journal join desk.feed using (stream, sequence) order by position`,
  );
}

async function positionOf(stream: string): Promise<unknown> {
  const [row] = await desk.rows('select position from desk.feed where stream = $1 and sequence = 1', stream);
  return row?.['position'] ?? null;
}

async function recordedAt(stream: string): Promise<string> {
  const [row] = await desk.rows('select body from desk.journal where stream = $1 and sequence = 1', stream);
  return (JSON.parse(row?.['body'] as string) as { recordedat: string }).recordedat;
}

const leader = `select pid from pg_locks join pg_stat_activity using (pid)
  where locktype = 'advisory' and granted and datname = current_database() and application_name = 'motcua-relay'`;

async function leaderPid(): Promise<number> {
  return eventually(async () => {
    const [row] = await desk.rows(leader);
    expect(row).toBeDefined();
    return row?.['pid'] as number;
  });
}

/** Cuts the connection of the relay that leads, as a network would, and answers its process id. */
async function endTheLead(): Promise<number> {
  const pid = await leaderPid();
  await desk.rows('select pg_terminate_backend($1)', pid);
  return pid;
}
