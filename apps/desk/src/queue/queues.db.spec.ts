import { DeskAtWork, withMigrator, type Reply } from '../../test/desk-at-work';
import { queueNames, type QueueName } from './queue.dto';
import type { QueueRow } from './queue-row';
import type { QueuePage } from './queues';

jest.setTimeout(120_000);

const PROCEDURE = '1.012786';
const lan = { officialId: 'lan', postId: 'do-luong-centre-clerk' };
const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };
const son = { officialId: 'son', postId: 'do-luong-land-officer' };
const tuan = { officialId: 'tuan', postId: 'do-luong-civil-officer' };
const people = ['lan', 'huong', 'binh', 'minh', 'son', 'hoa', 'tuan', 'dung', 'an', 'thu', 'kien'];

let desk: DeskAtWork;
const made: string[] = [];

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation: withMigrator });
  await handed(await received({}), minh); // Not answered yet.
  const taken = await handed(await received({}), minh);
  await command('minh', taken, 'accept-hand-over');
  await handed(await received({}), tuan);
  await received({});
  const late = await received({ occurredAt: '2026-01-05T02:00:00.000Z', responsible: minh }, 'kien');
  await command('minh', late, 'request-supplement', { reasonCode: 'document-missing', components: ['identity'] });
  await received({ occurredAt: '2026-01-06T02:00:00.000Z', responsible: son }, 'kien');
  await received({ occurredAt: '2026-01-05T03:00:00.000Z', responsible: minh }, 'kien');
  const done = await received({ occurredAt: '2026-01-07T02:00:00.000Z', responsible: minh }, 'kien');
  await command('minh', done, 'mark-processed', { result: 'granted' });
  const returned = await handed(await received({}), son);
  await command('son', returned, 'mark-processed', { result: 'granted' });
  await command('son', returned, 'return', { to: 'applicant', proof: 'signature' });
  await added('lan', '/submissions', { procedureCode: PROCEDURE, channel: 'post' });
  const about = { officeId: 'do-luong-land' };
  const complaint = await added('lan', '/dossiers', { procedureCode: 'S1.000020', channel: 'desk', about });
  await handed(complaint, { officialId: 'binh', postId: 'do-luong-centre-director' });
  await added('lan', '/dossiers', { procedureCode: 'S1.000020', channel: 'desk', about: { officialId: 'binh' } });
});
afterAll(() => desk.stop());

async function added(who: string, path: string, body: object): Promise<string> {
  const applicant = { name: 'Nguyễn Văn Kín', phone: '0911222333' };
  const reply = await desk.as(who, 'POST', path, { applicant, ...body });
  if (reply.status !== 201) throw new Error(JSON.stringify(reply));
  const { dossierId } = reply.body as { dossierId: string };
  made.push(dossierId);
  return dossierId;
}

async function received(body: object, who = 'lan'): Promise<string> {
  return added(who, '/dossiers', { procedureCode: PROCEDURE, channel: 'desk', ...body });
}

async function command(who: string, dossierId: string, name: string, body: object = {}): Promise<Reply> {
  const { etag } = await desk.as('thu', 'GET', `/dossiers/${dossierId}`);
  const reply = await desk.as(who, 'POST', `/dossiers/${dossierId}/${name}`, body, { ifMatch: etag });
  if (reply.status !== 200) throw new Error(JSON.stringify(reply));
  return reply;
}

async function handed(dossierId: string, to: object): Promise<string> {
  await command('lan', dossierId, 'hand-over', { to });
  return dossierId;
}

async function page(who: string, queue: string, query = ''): Promise<QueuePage> {
  const { status, body } = await desk.as(who, 'GET', `/queues/${queue}?${query}`);
  expect(status).toBe(200);
  return body as QueuePage;
}

/** All of a queue, in pages of two. */
async function rows(who: string, queue: QueueName): Promise<readonly QueueRow[]> {
  const all: QueueRow[] = [];
  for (let cursor = ''; ;) {
    const { rows: some, next } = await page(who, queue, `limit=2${cursor}`);
    all.push(...some);
    if (next === null) return all;
    cursor = `&cursor=${next}`;
  }
}

/** What a person sees of all there are when they ask for each alone. */
async function inSight(who: string): Promise<readonly any[]> {
  const replies = await Promise.all(made.map((id) => desk.as(who, 'GET', `/dossiers/${id}`)));
  return replies.filter(({ status }) => status === 200).map(({ body }) => body as unknown);
}

const office = (who: string): string => {
  const postId = withMigrator.tenures.find(({ officialId }) => officialId === who)?.postId;
  return withMigrator.posts.find(({ id }) => id === postId)?.officeId ?? '';
};

/** Whether a dossier that is not over is one of a queue, by what the page of it says. */
const belongs: Readonly<Record<QueueName, (one: any, who: string) => boolean>> = {
  mine: (one, who) => one.holder.officialId === who,
  unit: (one, who) => one.holder.officeId === office(who),
  all: () => true,
  'to-accept': (one) => one.status === 'submitted',
  'handed-to-me': (one, who) => one.holder.officialId === who && one.pendingHandover !== null,
  waiting: (one) =>
    ['awaiting-supplement', 'awaiting-payment', 'suspended', 'withdrawal-requested'].includes(one.status),
};

