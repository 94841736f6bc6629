import { randomUUID } from 'node:crypto';
import type { DossierEvent, PostHolder } from '#contracts';
import { ensureTopics, kafkaPublisher, topics, type Publisher } from '#messaging';
import { accessOf, canonicalJson, createLogger } from '#platform';
import { eventually, routesOf, servers } from '#testing';
import { poisons } from '../../../../workflows/test/poison';
import { DeskStandIn } from '../../test/desk-stand-in';
import { entryOf, history, hoa, lan } from '../../test/events';
import { OversightAtWork, testKeys, type TestKeys } from '../../test/oversight-at-work';
import { OversightModule } from '../oversight.module';
import { oversightDatabase, type OversightDatabase } from '../../test/oversight-database';

/* What oversight cannot apply, on real servers: seen, sent again and discarded over HTTP. */
jest.setTimeout(180_000);
/** The limit of reliability.md: what is poison is put aside by then. */
const isolated = { timeoutMs: 30_000 };
const patience = { timeoutMs: 90_000 };

const quang: PostHolder = { officialId: 'quang', postId: 'operator', officeId: 'vinh' };

let database: OversightDatabase;
let desk: DeskStandIn;
let keys: TestKeys;
let kafka: Publisher;
let oversight: OversightAtWork;

beforeAll(async () => {
  const log = createLogger({ name: 'test', level: 'silent' });
  const { brokers } = servers().kafka;
  await ensureTopics(brokers, log);
  kafka = kafkaPublisher({ brokers, clientId: 'test', log });
  [database, desk, keys] = await Promise.all([oversightDatabase(), DeskStandIn.start(), testKeys()]);
  desk.administrators.add('quang');
  oversight = await OversightAtWork.start({ databaseUrl: database.url, deskUrl: desk.url, keys, smtpUrl: null });
});
afterAll(async () => {
  await oversight.stop();
  await kafka.close();
  await Promise.all([desk.stop(), database.drop()]);
  keys.remove();
});

async function told(...events: DossierEvent[]): Promise<void> {
  await kafka.publish(
    topics.dossier,
    events.map((event) => ({ key: event.subject, value: entryOf(event).body })),
  );
}

/** A dossier whose rung rang, in desk's journal; nothing of it is told. */
function escalated(): { readonly id: string; readonly events: DossierEvent[] } {
  const id = randomUUID();
  const { received, escalated } = history(id);
  const events = [received(), escalated()];
  desk.record(...events);
  return { id, events };
}

async function alertsOf(dossierId: string): Promise<any[]> {
  const { body } = await oversight.get(hoa, '/alerts?limit=200');
  return body.alerts.filter((alert: { dossierId: string }) => alert.dossierId === dossierId);
}

async function lettersOf(dossierId: string): Promise<any[]> {
  const { body } = await oversight.get(quang, '/dead-letters?limit=200');
  return body.letters.filter(({ stream }: { stream: string }) => stream === dossierId);
}

async function putAside(dossierId: string): Promise<{ id: string; reason: string }> {
  return eventually(async () => {
    const letters = await lettersOf(dossierId);
    expect(letters).toHaveLength(1);
    return letters[0];
  }, isolated);
}

test.each(Object.entries(poisons))(
  'a message that is %s waits aside with its reason, holds up nobody, and its dossier goes on when it is sent again or discarded',
  async (_, { of, reason }) => {
    const [resent, discarded, other] = [escalated(), escalated(), escalated()];
    for (const { id, events } of [resent, discarded]) {
      // The port carries texts alone; what lies behind it takes bytes as they are.
      await kafka.publish(topics.dossier, [{ key: id, value: of(entryOf(events[0]!).body) as string }]);
    }
    await told(...other.events);

    const [again, away] = [await putAside(resent.id), await putAside(discarded.id)];
    expect([again.reason, away.reason]).toEqual([expect.stringContaining(reason), expect.stringContaining(reason)]);
    await eventually(async () => expect(await alertsOf(other.id)).toHaveLength(1), patience);
    expect(await alertsOf(resent.id)).toEqual([]);

    expect(await oversight.post(quang, `/dead-letters/${again.id}/resend`, {})).toMatchObject({ status: 200 });
    expect(await oversight.post(quang, `/dead-letters/${away.id}/discard`, { reasonCode: 'foreign' })).toMatchObject({
      status: 200,
      body: { stream: discarded.id },
    });

    for (const { id } of [resent, discarded]) {
      expect(await alertsOf(id)).toHaveLength(1);
      expect(await lettersOf(id)).toEqual([]);
    }
    expect(desk.asked.filter(({ path }) => path === '/dead-letters/discarded').at(-1)).toMatchObject({
      sub: 'quang',
      body: { consumer: 'oversight', stream: discarded.id, reasonCode: 'foreign' },
    });
  },
);

