import { randomUUID } from 'node:crypto';
import type { DossierEvent, PostHolder } from '#contracts';
import { ensureTopics, kafkaPublisher, topics, type Publisher } from '#messaging';
import { createLogger, signToken } from '#platform';
import { documentedMetrics, eventually, MailSink, namesIn, scraped, servers } from '#testing';
import { DeskStandIn } from '../test/desk-stand-in';
import { entryOf, history, hoa, lan, minh } from '../test/events';
import { EventStream } from '../test/event-stream';
import { OversightAtWork, testKeys, type TestKeys } from '../test/oversight-at-work';
import { oversightDatabase, type OversightDatabase } from '../test/oversight-database';

jest.setTimeout(120_000);

/** Holds the head's post after Hoà. */
const thu: PostHolder = { ...hoa, officialId: 'thu' };
const quang: PostHolder = { officialId: 'quang', postId: 'operator', officeId: 'vinh' };

const group = `oversight-${randomUUID()}`;
let database: OversightDatabase;
let desk: DeskStandIn;
let sink: MailSink;
let keys: TestKeys;
let kafka: Publisher;
let oversight: OversightAtWork;

beforeAll(async () => {
  const log = createLogger({ name: 'test', level: 'silent' });
  const { brokers } = servers().kafka;
  await ensureTopics(brokers, log);
  kafka = kafkaPublisher({ brokers, clientId: 'test', log });
  [database, desk, sink, keys] = await Promise.all([
    oversightDatabase(),
    DeskStandIn.start(),
    MailSink.start(),
    testKeys(),
  ]);
  oversight = await oneMore();
});
afterAll(async () => {
  await oversight.stop();
  await kafka.close();
  await Promise.all([desk.stop(), sink.stop(), database.drop()]);
  keys.remove();
});

/** One more process on the same database and in the same group. */
function oneMore(): Promise<OversightAtWork> {
  return OversightAtWork.start({ databaseUrl: database.url, deskUrl: desk.url, keys, smtpUrl: sink.url, group });
}

/** Journals events and tells them by Kafka. */
async function happened(...events: DossierEvent[]): Promise<void> {
  desk.record(...events);
  await told(...events);
}

async function told(...events: DossierEvent[]): Promise<void> {
  await kafka.publish(
    topics.dossier,
    events.map((event) => ({ key: event.subject, value: entryOf(event).body })),
  );
}

async function alertsOf(dossierId: string, person: PostHolder = hoa, state = 'open'): Promise<any[]> {
  const { body } = await oversight.get(person, `/alerts?state=${state}&limit=200`);
  return body.alerts.filter((alert: { dossierId: string }) => alert.dossierId === dossierId);
}

function mailsOf(dossierId: string) {
  return sink.mails.filter(({ messageId }) => messageId.includes(dossierId));
}

function live(stream: EventStream, dossierId: string): string[] {
  return stream.alerts.filter((alert) => alert.dossierId === dossierId).map(({ state }) => state);
}

test('an escalation reaches the head as an alert, live, and by mail, each once', async () => {
  const id = randomUUID();
  const events = history(id);
  const stream = await oversight.stream(hoa);

  await happened(events.received(), events.escalated());

  await eventually(() => expect(live(stream, id)).toEqual(['open']));
  expect(await alertsOf(id)).toMatchObject([
    {
      code: 'H41.16-261123-0001',
      rung: 'overdue',
      of: 'legalDueAt',
      dueAt: '2026-11-26T02:00:00.000Z',
      ofDueAt: '2026-11-25T10:00:00.000Z',
      responsible: lan,
      addressee: hoa,
      recordedBy: 'clock',
      state: 'open',
      ofCurrentSchedule: true,
    },
  ]);
  await eventually(() => expect(mailsOf(id)).toMatchObject([{ to: ['hoa@vinh.example'] }]));
  await eventually(async () => expect(await alertsOf(id)).toMatchObject([{ mail: { state: 'sent', reason: null } }]));
  stream.breakOff();
});

