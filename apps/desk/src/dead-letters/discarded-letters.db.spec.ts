import { randomUUID } from 'node:crypto';
import { parseEvent } from '#contracts';
import { DeskAtWork } from '../../test/desk-at-work';

jest.setTimeout(60_000);

let desk: DeskAtWork;
beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
});
afterAll(() => desk.stop());

function letter(change: object = {}) {
  const sha256 = 'a'.repeat(64);
  return {
    consumer: 'clock',
    topic: 'motcua.dossier',
    partition: 3,
    offset: '17',
    sha256,
    stream: randomUUID(),
    reasonCode: 'damaged',
    ...change,
  };
}

async function journalled(stream: string | null) {
  const rows = await desk.rows(
    `select body from desk.journal where stream = 'organisation' and type = 'dead-letter-discarded' order by sequence`,
  );
  const events = rows.map(({ body }) => parseEvent(body as string));
  return events.filter(({ data }) => (data as { stream?: string | null }).stream === stream);
}

test('a message that is discarded is journalled once, with who did it and why, however often it is said', async () => {
  const discarded = letter();

  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => desk.as('quang', 'POST', '/dead-letters/discarded', discarded)),
  );

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(answers.filter(({ body }) => body.changed)).toHaveLength(1);
  expect(await journalled(discarded.stream)).toMatchObject([
    { subject: 'organisation', data: { ...discarded, actor: { officialId: 'quang', officeId: 'do-luong' } } },
  ]);
});

test('another message at the same offset is another one, as after Kafka was filled again', async () => {
  const stream = randomUUID();
  for (const sha256 of ['b'.repeat(64), 'c'.repeat(64)]) {
    await desk.as('quang', 'POST', '/dead-letters/discarded', letter({ stream, offset: '18', sha256 }));
  }

  expect(await journalled(stream)).toHaveLength(2);
});

test('a message of no stream, and one that came by the feed, are journalled as well', async () => {
  await desk.as('quang', 'POST', '/dead-letters/discarded', letter({ stream: null, partition: -1, offset: '19' }));

  expect(await journalled(null)).toMatchObject([{ data: { partition: -1, stream: null } }]);
});

test.each([
  ['free text as its reason', { reasonCode: 'Nguyễn Văn An asked for it' }],
  ['a stream that can be no stream', { stream: 'Nguyễn Văn An' }],
  ['a field that nobody asked for', { remark: 'Nguyễn Văn An' }],
])('with %s it is refused', async (_, change) => {
  expect(await desk.as('quang', 'POST', '/dead-letters/discarded', letter(change))).toMatchObject({
    status: 400,
    body: { code: 'FIELD_INVALID' },
  });
});

test.each(['lan', 'thu'])('%s may not discard messages', async (officialId) => {
  expect(await desk.as(officialId, 'POST', '/dead-letters/discarded', letter())).toMatchObject({ status: 403 });
});

test('a service cannot discard one of its own', async () => {
  expect(await desk.asService('clock', 'POST', '/dead-letters/discarded', letter())).toMatchObject({ status: 403 });
});

test('whoever asks hears how far their post entitles them', async () => {
  const scope = async (officialId: string, action: string) =>
    (await desk.as(officialId, 'GET', `/rights/${action}`)).body.scope as unknown;

  expect(await scope('quang', 'resend-dead-letter')).toBe('everywhere');
  expect(await scope('thu', 'read-dead-letters')).toBe('everywhere');
  expect(await scope('thu', 'resend-dead-letter')).toBeNull();
  expect(await scope('lan', 'receive')).toBe('own-office');
  expect(await scope('lan', 'toString')).toBeNull();
});