test('events of types that this build does not know change nothing, and the chain goes on over them', async () => {
  const id = randomUUID();
  const [received] = [history(id).received()];
  const beamed = {
    ...received,
    type: 'dossier-beamed',
    dataschema: 'urn:motcua:dossier-beamed/1',
    sequence: 2,
    previoushash: entryOf(received).hash,
    data: { to: 'orbit' },
  } as unknown as DossierEvent;
  const rang = history(id);
  rang.received();
  const escalation = { ...rang.escalated(), sequence: 3, previoushash: entryOf(beamed).hash };
  desk.record(received, beamed, escalation);
  await told(received, beamed, escalation);

  await eventually(async () => expect(await alertsOf(id)).toHaveLength(1), patience);
  expect(await lettersOf(id)).toEqual([]);
});

test('what is told of the organisation, also that a message was discarded, is passed over in the feed', async () => {
  const { id, events } = escalated();
  const loaded = { ...events[0]!, type: 'dead-letter-discarded', subject: 'organisation', data: {} };
  const body = canonicalJson(loaded);
  desk.journal.push({ stream: 'organisation', sequence: 1, hash: 'unread', body });
  const deaf = await OversightAtWork.start({
    databaseUrl: database.url,
    deskUrl: desk.url,
    keys,
    smtpUrl: null,
    brokers: '127.0.0.1:1',
  });
  try {
    await eventually(async () => expect(await alertsOf(id)).toHaveLength(1), patience);
    await eventually(async () => {
      const [row] = await database.rows<{ position: string }>('select position from oversight.feed_position');
      expect(Number(row?.position)).toBe(desk.journal.length);
    }, patience);
    const letters = await database.rows("select 1 from oversight.dead_letter where stream = 'organisation'");
    expect(letters).toEqual([]);
  } finally {
    await deaf.stop();
  }
});

test('no route answers who has no token, and of those that are not everybody’s own none answers a clerk', async () => {
  const routes = await routesOf(OversightModule);
  expect(routes.length).toBeGreaterThan(6);
  for (const { method, path, handler } of routes) {
    const url = path.replace('{dossierId}', randomUUID()).replace(/\{\w+\}/g, '1');
    const said = method === 'POST' ? { body: {}, key: randomUUID() } : undefined;
    expect([path, (await oversight.send(method, url, null, said)).status]).toEqual([path, 401]);
    const access = accessOf(handler);
    const action = access === 'public' || access === undefined ? 'none' : access.action;
    if (['read-own-alerts', 'acknowledge'].includes(action)) continue;
    expect([path, (await oversight.send(method, url, await oversight.tokenOf(lan), said)).status]).toEqual([path, 403]);
  }
});

test('whoever may not, sees nothing and mends nothing', async () => {
  expect(await oversight.get(lan, '/dead-letters')).toMatchObject({ status: 403, body: { code: 'ACTION_FORBIDDEN' } });
  expect(await oversight.post(lan, '/dead-letters/1/resend', {})).toMatchObject({ status: 403 });
  expect(await oversight.post(lan, '/dead-letters/1/discard', { reasonCode: 'drill' })).toMatchObject({ status: 403 });
  const told = desk.asked.filter(({ path }) => path === '/refusals').map(({ body }) => body);
  expect(told.slice(-3)).toMatchObject([
    {
      officialId: 'lan',
      action: 'read-dead-letters',
      route: 'GET /dead-letters',
      dossierId: null,
      outcome: 'forbidden',
    },
    { officialId: 'lan', action: 'resend-dead-letter', route: 'POST /dead-letters/:id/resend' },
    { officialId: 'lan', action: 'discard-dead-letter', route: 'POST /dead-letters/:id/discard' },
  ]);
});