test('what is told twice, three times, late or out of order changes nothing', async () => {
  const id = randomUUID();
  const events = history(id);
  const [received, escalated, acknowledged] = [events.received(), events.escalated(), events.acknowledged()];
  desk.record(received, escalated, acknowledged);
  const stream = await oversight.stream(hoa);

  await told(escalated, received, acknowledged, escalated, received, acknowledged, received, escalated);

  await eventually(() => expect(live(stream, id).at(-1)).toBe('acknowledged'));
  const marker = randomUUID();
  const later = history(marker);
  await happened(later.received(), later.escalated());
  await told(received, escalated, acknowledged);
  await eventually(async () =>
    expect(await oversight.get(hoa, '/health/caught-up')).toMatchObject({
      body: { checks: { consumerMessages: { lag: 0 } } },
    }),
  );
  expect(await alertsOf(id, hoa, 'acknowledged')).toMatchObject([
    { plannedAt: '2026-11-27T10:00:00.000Z', acknowledgedBy: 'hoa' },
  ]);
  expect(await alertsOf(id)).toEqual([]);
  expect(mailsOf(id).length).toBeLessThanOrEqual(1);
  stream.breakOff();
});

test('what Kafka lost is fetched from the journal before the next is applied', async () => {
  const id = randomUUID();
  const events = history(id);
  desk.record(events.received(), events.escalated());
  const second = events.escalated({ rung: 'head-of-authority' });

  await happened(second);

  await eventually(async () =>
    expect(await alertsOf(id)).toMatchObject([{ rung: 'overdue' }, { rung: 'head-of-authority' }]),
  );
});

test('a withdrawn alert is shown as such, with what became of its mail', async () => {
  const id = randomUUID();
  const events = history(id);
  await happened(events.received(), events.escalated());
  await eventually(async () => expect(await alertsOf(id)).toMatchObject([{ mail: { state: 'sent' } }]));

  await happened(events.withdrawn());

  await eventually(async () =>
    expect(await alertsOf(id, hoa, 'withdrawn')).toMatchObject([{ mail: { state: 'sent' } }]),
  );
});

test('a live stream that breaks off goes on where it was, without loss', async () => {
  const [first, missed] = [randomUUID(), randomUUID()];
  const [ofFirst, ofMissed] = [history(first), history(missed)];
  const stream = await oversight.stream(hoa);
  await happened(ofFirst.received(), ofFirst.escalated());
  await eventually(() => expect(live(stream, first)).toEqual(['open']));
  stream.breakOff();

  await happened(ofFirst.acknowledged(), ofMissed.received(), ofMissed.escalated(), ofMissed.returned());
  await eventually(async () => expect(await alertsOf(missed, hoa, 'ended')).toHaveLength(1));
  const resumed = await oversight.stream(hoa, stream.lastEventId);

  await eventually(() => {
    expect(live(resumed, first)).toEqual(['acknowledged']);
    expect(live(resumed, missed)).toEqual(['ended']);
  });
  expect(resumed.events.some(({ event }) => event === 'caught-up')).toBe(false);
  resumed.breakOff();
});

test('a new live stream begins with what is open, and says when it has caught up', async () => {
  const [open, taken] = [randomUUID(), randomUUID()];
  const [ofOpen, ofTaken] = [history(open), history(taken)];
  await happened(
    ofOpen.received(),
    ofOpen.escalated(),
    ofTaken.received(),
    ofTaken.escalated(),
    ofTaken.acknowledged(),
  );
  await eventually(async () => {
    expect(await alertsOf(open)).toHaveLength(1);
    expect(await alertsOf(taken, hoa, 'acknowledged')).toHaveLength(1);
  });

  const stream = await oversight.stream(hoa);
  await eventually(() => expect(stream.events.at(-1)?.event).toBe('caught-up'));

  expect(live(stream, open)).toEqual(['open']);
  expect(live(stream, taken)).toEqual([]);
  stream.breakOff();
});

test('an id from before the table was rebuilt begins anew', async () => {
  const stream = await oversight.stream(hoa, '999999999');

  await eventually(() => expect(stream.events.some(({ event }) => event === 'caught-up')).toBe(true));
  stream.breakOff();
});

test('a second process shows and sends what the first has heard, once', async () => {
  const second = await oneMore();
  const streams = [await oversight.stream(hoa), await second.stream(hoa)];
  const ids = Array.from({ length: 10 }, () => randomUUID());
  try {
    for (const id of ids) {
      const events = history(id);
      await happened(events.received(), events.escalated());
    }
    await eventually(() => {
      for (const stream of streams) for (const id of ids) expect(live(stream, id)).toEqual(['open']);
    });
    await eventually(async () => {
      for (const id of ids) expect(await alertsOf(id)).toMatchObject([{ mail: { state: 'sent' } }]);
    });
    // Each in a mail of its own or in one of many, as they came.
    for (const id of ids) expect(sink.mails.filter(({ text }) => text.includes(id))).toHaveLength(1);
  } finally {
    for (const stream of streams) stream.breakOff();
    await second.stop();
  }
});

