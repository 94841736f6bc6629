import { DataSource } from 'typeorm';
import { DeskAtWork } from '../../test/desk-at-work';
import { Queues } from '../queue/queues';
import { DeskAccess } from './desk-access';

jest.setTimeout(60_000);

const COMPLAINT = 'S1.000020';
const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };
const tuan = { officialId: 'tuan', postId: 'do-luong-civil-officer' };
const son = { officialId: 'son', postId: 'do-luong-land-officer' };

let desk: DeskAtWork;
let dossiers: Readonly<Record<'atCentre' | 'atLand' | 'atCivil' | 'aboutMinh' | 'aboutLand', string>>;

beforeAll(async () => {
  // Few connections: who asks next has one that somebody else had.
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', settings: { DATABASE_POOL: 3 } });
  const received = async (body: object) => (await desk.receive(body)).dossierId;
  dossiers = {
    atCentre: await received({}),
    atLand: await received({ responsible: minh }),
    atCivil: await received({ responsible: tuan }),
    aboutMinh: await received({ procedureCode: COMPLAINT, about: { officialId: 'minh' }, responsible: son }),
    aboutLand: await received({ procedureCode: COMPLAINT, about: { officeId: 'do-luong-land' }, responsible: tuan }),
  };
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => desk.stop());

/** The queue of somebody who wrote it in a hurry: it asks for everything there is. */
function forgetTheScope(): void {
  jest.spyOn(desk.app.get(Queues), 'page').mockImplementation(async () => {
    const dataSource = desk.app.get(DataSource);
    const rows = await dataSource.transaction(async (manager) => {
      await manager.query('select pg_sleep(random() / 50)');
      return manager.query('select dossier_id from desk.dossier join desk.dossier_key using (dossier_id)');
    });
    return { rows, next: null, counts: { all: 0, late: 0, soon: 0, paused: 0 } };
  });
}

async function seenBy(officialId: string): Promise<readonly string[]> {
  const { status, body } = await desk.as(officialId, 'GET', '/queues/all?limit=200');
  if (status !== 200) throw new Error(JSON.stringify(body));
  const { rows } = body as { rows: { dossier_id: string }[] };
  return rows.map(({ dossier_id: id }) => id).sort();
}

function ids(...names: (keyof typeof dossiers)[]): readonly string[] {
  return names.map((name) => dossiers[name]).sort();
}

const all = ['atCentre', 'atLand', 'atCivil', 'aboutMinh', 'aboutLand'] as const;
const sights: readonly [string, readonly (keyof typeof dossiers)[]][] = [
  ['lan', all],
  ['an', all],
  ['thu', all],
  ['minh', ['atLand']],
  ['son', ['atLand', 'aboutMinh']],
  ['hoa', ['atLand', 'aboutMinh']],
  ['tuan', ['atCivil', 'aboutLand']],
];

test.each(sights)('a list that forgets its scope shows %s what is theirs to see, and no more', async (who, seen) => {
  forgetTheScope();

  expect(await seenBy(who)).toEqual(ids(...seen));
});

test('requests at the same time never see what is another’s', async () => {
  forgetTheScope();
  const asked = Array.from({ length: 10 }, () => sights).flat();

  expect(await Promise.all(asked.map(([who]) => seenBy(who)))).toEqual(asked.map(([, seen]) => ids(...seen)));
});

test('whoever hands a dossier out of their sight has done it, sees it no more, and hears the same answer again', async () => {
  const { dossierId, etag } = await desk.receive({ responsible: minh });
  const key = '7b0c1d1e-5f0a-4a8e-9a53-0d6f3a1c2b11';
  const give = () => desk.as('minh', 'POST', `/dossiers/${dossierId}/hand-over`, { to: tuan }, { key, ifMatch: etag });

  const first = await give();
  expect(first.status).toBe(200);
  expect((await desk.as('minh', 'GET', `/dossiers/${dossierId}`)).status).toBe(404);
  expect(await give()).toEqual(first);
});

test.each([
  ['minh', 'atLand', 200],
  ['minh', 'atCivil', 404],
  ['minh', 'aboutMinh', 404],
  ['tuan', 'aboutMinh', 404],
  ['tuan', 'atCivil', 200],
] as const)('of a command that forgets its right, from %s on the dossier %s, comes %i', async (who, which, status) => {
  jest.spyOn(desk.app.get(DeskAccess), 'require').mockReturnValue(undefined);
  const path = `/dossiers/${dossiers[which]}`;
  const before = await desk.as('lan', 'GET', path);

  const reply = await desk.as(who, 'POST', `${path}/hand-over`, { to: son }, { ifMatch: before.etag });
  expect([reply.status, reply.body]).toEqual([status, expect.anything()]);
  if (status === 404) expect(await desk.as('lan', 'GET', path)).toEqual(before);
});

test('outside of a request there is nothing, unless it is said that everything is meant', async () => {
  expect(await desk.app.get(DataSource).query('select from desk.dossier')).toEqual([]);
});
