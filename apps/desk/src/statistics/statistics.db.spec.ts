import { DeskAtWork, withMigrator } from '../../test/desk-at-work';

jest.setTimeout(60_000);

/** A clerk with a counter of his own, so that a second office receives. */
const organisation = {
  ...withMigrator,
  posts: [
    ...withMigrator.posts,
    { id: 'do-luong-civil-clerk', officeId: 'do-luong-civil', name: 'Clerk', roles: ['clerk' as const] },
  ],
  officials: [...withMigrator.officials, { id: 'mai', name: 'Mai', email: null }],
  tenures: [
    ...withMigrator.tenures,
    { officialId: 'mai', postId: 'do-luong-civil-clerk', from: '2025-06-30T17:00:00.000Z', until: null },
  ],
};

let desk: DeskAtWork;
beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation });
  await life('online', '2026-03-02T02:00:00.000Z', ['mark-processed', '2026-03-03T02:00:00.000Z']);
  await life('desk', '2026-03-02T02:00:00.000Z', ['mark-processed', '2026-03-30T02:00:00.000Z']);
  await life('post', '2026-02-02T02:00:00.000Z');
  await life('desk', '2026-03-31T09:00:00.000Z');
  await life('desk', '2026-02-02T02:00:00.000Z', ['mark-processed', '2026-02-03T02:00:00.000Z']);
  await desk.as('mai', 'POST', '/dossiers', { procedureCode: '1.001193', channel: 'desk' });
});
afterAll(() => desk.stop());

/** One that Kien brings from the past, received by his own office: the commune. */
async function life(channel: string, occurredAt: string, processed?: readonly [string, string]): Promise<void> {
  const begun = await desk.as('kien', 'POST', '/dossiers', { procedureCode: '1.001193', channel, occurredAt });
  expect(begun.status).toBe(201);
  if (!processed) return;
  const [command, at] = processed;
  const path = `/dossiers/${(begun.body as { dossierId: string }).dossierId}/${command}`;
  const done = await desk.as('kien', 'POST', path, { result: 'granted', occurredAt: at }, { ifMatch: begun.etag });
  expect(done.status).toBe(200);
}

const march = 'from=2026-02-28T17:00:00.000Z&until=2026-03-31T17:00:00.000Z';

test('a month is told in four balances, and its punctuality by both formulas', async () => {
  expect((await desk.as('thu', 'GET', `/statistics?${march}`)).body).toEqual({
    officeId: null,
    from: '2026-02-28T17:00:00.000Z',
    until: '2026-03-31T17:00:00.000Z',
    received: { total: 4, online: 1, inPerson: 2, carriedOver: 1 },
    settled: { total: 2, early: expect.any(Number), onTime: expect.any(Number), late: 1 },
    pending: { total: 2, within: 1, overdue: 1 },
    rates: [
      { formula: 'decision-766-index-2.1', onTime: 2, of: 4, percent: 50 },
      { formula: 'circular-01-2020', onTime: 1, of: 2, percent: 50 },
    ],
    notCounted: 0,
    groups: [],
  });
});

test('of a period that lasts, now stands in for its end', async () => {
  const { body } = await desk.as(
    'thu',
    'GET',
    '/statistics?from=2026-04-01T00:00:00.000Z&until=2099-01-01T00:00:00.000Z',
  );

  expect(body.until < '2099').toBe(true);
  expect(body.received).toMatchObject({ total: 3, carriedOver: 2 });
});

test('a head counts the own office and those below; nobody else counts', async () => {
  const period = 'from=2026-01-01T00:00:00.000Z&until=2099-01-01T00:00:00.000Z';
  const counted = async (who: string, officeId = '') => {
    const { status, body } = await desk.as(who, 'GET', `/statistics?${period}${officeId && `&officeId=${officeId}`}`);
    return status === 200 ? (body.received.total as number) : status;
  };

  expect(await counted('an')).toBe(6);
  expect(await counted('dung')).toBe(1);
  expect(await counted('hoa')).toBe(0);
  expect(await counted('an', 'do-luong-civil')).toBe(1);
  expect(await counted('hoa', 'do-luong-civil')).toBe(403);
  expect(await counted('lan')).toBe(403);
});

const numbersIn = ({ received, settled, pending }: any): readonly (readonly [string, number])[] => {
  const { total: all, ...came } = received;
  const { total: done, ...how } = settled;
  const { total: open, ...stands } = pending;
  return Object.entries({ received: all, settled: done, pending: open, ...came, ...how, ...stands });
};