test('an alert is taken up in one call: desk hears it from the person, once, and nobody has looked at the dossier', async () => {
  const id = randomUUID();
  const key = randomUUID();
  const path = `/alerts/${id}/1/overdue/acknowledgement`;

  const reply = await oversight.post(hoa, path, { plannedAt: '2026-11-27T10:00:00.000Z', reasonCode: 'survey' }, key);

  expect(reply).toMatchObject({ status: 200, body: { status: 'in-process' } });
  expect(reply.headers.get('etag')).toBe('"8"');
  expect(desk.asked.filter((asked) => asked.path.includes(id))).toEqual([
    expect.objectContaining({ method: 'GET', path: `/dossiers/${id}`, sub: 'service:oversight' }),
    {
      method: 'POST',
      path: `/dossiers/${id}/escalations/1/overdue/acknowledgement`,
      sub: 'hoa',
      key,
      ifMatch: '"7"',
      body: { plannedAt: '2026-11-27T10:00:00.000Z', reasonCode: 'survey' },
    },
  ]);
});

test.each([
  [403, 'ACTION_FORBIDDEN'],
  [404, 'DOSSIER_NOT_FOUND'],
])('whoever may not take an alert up is told so by desk itself: %i', async (status, code) => {
  const { acknowledgement } = desk;
  desk.acknowledgement = { status, body: { code, detail: 'Not by that post.' } };

  const body = { plannedAt: '2026-11-27T10:00:00.000Z', reasonCode: 'survey' };
  const reply = await oversight.post(lan, `/alerts/${randomUUID()}/1/overdue/acknowledgement`, body);

  expect(reply).toMatchObject({ status, body: { code, detail: 'Not by that post.' } });
  expect(desk.asked.at(-1)).toMatchObject({ method: 'POST', sub: 'lan' });
  desk.acknowledgement = acknowledgement;
});

test('what desk refuses, the caller is told as desk said it', async () => {
  const { acknowledgement } = desk;
  desk.acknowledgement = { status: 412, body: { code: 'VERSION_STALE', detail: 'Look again.', currentETag: '"9"' } };

  const body = { plannedAt: '2026-11-27T10:00:00.000Z', reasonCode: 'survey' };
  const reply = await oversight.post(hoa, `/alerts/${randomUUID()}/1/overdue/acknowledgement`, body);

  expect(reply).toMatchObject({
    status: 412,
    body: { code: 'VERSION_STALE', detail: 'Look again.', currentETag: '"9"' },
  });
  desk.acknowledgement = acknowledgement;
});

test('an acknowledgement needs a key and a planned date', async () => {
  const path = `/alerts/${randomUUID()}/1/overdue/acknowledgement`;
  const token = await oversight.tokenOf(hoa);

  const body = { plannedAt: 'x', reasonCode: 'survey' };
  const withoutKey = await oversight.send('POST', path, token, { body, key: null });
  const withoutDate = await oversight.send('POST', path, token, { body: {}, key: randomUUID() });

  expect(withoutKey).toMatchObject({ status: 400, body: { errors: [{ field: 'Idempotency-Key' }] } });
  expect(withoutDate).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'plannedAt' }, { field: 'reasonCode' }] },
  });
});

test('an alert is seen by the person told and by whoever holds the post now, and by nobody else', async () => {
  const id = randomUUID();
  const events = history(id);
  const stranger = await oversight.stream(minh);
  await happened(events.received(), events.escalated());
  await eventually(async () => expect(await alertsOf(id)).toHaveLength(1));

  expect(await alertsOf(id, thu)).toHaveLength(1);
  expect(await alertsOf(id, { ...hoa, postId: 'another-post' })).toHaveLength(1);
  expect(await alertsOf(id, minh)).toEqual([]);
  expect(await alertsOf(id, lan)).toEqual([]);
  await happened(events.acknowledged());
  await eventually(async () => expect(await alertsOf(id, hoa, 'acknowledged')).toHaveLength(1));
  expect(live(stranger, id)).toEqual([]);
  stranger.breakOff();
});

