import { DeskAtWork, withMigrator } from '../../test/desk-at-work';
import { planOf } from '../../test/plan-of';
import { eventually } from '#testing';
import { UnusualActs, type UnusualAct, type UnusualActsPage } from './unusual-acts';

jest.setTimeout(60_000);

let desk: DeskAtWork;
/** Promised for early March, late from then on. */
let late: string;
let punctual: string;

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation: withMigrator });
  late = await received();
  await act(late, 'reassign', '2026-03-04T02:00:00.000Z', { to: minh, reasonCode: 'staff-shortage' });
  await act(late, 'reassign', '2026-06-30T02:00:00.000Z', { to: lan, reasonCode: 'illness' });
  await act(late, 'mark-processed', '2026-07-01T02:00:00.000Z', { result: 'granted' });
  punctual = await received();
  await act(punctual, 'mark-processed', '2026-03-03T02:00:00.000Z', { result: 'granted' });
  await everythingFed();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => desk.stop());

const lan = { officialId: 'lan', postId: 'do-luong-centre-clerk' };
const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };

async function received(): Promise<string> {
  const body = { procedureCode: '1.012786', channel: 'desk', occurredAt: '2026-03-02T02:00:00.000Z', responsible: lan };
  const { status, body: answer } = await desk.as('kien', 'POST', '/dossiers', body);
  expect([status, answer]).toEqual([201, expect.anything()]);
  return (answer as { dossierId: string }).dossierId;
}

/** As Kien brings it from the past. */
async function act(dossierId: string, command: string, occurredAt: string, body: object): Promise<void> {
  const { etag } = await desk.as('thu', 'GET', `/dossiers/${dossierId}`);
  const path = `/dossiers/${dossierId}/${command}`;
  const done = await desk.as('kien', 'POST', path, { ...body, occurredAt }, { ifMatch: etag });
  expect([done.status, done.body]).toEqual([200, expect.anything()]);
}

async function everythingFed(): Promise<void> {
  await eventually(async () => expect(await desk.rows('select from desk.unfed')).toEqual([]));
}

async function acts(query = ''): Promise<UnusualActsPage> {
  const { status, body } = await desk.as('thu', 'GET', `/unusual-acts?${query}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return body as UnusualActsPage;
}

const said = ({ acts: found }: UnusualActsPage) => found.map(({ dossierId, kind }: UnusualAct) => [dossierId, kind]);

test('what was reassigned or settled after the promise is found, what was done before it is not', async () => {
  const page = await acts();

  expect(said(page).filter(([, kind]) => kind !== 'unanswered')).toEqual([
    [late, 'result-late'],
    [late, 'reassigned-late'],
  ]);
  expect(page.acts.find(({ kind }) => kind === 'reassigned-late')).toMatchObject({
    at: '2026-06-30T02:00:00.000Z',
    by: { officialId: 'kien' },
    reasonCode: 'illness',
    promisedAt: expect.stringMatching(/^2026-0[34]/),
  });
});

test('a rung that rang over one that nobody acknowledged names who held the dossier', async () => {
  const unanswered = (await acts('kind=unanswered')).acts;

  expect(unanswered.length).toBeGreaterThan(0);
  for (const one of unanswered) expect(one).toMatchObject({ dossierId: late, by: { officialId: 'minh' } });
});

test('a page goes on where the one before ended, and filters narrow', async () => {
  const all = said(await acts());
  const first = await acts('limit=1');
  const second = await acts(`limit=200&cursor=${first.next ?? ''}`);

  expect([...said(first), ...said(second)]).toEqual(all);
  expect(second).toMatchObject({ next: null });
  expect(said(await acts('official=minh'))).toEqual(all.filter(([, kind]) => kind === 'unanswered'));
  expect(said(await acts('office=thanh-vinh'))).toEqual([]);
});

test('a decision to change what the receipt says is unusual by itself', async () => {
  const { dossierId, etag } = await desk.receive();
  const body = { reasonCode: 'other-body-late', until: '2027-06-01' };
  expect((await desk.as('an', 'POST', `/dossiers/${dossierId}/extend`, body, { ifMatch: etag })).status).toBe(200);
  await everythingFed();

  expect((await acts('kind=extended')).acts).toEqual([
    expect.objectContaining({
      dossierId,
      by: expect.objectContaining({ officialId: 'an' }),
      reasonCode: 'other-body-late',
    }),
  ]);
});

test('auditors alone read it, their look is logged, and what is about them is left out', async () => {
  for (const who of ['lan', 'binh', 'quang']) expect((await desk.as(who, 'GET', '/unusual-acts')).status).toBe(403);
  expect((await acts('kind=extended')).acts).toHaveLength(1);
  const [{ dossierId }] = (await acts('kind=extended')).acts as [UnusualAct];
  await desk.rows(`insert into desk.complaint_subject (dossier_id, official_id) values ($1, 'thu')`, dossierId);

  expect((await acts('kind=extended')).acts).toEqual([]);
  const { lines } = (await desk.as('thu', 'GET', '/access-log?official=thu&limit=1')).body as {
    lines: { action: string }[];
  };
  expect(lines).toEqual([expect.objectContaining({ action: 'audit-dossier', outcome: 'allowed' })]);
});

test('what the auditor may not see ends no way back: the page after it is there, and all of them find everything', async () => {
  const { dossierId } = await desk.receive();
  await everythingFed();
  await desk.rows(`insert into desk.complaint_subject (dossier_id, official_id) values ($1, 'thu')`, dossierId);
  const all = said(await acts());
  const pages = desk.app.get(UnusualActs);
  const page = pages.page.bind(pages);
  jest.spyOn(pages, 'page').mockImplementation((caller, asked) => page(caller, asked, 10));

  const found: string[][] = [];
  let looked = await acts();
  expect(looked.next).not.toBeNull(); // It looked through the complaint and through older entries.
  for (;;) {
    found.push(...said(looked));
    if (looked.next === null) break;
    looked = await acts(`cursor=${looked.next}`);
  }

  expect(found).toEqual(all);
  expect(looked.lookedBackTo).toMatch(/^2026-/);
});

test('a dossier is found by its key, however many there are', async () => {
  const plan = await planOf(desk, /acts as/, () => acts());

  expect(plan).toMatch(/dossier_pkey on dossier .*\n\s+Index Cond: \(dossier_id = entry.dossier_id\)/);
});
