import { documentActs, type Organisation } from '#domain';
import { demoOrganisation, DeskAtWork, type Reply } from '../../test/desk-at-work';

/* What is loaded for all offices and takes two persons, on a real database. Quang and Tra are administrators, Yen stands in for both. */

jest.setTimeout(60_000);

const since = '2025-06-30T17:00:00.000Z';
const [model] = demoOrganisation.posts;
const postId = 'do-luong-administrator';
const organisation: Organisation = {
  ...demoOrganisation,
  posts: [...demoOrganisation.posts, { ...model!, id: 'assistant', officeId: 'do-luong', roles: [] }],
  officials: [...demoOrganisation.officials, ...['tra', 'yen'].map((id) => ({ id, name: id, email: null }))],
  tenures: [
    ...demoOrganisation.tenures,
    { officialId: 'tra', postId, from: since, until: null },
    { officialId: 'yen', postId: 'assistant', from: since, until: null },
  ],
  fourEyes: documentActs,
};

let desk: DeskAtWork;
beforeAll(async () => (desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation })));
afterAll(() => desk.stop());

const named = (name: string): Organisation => ({
  ...organisation,
  officials: organisation.officials.map((one) => (one.id === 'lan' ? { ...one, name } : one)),
});
const post = (who: string, path: string, body: object = {}, ifMatch?: string) =>
  desk.as(who, 'POST', path, body, ifMatch === undefined ? {} : { ifMatch });
const propose = (who: string, document: object, ifMatch?: string) =>
  post(who, '/organisation/proposals', document, ifMatch);
const idOf = ({ status, body }: Reply): string => {
  expect([status, body]).toEqual([201, expect.objectContaining({ state: 'open' })]);
  return (body as { proposalId: string }).proposalId;
};
const held = async () =>
  (await desk.as('tra', 'GET', '/organisation')).body as { version: number; organisation: Organisation };
const calendars = async () => {
  const [row] = await desk.rows(
    `select body from desk.work_calendar where id = 'vn-office' order by version desc limit 1`,
  );
  const { version, ...calendar } = row!['body'] as { version: number };
  return { calendars: [{ ...calendar, version: version + 1 }], procedures: [] };
};

test('an administrator who loads alone is told that it takes two, and where; what is there already may come again', async () => {
  const alone = await post('quang', '/organisation', named('Lan A'));
  expect(alone).toMatchObject({ status: 409, body: { code: 'FOUR_EYES', command: 'load-organisation' } });
  expect((alone.body as { detail: string }).detail).toContain('POST /organisation/proposals');
  expect(await post('quang', '/catalogue', await calendars())).toMatchObject({ body: { code: 'FOUR_EYES' } });

  expect(await post('quang', '/organisation', organisation)).toMatchObject({ status: 201, body: { changed: false } });
});

test('what one proposes another has loaded exactly so, and both stand in the event', async () => {
  const before = await held();
  const made = await propose('quang', named('Lan B'), `"${before.version}"`);
  const proposalId = idOf(made);
  expect(await held()).toEqual(before);

  expect(await post('quang', `/organisation/proposals/${proposalId}/approve`)).toMatchObject({
    status: 409,
    body: { code: 'OWN_PROPOSAL' },
  });
  const { proposals } = (await desk.as('tra', 'GET', '/organisation/proposals')).body as { proposals: object[] };
  expect(proposals[0]).toMatchObject({ proposalId, mayDecide: true, proposedBy: { officialId: 'quang' } });
  const read = (await desk.as('tra', 'GET', `/organisation/proposals/${proposalId}`)).body as {
    document: object;
    edited: object;
  };
  expect(JSON.stringify(read.document)).toBe(JSON.stringify(named('Lan B')));
  expect(read.edited).toEqual(before.organisation);
  const approved = await post('tra', `/organisation/proposals/${proposalId}/approve`);

  expect(approved).toMatchObject({ status: 200, body: { state: 'approved', decidedBy: { officialId: 'tra' } } });
  expect(await held()).toMatchObject({ version: before.version + 1, organisation: named('Lan B') });
  const [entry] = await desk.rows(
    `select body::json as event from desk.journal where type = 'organisation-loaded'
     order by sequence desc limit 1`,
  );
  expect(entry!['event']).toMatchObject({
    data: { actor: { officialId: 'tra' }, proposedBy: { officialId: 'quang' } },
  });
  expect(await post('tra', `/organisation/proposals/${proposalId}/decline`, { reasonCode: 'survey' })).toMatchObject({
    body: { code: 'APPROVAL_CLOSED', state: 'approved' },
  });
});