describe('who stands in for the head', () => {
  afterEach(() => {
    desk.standsIn = new Map();
    desk.complaints.clear();
  });

  test('sees what was told to the head before that began, takes it up in their own name, and sees it no more after', async () => {
    const id = randomUUID();
    const events = history(id);
    await happened(events.received(), events.escalated());
    await eventually(async () => expect(await alertsOf(id)).toHaveLength(1));
    expect(await alertsOf(id, minh)).toEqual([]);

    desk.standsIn!.set('minh', [hoa.postId]);

    expect(await alertsOf(id, minh)).toMatchObject([{ state: 'open', addressee: hoa }]);
    expect((await oversight.get(minh, '/alerts')).body.standsInFor).toEqual([hoa.postId]);
    const body = { plannedAt: '2026-11-27T10:00:00.000Z', reasonCode: 'survey' };
    expect((await oversight.post(minh, `/alerts/${id}/1/overdue/acknowledgement`, body)).status).toBe(200);
    expect(desk.asked.at(-1)).toMatchObject({ method: 'POST', sub: 'minh' });

    desk.standsIn!.clear();
    expect(await alertsOf(id, minh)).toEqual([]);
  });

  test('gets it live: in a stream that is open when it begins, in one that resumes, and what comes later', async () => {
    const [before, later] = [randomUUID(), randomUUID()];
    const [ofBefore, ofLater] = [history(before), history(later)];
    await happened(ofBefore.received(), ofBefore.escalated());
    await eventually(async () => expect(await alertsOf(before)).toHaveLength(1));
    const stream = await oversight.stream(minh);
    await eventually(() => expect(stream.events.at(-1)?.event).toBe('caught-up'));
    expect(live(stream, before)).toEqual([]);

    desk.standsIn!.set('minh', [hoa.postId]);
    const resumed = await oversight.stream(minh, stream.lastEventId);

    await eventually(() => expect(live(resumed, before)).toEqual(['open']));
    await eventually(() => expect(live(stream, before)).toEqual(['open']), { timeoutMs: 40_000 });
    await happened(ofLater.received(), ofLater.escalated());
    await eventually(() => {
      for (const one of [stream, resumed]) expect(live(one, later)).toEqual(['open']);
    });
    for (const one of [stream, resumed]) one.breakOff();
  });

  test('hears of no complaint about themselves, in no list and no stream', async () => {
    const [complaint, plain] = [randomUUID(), randomUUID()];
    desk.complaints.set('minh', [complaint]);
    desk.standsIn!.set('minh', [hoa.postId]);
    const stream = await oversight.stream(minh);
    for (const id of [complaint, plain]) {
      const events = history(id);
      await happened(events.received(), events.escalated());
    }

    await eventually(() => expect(live(stream, plain)).toEqual(['open']));
    await eventually(async () => expect(await alertsOf(complaint)).toHaveLength(1));
    expect(await alertsOf(plain, minh)).toHaveLength(1);
    expect(await alertsOf(complaint, minh)).toEqual([]);
    const again = await oversight.stream(minh);
    await eventually(() => expect(again.events.some(({ event }) => event === 'caught-up')).toBe(true));
    for (const one of [stream, again]) {
      expect(live(one, complaint)).toEqual([]);
      one.breakOff();
    }
  });

  test('is not known while desk does not answer: everybody keeps their own alerts, and is told so', async () => {
    const id = randomUUID();
    const events = history(id);
    await happened(events.received(), events.escalated());
    await eventually(async () => expect(await alertsOf(id)).toHaveLength(1));
    desk.standsIn = null;

    expect(await alertsOf(id)).toHaveLength(1);
    expect(await alertsOf(id, minh)).toEqual([]);
    expect((await oversight.get(minh, '/alerts')).body.standsInFor).toBeNull();
  });
});

test('alerts are listed earliest due first, page by page', async () => {
  const head: PostHolder = { officialId: 'ngoc', postId: 'do-luong-head', officeId: 'do-luong' };
  const dueAt = ['2026-11-26T05:00:00.000Z', '2026-11-26T03:00:00.000Z', '2026-11-26T04:00:00.000Z'];
  for (const time of dueAt) {
    const events = history(randomUUID());
    await happened(events.received(), events.escalated({ addressee: head }, time));
  }
  await eventually(async () => expect((await oversight.get(head, '/alerts')).body.alerts).toHaveLength(3));

  const first = await oversight.get(head, '/alerts?limit=2');
  const second = await oversight.get(head, `/alerts?limit=2&cursor=${String(first.body.next)}`);

  const pages = [...first.body.alerts, ...second.body.alerts].map((alert: { dueAt: string }) => alert.dueAt);
  expect(pages).toEqual([...dueAt].sort());
  expect(second.body.next).toBeNull();
});

test('the delivery log is for those who may read the journal', async () => {
  desk.administrators.add('quang');

  expect(await oversight.get(hoa, '/alerts/deliveries?state=sent')).toMatchObject({
    status: 403,
    body: { code: 'ACTION_FORBIDDEN' },
  });
  expect(await oversight.get(quang, '/alerts/deliveries?state=sent')).toMatchObject({
    status: 200,
    body: {
      deliveries: expect.arrayContaining([
        expect.objectContaining({
          state: 'sent',
          attempts: 1,
          addressee: expect.objectContaining(hoa),
          nextAttemptAt: null,
        }),
      ]),
    },
  });
  const { body } = await oversight.get(quang, '/alerts/deliveries?state=sent&limit=1');
  expect(body).toEqual({ deliveries: [expect.objectContaining({ state: 'sent' })], next: expect.any(String) });
});

