import { DeskAtWork } from '../../test/desk-at-work';
import type { ExplanationView } from './explanation';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;

let desk: DeskAtWork;
beforeAll(async () => {
  const timeMap = { mapped: '2026-03-02T01:00:00.000Z', speed: 1 };
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', timeMap });
});
afterAll(() => desk.stop());

async function explained(dossierId: string, query = ''): Promise<ExplanationView> {
  const { status, body } = await desk.as('lan', 'GET', `/dossiers/${dossierId}/explanation${query}`);
  expect(status).toBe(200);
  return body as ExplanationView;
}

test('the date on the receipt is explained as the receipt did, in each language', async () => {
  const { dossierId, body } = await desk.receive();
  const { receipt } = body as { receipt: any };

  const told = await explained(dossierId, '?of=appointment');
  expect(told).toMatchObject({ of: 'appointment', dueAt: receipt.appointmentAt, stops: [], extension: null });
  expect([told.explanation, told.why]).toEqual([receipt.explanation, receipt.why]);
  expect(told).toMatchObject({ procedureCode: '1.012786', calendar: receipt.explanation.calendar, clockRuns: true });
  const english = await explained(dossierId, '?of=appointment&language=en');
  expect(english.why.join(' ')).toMatch(/counted|working day/);
});

test('what was used and what is left is the whole limit, and the earliest instant is told unasked', async () => {
  const { dossierId } = await desk.receive();
  const told = await explained(dossierId);
  const row = (await desk.as('lan', 'GET', '/queues/mine?limit=200')).body.rows.find(
    (one: { dossierId: string }) => one.dossierId === dossierId,
  );

  expect([told.of, told.dueAt]).toEqual([row.dueOf, row.dueAt]);
  expect((told.workingMsUsed ?? 0) / HOUR_MS).toBeLessThan(0.1);
  expect(told.workingMsLeft).toBeGreaterThan(8 * HOUR_MS);
});

test('while the clock stands still, the stop is told and nothing is used', async () => {
  const { dossierId, etag } = await desk.receive();
  const asked = { reasonCode: 'document-missing', components: ['identity'] };
  const path = `/dossiers/${dossierId}/request-supplement`;
  expect(await desk.as('lan', 'POST', path, asked, { ifMatch: etag })).toMatchObject({ status: 200 });

  const told = await explained(dossierId);
  expect(told.clockRuns).toBe(false);
  expect(told.stops).toMatchObject([{ reason: 'supplement', until: null, workingMs: null }]);
  expect((await explained(dossierId)).workingMsLeft).toBe(told.workingMsLeft);
});

test('an online submission is due by its answer; a way in which nothing is due is not found', async () => {
  const { body } = await desk.as('lan', 'POST', '/submissions', { procedureCode: '1.012786', channel: 'post' });
  const { dossierId } = body as { dossierId: string };

  expect(await explained(dossierId)).toMatchObject({ of: 'acceptance' });
  expect(await desk.as('lan', 'GET', `/dossiers/${dossierId}/explanation?of=legal`)).toMatchObject({
    status: 404,
    body: { code: 'NOTHING_DUE', of: 'legal' },
  });
});

test('who may not see a dossier is told nothing of it', async () => {
  const { dossierId } = await desk.receive();

  expect(await desk.as('tuan', 'GET', `/dossiers/${dossierId}/explanation`)).toMatchObject({
    status: 404,
    body: { code: 'DOSSIER_NOT_FOUND' },
  });
});