test('a catalogue likewise; what would be refused is refused when it is proposed', async () => {
  const document = await calendars();
  const changed = { ...document, calendars: [{ ...document.calendars[0]!, version: 1, timeZone: 'Asia/Tokyo' }] };
  expect((await post('quang', '/catalogue/proposals', changed)).status).toBeGreaterThanOrEqual(400);
  const proposalId = idOf(await post('quang', '/catalogue/proposals', document));
  expect(await post('quang', '/catalogue/proposals', document)).toMatchObject({
    body: { code: 'ALREADY_PROPOSED', approvalId: proposalId },
  });
  expect((await post('tra', `/organisation/proposals/${proposalId}/approve`)).status).toBe(404);

  expect((await post('tra', `/catalogue/proposals/${proposalId}/approve`)).status).toBe(200);

  expect(await post('quang', '/catalogue/proposals', document)).toMatchObject({ body: { code: 'NOTHING_TO_LOAD' } });
});

test('one that another organisation overtook is proposed anew, and one is taken back by its author alone', async () => {
  const [first, second] = [idOf(await propose('quang', named('Lan C'))), idOf(await propose('quang', named('Lan D')))];
  expect((await post('tra', `/organisation/proposals/${first}/approve`)).status).toBe(200);

  expect(await post('tra', `/organisation/proposals/${second}/approve`)).toMatchObject({
    status: 412,
    body: { code: 'ORGANISATION_STALE' },
  });
  expect((await desk.as('tra', 'GET', `/organisation/proposals/${second}`)).body).toMatchObject({
    state: 'outdated',
    mayDecide: false,
    edited: { officials: expect.arrayContaining([expect.objectContaining({ id: 'lan', name: 'Lan B' })]) },
  });
  expect(await propose('quang', named('Lan E'), '"1"')).toMatchObject({ body: { code: 'ORGANISATION_STALE' } });
  expect(await post('tra', `/organisation/proposals/${second}/withdraw`)).toMatchObject({
    body: { code: 'NOT_THE_PROPOSER' },
  });
  expect(await post('quang', `/organisation/proposals/${second}/withdraw`)).toMatchObject({
    body: { state: 'withdrawn' },
  });
});

test('whoever stands in for its author is no second person; whoever is left alone decides alone', async () => {
  const absences = [
    { officialId: 'quang', from: since, until: null },
    { officialId: 'tra', from: since, until: null },
  ];
  const deputised = {
    ...organisation,
    absences,
    deputies: [{ postId, deputyPostId: 'assistant', from: since, until: null }],
  };
  const proposalId = idOf(await propose('quang', deputised));
  expect((await post('tra', `/organisation/proposals/${proposalId}/approve`)).status).toBe(200);
  expect(await post('yen', '/organisation', named('Lan F'))).toMatchObject({
    status: 409,
    body: { code: 'FOUR_EYES' },
  });
  expect(await post('yen', '/catalogue', await calendars())).toMatchObject({
    status: 409,
    body: { code: 'FOUR_EYES' },
  });
  const next = idOf(await propose('quang', named('Lan F')));
  expect(await post('yen', `/organisation/proposals/${next}/approve`)).toMatchObject({
    body: { code: 'OWN_PROPOSAL' },
  });

  const alone = { ...deputised, tenures: organisation.tenures.filter(({ officialId }) => officialId !== 'tra') };
  const last = idOf(await propose('quang', alone));
  expect((await post('tra', `/organisation/proposals/${last}/approve`)).status).toBe(200);
  expect(await propose('yen', named('Lan G'))).toMatchObject({ status: 409, body: { code: 'ONE_IS_ENOUGH' } });
  expect(await propose('quang', named('Lan G'))).toMatchObject({ status: 409, body: { code: 'ONE_IS_ENOUGH' } });
  expect(await post('quang', '/organisation', demoOrganisation)).toMatchObject({
    status: 201,
    body: { changed: true },
  });
});