test('without a token nobody is told anything, and a service is no person', async () => {
  expect((await oversight.send('GET', '/alerts', null)).status).toBe(401);
  const foreign = await signToken(keys.issuer.privateJwk, { sub: 'hoa', post: 'p', office: 'o', audience: 'desk' });
  expect((await oversight.send('GET', '/alerts', foreign)).status).toBe(401);
});

test('a live stream ends with the token it was opened with', async () => {
  const stream = await EventStream.open(`${oversight.url}/alerts/stream`, await oversight.tokenOf(hoa, 298));

  await stream.ended;
  expect(stream.events.at(-1)?.event).toBe('caught-up');
});

test('a mail server that is down and comes back gets the mail, with the same id', async () => {
  const id = randomUUID();
  const events = history(id);
  await sink.stop();
  await happened(events.received(), events.escalated());
  await eventually(async () =>
    expect(await alertsOf(id)).toMatchObject([{ mail: { state: 'pending', reason: expect.any(String) as string } }]),
  );
  await eventually(async () => {
    const { body } = await oversight.get(hoa, '/health/caught-up');
    expect(body.checks.undeliveredMails).toMatchObject({ ok: false });
  });

  await sink.listen();
  await database.rows('update oversight.delivery set next_attempt_at = clock_timestamp()');

  await eventually(async () => expect(await alertsOf(id)).toMatchObject([{ mail: { state: 'sent' } }]));
  expect(mailsOf(id)).toMatchObject([{ messageId: `<${id}.1.overdue@motcua>` }]);
});

test('a poisoned dossier waits, is shown, and holds up no other', async () => {
  const [poisoned, sound] = [randomUUID(), randomUUID()];
  const [ofPoisoned, ofSound] = [history(poisoned), history(sound)];
  await kafka.publish(topics.dossier, [{ key: poisoned, value: '{"specversion":"1.0"' }]);

  await happened(ofPoisoned.received(), ofPoisoned.escalated(), ofSound.received(), ofSound.escalated());

  await eventually(async () => expect(await alertsOf(sound)).toHaveLength(1));
  await eventually(async () =>
    expect(await database.rows('select 1 from oversight.dead_letter where stream = $1', poisoned)).toHaveLength(1),
  );
  expect(await alertsOf(poisoned)).toEqual([]);
  await eventually(async () => {
    const { body } = await oversight.get(hoa, '/health/caught-up');
    expect(body.checks.blockedDossiers).toMatchObject({ ok: false });
  });
});

test('while Kafka is silent the feed is read, and no mail server is no hindrance', async () => {
  const own = await oversightDatabase();
  const alone = await DeskStandIn.start();
  const [first, second] = [randomUUID(), randomUUID()];
  const [ofFirst, ofSecond] = [history(first), history(second)];
  alone.record(ofFirst.received(), ofFirst.escalated(), ofSecond.received());
  const deaf = await OversightAtWork.start({
    databaseUrl: own.url,
    deskUrl: alone.url,
    keys,
    smtpUrl: null,
    brokers: '127.0.0.1:1',
  });
  const stream = await deaf.stream(hoa);
  try {
    expect((await deaf.get(hoa, '/health/ready')).status).toBe(200);
    await eventually(() => expect(live(stream, first)).toEqual(['open']));
    alone.record(ofSecond.escalated(), ofFirst.returned());
    await eventually(() => {
      expect(live(stream, second)).toEqual(['open']);
      expect(live(stream, first)).toEqual(['open', 'ended']);
    });
    await eventually(async () => {
      const { body } = await deaf.get(hoa, '/alerts');
      expect(body.alerts).toMatchObject([{ mail: { state: 'not-sent', reason: 'No mail server is set (SMTP_URL).' } }]);
      expect(await own.rows('select position from oversight.feed_position')).toEqual([{ position: '5' }]);
    });
  } finally {
    // Stops although a live stream is open: the stream ends first.
    await deaf.stop();
    await stream.ended;
    await alone.stop();
    await own.drop();
  }
});

test('what is served to Prometheus is what the document names', async () => {
  expect(namesIn(await scraped(oversight.url))).toEqual(documentedMetrics('oversight'));
});