test.each(people)(
  'each queue of %s holds what is of it and may be seen one by one, no more and no less',
  async (who) => {
    const seen = (await inSight(who)).filter(({ endedAt }) => endedAt === null);
    for (const queue of queueNames) {
      const expected = seen.filter((one) => belongs[queue](one, who)).map(({ dossierId }) => dossierId as string);
      const found = await rows(who, queue);

      expect([queue, found.map(({ dossierId }) => dossierId).sort()]).toEqual([queue, expected.sort()]);
      expect(JSON.stringify(found)).not.toContain('Kín');
    }
  },
);

test('what is late comes first, the longest first; what waits or is done comes last', async () => {
  const found = await rows('thu', 'all');
  const places = found.map(({ state }) => ['late', 'soon', 'on-time', 'paused', 'done'].indexOf(state));
  expect(places).toEqual([...places].sort());
  const late = found.filter(({ state }) => state === 'late');
  expect(late.map(({ dueAt }) => dueAt)).toEqual(late.map(({ dueAt }) => dueAt).sort());
  expect(late).toHaveLength(2);
});

test('a row says by whose clock what is left, and frozen at what while it stands still', async () => {
  const [late] = (await page('minh', 'mine', 'state=late')).rows;
  const [paused] = (await page('minh', 'waiting')).rows;
  const [done] = (await page('minh', 'mine', 'state=done')).rows;
  const [fresh] = (await page('lan', 'mine', 'state=on-time')).rows;

  expect(late).toMatchObject({ holder: minh, state: 'late', pausedSince: null, pausedReason: null });
  expect(late?.workingMsLeft).toBeLessThan(0);
  expect(paused).toMatchObject({ status: 'awaiting-supplement', pausedReason: 'supplement' });
  expect(paused?.pausedSince).toMatch(/Z$/);
  expect(done).toMatchObject({ status: 'processed' });
  expect(fresh?.workingMsLeft).toBeGreaterThan(0);
  expect(fresh).toMatchObject({ holder: lan, dueOf: expect.stringMatching(/appointment|step|legal/) });
  const again = (await page('minh', 'waiting')).rows[0];
  expect(again?.workingMsLeft).toBe(paused?.workingMsLeft);
});

test('who handed a dossier over stands in its row until it is answered, and version is its ETag', async () => {
  const [row, ...more] = (await page('minh', 'handed-to-me')).rows;
  expect(more).toEqual([]);
  expect(row).toMatchObject({ handedOverBy: 'lan' });
  const { etag } = await desk.as('minh', 'GET', `/dossiers/${row?.dossierId ?? ''}`);
  expect(etag).toBe(`"${row?.version ?? 0}"`);
});

test('the counts are those of the whole queue, whatever state and page was asked for', async () => {
  const found = await rows('an', 'all');
  const of = (state: string) => found.filter((row) => row.state === state).length;
  const counts = { all: found.length, late: of('late'), soon: of('soon'), paused: of('paused') };

  expect((await page('an', 'all', 'limit=1')).counts).toEqual(counts);
  expect((await page('an', 'all', 'limit=1&state=paused')).counts).toEqual(counts);
});

test('every filter narrows the queue, and its counts', async () => {
  const all = await rows('thu', 'all');
  const filters: readonly [string, (row: QueueRow) => boolean][] = [
    [`procedure=${PROCEDURE}`, (row) => row.procedureCode === PROCEDURE],
    ['holder=son', (row) => row.holder.officialId === 'son'],
    ['channel=post', (row) => row.channel === 'post'],
    ['status=submitted', (row) => row.status === 'submitted'],
    ['office=do-luong-civil', (row) => row.holder.officeId === 'do-luong-civil'],
    ['dueBefore=2026-06-01T00:00:00.000Z', (row) => row.state === 'late'],
    ['dueFrom=2026-06-01T00:00:00.000Z', (row) => ['soon', 'on-time'].includes(row.state)],
    ['receivedFrom=2026-06-01T00:00:00.000Z', (row) => row.receivedAt !== null && row.receivedAt > '2026-06'],
    ['receivedUntil=2026-01-06T00:00:00.000Z', (row) => row.receivedAt !== null && row.receivedAt < '2026-01-06'],
  ];
  for (const [filter, holds] of filters) {
    const expected = all.filter(holds).map(({ dossierId }) => dossierId);
    expect(expected).not.toEqual([]);
    const { rows: found, counts } = await page('thu', 'all', `limit=200&${filter}`);
    expect([filter, found.map(({ dossierId }) => dossierId)]).toEqual([filter, expected]);
    expect(counts.all).toBe(expected.length);
  }
});

test('what has ended is in no queue, unless its status is asked for', async () => {
  const { rows: found } = await page('thu', 'all', 'status=returned');
  expect(found.map(({ state, holder }) => [state, holder.officialId])).toEqual([['done', 'son']]);
});

test.each([
  'queues/yours',
  'queues/all?limit=201',
  'queues/all?cursor=x',
  'queues/all?state=dead',
  'queues/all?name=x',
])('%s is refused', async (path) => {
  expect(await desk.as('lan', 'GET', `/${path}`)).toMatchObject({ status: 400 });
});

test('who handles no dossiers has no queue', async () => {
  expect(await desk.as('quang', 'GET', '/queues/all')).toMatchObject({ status: 403 });
});