/** All of a figure, in pages of two. */
async function behind(who: string, query: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await desk.as(who, 'GET', `/statistics/dossiers?${query}&limit=2${cursor}`);
    expect(status).toBe(200);
    ids.push(...body.rows.map(({ dossierId }: any) => dossierId as string));
    if (body.next === null) return ids;
    cursor = `&cursor=${body.next}`;
  }
}

const year = 'from=2026-01-01T00:00:00.000Z&until=2099-01-01T00:00:00.000Z';

test.each(['office', 'official', 'procedure', 'channel'])(
  'by %s the groups add up to the whole, and behind every figure stand as many dossiers as it says',
  async (by) => {
    const whole = (await desk.as('an', 'GET', `/statistics?${march}&by=${by}`)).body;
    expect(whole.groups).not.toEqual([]);
    const sums = new Map<string, number>();
    for (const group of whole.groups) {
      for (const [figure, count] of numbersIn(group)) {
        sums.set(figure, (sums.get(figure) ?? 0) + count);
        const ids = await behind('an', `${march}&figure=${figure}&by=${by}&key=${group.key}`);
        expect([group.key, figure, new Set(ids).size]).toEqual([group.key, figure, count]);
      }
    }
    expect([...sums]).toEqual(numbersIn(whole));
  },
);

test('each month is a period of its own, which carries over what the one before left', async () => {
  const { groups } = (await desk.as('an', 'GET', `/statistics?${year}&by=month`)).body;
  expect(groups[0].key).toBe('2026-02');
  for (const [index, month] of groups.entries()) {
    const alone = (await desk.as('an', 'GET', `/statistics?from=${month.from}&until=${month.until}`)).body;
    expect(numbersIn(month)).toEqual(numbersIn(alone));
    if (index > 0) expect(month.received.carriedOver).toBe(groups[index - 1].pending.total);
  }
});

test('ended ones stand behind a figure too, and a figure shows nobody more than they may count', async () => {
  const { rows } = (await desk.as('an', 'GET', `/statistics/dossiers?${march}&figure=late`)).body;
  expect(rows).toMatchObject([{ state: 'done', status: 'processed' }]);
  expect(await behind('hoa', `${year}&figure=received`)).toEqual([]);
  expect(await desk.as('lan', 'GET', `/statistics/dossiers?${march}&figure=late`)).toMatchObject({ status: 403 });
  expect(await desk.as('an', 'GET', `/statistics/dossiers?${march}&figure=late&by=office`)).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'key' }] },
  });
});

test('a complaint is in no figure of whom it is about', async () => {
  const count = async (who: string) => (await desk.as(who, 'GET', `/statistics?${year}`)).body.received.total as number;
  const before = [await count('an'), await count('thu')];
  const body = { procedureCode: 'S1.000020', channel: 'desk', about: { officialId: 'an' } };
  const complaint = await desk.as('kien', 'POST', '/dossiers', { ...body, occurredAt: '2026-05-04T02:00:00.000Z' });
  expect(complaint.status).toBe(201);
  expect([await count('an'), await count('thu')]).toEqual([before[0], before[1]! + 1]);
});

test.each([
  'from=2026-03-01T00:00:00.000Z&until=2026-03-01T00:00:00.000Z',
  'from=2098-01-01T00:00:00.000Z&until=2099-01-01T00:00:00.000Z',
  march.replace('Z&', '&'),
])('no period: %s', async (period) => {
  expect((await desk.as('thu', 'GET', `/statistics?${period}`)).status).toBe(400);
});

test('more dossiers than fit into one page are all counted', async () => {
  await desk.rows(
    `insert into desk.dossier (dossier_id, code, version, status, procedure_code, office_id, holder_official_id,
       holder_office_id, earliest_due_at, last_recorded_at, ended_at, last_sequence, last_hash, state)
     select id, 'X-' || n, version, status, procedure_code, office_id, holder_official_id, holder_office_id, earliest_due_at,
       last_recorded_at, ended_at, last_sequence, last_hash, jsonb_set(state, '{dossierId}', to_jsonb(id))
     from desk.dossier, lateral (select n, gen_random_uuid() as id from generate_series(1, 450) n) copies
     where state->>'channel' = 'online'`,
  );

  const { body } = await desk.as('thu', 'GET', `/statistics?${march}`);
  expect(body.received).toMatchObject({ total: 454, online: 451 });
  expect(Number(body.settled.total) + Number(body.pending.total)).toBe(454);
});
