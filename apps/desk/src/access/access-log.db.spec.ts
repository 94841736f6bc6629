import { routesOf } from '#testing';
import { DeskAtWork } from '../../test/desk-at-work';
import { DeskModule } from '../desk.module';
import type { AccessLine } from './access-log.controller';

jest.setTimeout(60_000);

let desk: DeskAtWork;
let dossierId: string;

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
  ({ dossierId } = await desk.receive());
});
afterAll(() => desk.stop());

test('what an auditor reads of a dossier, the log of it included, stands in the log', async () => {
  for (const path of [
    `/journal/${dossierId}`,
    `/dossiers/${dossierId}/ledgers`,
    `/access-log?dossierId=${dossierId}`,
  ]) {
    expect((await desk.as('thu', 'GET', path)).status).toBe(200);
  }
  const { body } = await desk.as('thu', 'GET', `/access-log?dossierId=${dossierId}&official=thu`);
  const { lines } = body as unknown as { lines: AccessLine[] };

  expect(lines.map(({ action, outcome }) => [action, outcome])).toEqual([
    ['read-access-log', 'allowed'],
    ['read-ledgers', 'allowed'],
    ['read-journal', 'allowed'],
  ]);
});

test('the log is read by auditors alone, and a page goes on where the one before ended', async () => {
  for (const who of ['lan', 'binh']) expect((await desk.as(who, 'GET', '/access-log')).status).toBe(403);
  const first = (await desk.as('thu', 'GET', '/access-log?outcome=forbidden&limit=1')).body as unknown as {
    lines: AccessLine[];
    next: string;
  };
  const second = (await desk.as('thu', 'GET', `/access-log?outcome=forbidden&limit=1&cursor=${first.next}`))
    .body as unknown as { lines: AccessLine[] };

  expect([...first.lines, ...second.lines].map(({ officialId }) => officialId)).toEqual(['binh', 'lan']);
});

/** What an auditor may read of a dossier, of every route there is. */
async function readsOfADossier(): Promise<readonly string[]> {
  const routes = await routesOf(DeskModule);
  const reads = routes.filter(({ method, path }) => method === 'GET' && path.includes('{dossierId}'));
  return reads.map(({ path }) => path.replace('{dossierId}', dossierId).replace('{kind}', 'receipt'));
}

test('every read of a dossier by an auditor is a line of the log, and one line', async () => {
  const paths = (await readsOfADossier()).filter((path) => !path.includes('{'));
  expect(paths.length).toBeGreaterThan(10);
  const lines = async () =>
    Number((await desk.rows(`select count(*) from desk.access_log where dossier_id = '${dossierId}'`))[0]?.['count']);

  for (const path of paths) {
    const before = await lines();
    const { status } = await desk.as('thu', 'GET', path);
    expect([path, status, (await lines()) - before]).toEqual([path, status, 1]);
  }
});

test.each(['/queues/all', '/dossiers', '/statistics?from=2026-01-01T00:00:00.000Z&until=2026-02-01T00:00:00.000Z'])(
  'and so is %s',
  async (path) => {
    const lines = async () => (await desk.rows(`select id from desk.access_log where official_id = 'thu'`)).length;
    const before = await lines();
    expect((await desk.as('thu', 'GET', path)).status).toBe(200);
    expect((await lines()) - before).toBe(1);
  },
);
