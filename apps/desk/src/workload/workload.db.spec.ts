import { DeskAtWork, withMigrator } from '../../test/desk-at-work';

jest.setTimeout(60_000);

const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };
const organisation = {
  ...withMigrator,
  absences: [{ officialId: 'minh', from: '2025-07-01T00:00:00.000Z', until: '2099-01-04T00:00:00.000Z' }],
};

let desk: DeskAtWork;
const ids: string[] = [];
beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation });
  await received({ occurredAt: '2026-01-05T02:00:00.000Z' });
  const paused = await received({ occurredAt: '2026-01-06T02:00:00.000Z' });
  const { etag } = await desk.as('thu', 'GET', `/dossiers/${paused}`);
  const asked = { reasonCode: 'document-missing', components: ['identity'] };
  const stopped = await desk.as('kien', 'POST', `/dossiers/${paused}/request-supplement`, asked, { ifMatch: etag });
  expect(stopped.status).toBe(200);
  await received({});
});
afterAll(() => desk.stop());

async function received(body: object): Promise<string> {
  const said = { procedureCode: '1.012786', channel: 'desk', responsible: minh, ...body };
  const reply = await desk.as('kien', 'POST', '/dossiers', said);
  expect(reply.status).toBe(201);
  const { dossierId } = reply.body as { dossierId: string };
  ids.push(dossierId);
  return dossierId;
}

test('a head sees who is away, who has how much, and what the others have; nobody’s number is less than none', async () => {
  const { status, body } = await desk.as('hoa', 'GET', '/workload');

  expect(status).toBe(200);
  const [first, ...others] = body.people;
  expect(first).toMatchObject({ ...minh, officeId: 'do-luong-land', open: 3, late: 1, paused: 1 });
  expect(first).toMatchObject({
    isAbsent: true,
    absentUntil: '2099-01-04T00:00:00.000Z',
    standIn: 'son',
    usualOpen: 0,
  });
  expect(others.map(({ officialId, open }: any) => [officialId, open])).toEqual(
    expect.arrayContaining([
      ['hoa', 0],
      ['son', 0],
    ]),
  );
  expect(others.every(({ officeId }: any) => officeId === 'do-luong-land')).toBe(true);
  expect(body.weekEndsAt > (await desk.now())).toBe(true);
});

test('what is due this week is as many dossiers as its list has, and none that is late', async () => {
  const { countedAt, weekEndsAt, people } = (await desk.as('an', 'GET', '/workload')).body;
  await desk.rows(
    `update desk.dossier set earliest_due_at = $1::timestamptz - interval '1 minute' where dossier_id = $2`,
    weekEndsAt,
    ids[2],
  );
  const [person] = (await desk.as('an', 'GET', '/workload')).body.people;

  const due = `holder=minh&dueFrom=${countedAt}&dueBefore=${weekEndsAt}`;
  const { rows } = (await desk.as('an', 'GET', `/queues/all?${due}`)).body;

  expect(people[0].dueThisWeek).toBe(0);
  expect([person.officialId, person.dueThisWeek]).toEqual(['minh', 1]);
  expect(rows.map(({ dossierId }: any) => dossierId)).toEqual([ids[2]]);
});

test('only for whom one answers, by office', async () => {
  const officesOf = async (who: string, query = '') =>
    new Set(
      (await desk.as(who, 'GET', `/workload${query}`)).body.people.map(({ officeId }: any) => officeId as string),
    );

  expect((await officesOf('an')).size).toBeGreaterThan(1);
  expect([...(await officesOf('an', '?officeId=do-luong-land'))]).toEqual(['do-luong-land']);
  expect(await desk.as('hoa', 'GET', '/workload?officeId=do-luong-civil')).toMatchObject({ status: 403 });
  expect(await desk.as('lan', 'GET', '/workload')).toMatchObject({ status: 403 });
});

test('how the clock of some dossiers stands is said with it, as in their queue', async () => {
  const { body } = await desk.as('hoa', 'GET', `/dossiers/commands?ids=${ids.join(',')}`);
  const { rows } = (await desk.as('hoa', 'GET', '/queues/all')).body;
  for (const { dossierId, status, clockRuns, workingMsLeft } of body.dossiers) {
    const row = rows.find((one: any) => one.dossierId === dossierId);
    const ofEarliest = Math.min(...Object.values<number | null>(workingMsLeft).map((left) => left ?? Infinity));
    expect({ status, clockRuns }).toEqual({ status: row.status, clockRuns: row.state !== 'paused' });
    expect(Math.abs(ofEarliest - row.workingMsLeft)).toBeLessThan(60_000);
  }
  const left = body.dossiers.map((one: any) => one.workingMsLeft.appointmentAt as number);
  expect([left[0] < 0, left[2] > 0]).toEqual([true, true]);
});

test('what can be done with some dossiers is said at once as it is said one by one, and nothing of those out of sight', async () => {
  const { status, body } = await desk.as('hoa', 'GET', `/dossiers/commands?ids=${ids.join(',')}`);

  expect(status).toBe(200);
  expect(body.dossiers).toHaveLength(3);
  for (const { dossierId, version, commands } of body.dossiers) {
    const alone = await desk.as('hoa', 'GET', `/dossiers/${dossierId}/commands`);
    expect(commands).toEqual(alone.body.commands);
    expect((await desk.as('hoa', 'GET', `/dossiers/${dossierId}`)).etag).toBe(`"${version}"`);
  }
  expect((await desk.as('dung', 'GET', `/dossiers/commands?ids=${ids.join(',')}`)).body.dossiers).toEqual([]);
  expect(await desk.as('hoa', 'GET', '/dossiers/commands?ids=all')).toMatchObject({ status: 400 });
});
