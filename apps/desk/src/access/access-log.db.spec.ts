import { DeskAtWork } from '../../test/desk-at-work';
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
