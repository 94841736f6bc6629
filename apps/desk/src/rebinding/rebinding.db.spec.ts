import { instantOnWall } from '#calendar';
import { DeskAtWork, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

/* The wrong procedure was chosen; the right one counts from the first receipt. On a real database. */

const vinh = (wall: string) => instantOnWall({ timeZone: 'Asia/Ho_Chi_Minh' }, wall);
const wrong = '1.012786'; // Ten working days.
const right = '1.004873'; // Three.

let desk: DeskAtWork;

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', timeMap: { mapped: vinh('2026-11-16 08:00'), speed: 1 } });
}, 60_000);

afterAll(() => desk.stop());

function command(who: string, of: { dossierId: string; etag: string | null }, name: string, body: object = {}) {
  return desk.as(who, 'POST', `/dossiers/${of.dossierId}/${name}`, body, { ifMatch: of.etag });
}

const rebind = (who: string, of: { dossierId: string; etag: string | null }, procedureCode = right): Promise<Reply> =>
  command(who, of, 'rebind', { procedureCode, reasonCode: 'wrong-procedure' });

test('the head puts a dossier under the right procedure, and it is due as that one promises from its receipt', async () => {
  const dossier = await desk.receive({ procedureCode: wrong });
  const { due } = dossier.body as { due: object };
  const entry = `select body::jsonb->>'time' as time from desk.journal where stream = $1 and sequence = 1`;
  const [{ time } = {}] = await desk.rows(entry, dossier.dossierId);
  const query = new URLSearchParams({ procedureCode: right, channel: 'desk', at: time as string });
  const promise = (await desk.as('lan', 'GET', `/promises?${query.toString()}`)).body;

  const { status, body } = await rebind('binh', dossier);

  expect(status).toBe(200);
  expect(body).toMatchObject({ procedureCode: right, procedureVersion: 1, status: 'received' });
  expect(body.due).toMatchObject({ appointmentAt: promise.appointment.dueAt, legalDueAt: promise.legal.dueAt });
  expect(body.firstDue).toEqual(body.due);
  const [row] = await desk.rows(
    `select d.procedure_code, j.body::jsonb->'data'->'previousDue' as previous from desk.dossier d
     join desk.journal j on j.stream = d.dossier_id::text and j.type = 'dossier-rebound' where dossier_id = $1`,
    dossier.dossierId,
  );
  expect(row).toEqual({ procedure_code: right, previous: due });
});

test('what follows is by the right one: its steps, and its due instants when the clock runs again', async () => {
  const dossier = await desk.receive({ procedureCode: wrong });
  const { etag } = await command('lan', dossier, 'suspend', { reasonCode: 'opinion' });
  const rebound = await rebind('binh', { ...dossier, etag });

  expect(rebound.body).toMatchObject({ status: 'suspended', clockRuns: false });
  const resumed = await command('lan', { ...dossier, etag: rebound.etag }, 'resume');
  // The stop took an instant, so the limit that ended on Thursday evening ends in the first minutes of Friday.
  expect(resumed.body.firstDue.legalDueAt).toBe(vinh('2026-11-19 17:30'));
  expect(resumed.body.due.legalDueAt > vinh('2026-11-20 07:00')).toBe(true);
  expect(resumed.body.due.legalDueAt < vinh('2026-11-20 07:45')).toBe(true);

  const to = { officialId: 'minh', postId: 'do-luong-land-officer' };
  const next = { ...dossier, etag: resumed.etag };
  expect((await command('lan', next, 'hand-over', { to, step: 'examine' })).body).toMatchObject({
    code: 'FIELD_INVALID',
  });
  expect((await command('lan', next, 'hand-over', { to })).status).toBe(200);
});

test.each([
  ['a clerk, who gave the receipt', 'lan', right, 403, 'ACTION_FORBIDDEN'],
  ['the procedure it has already', 'binh', wrong, 400, 'FIELD_INVALID'],
  ['a procedure that nobody knows', 'binh', '9.999999', 400, 'PROCEDURE_UNKNOWN'],
])('refused: %s', async (_, who, procedureCode, status, code) => {
  const dossier = await desk.receive({ procedureCode: wrong });

  expect(await rebind(who, dossier, procedureCode)).toMatchObject({ status, body: { code } });
});

test('taken is the version that was in force on receipt, whatever came since', async () => {
  const [{ body } = {}] = await desk.rows('select body from desk.procedure_version where code = $1', right);
  const procedure = (version: number, change: object) => ({
    ...(body as object),
    code: '9.200001',
    version,
    ...change,
  });
  const load = (...procedures: object[]) => desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures });
  await load(procedure(1, {}), procedure(2, { validFrom: '2026-11-17' }));
  const dossier = await desk.receive({ procedureCode: wrong });
  const withdrawal = { legalBasis: 'Decision 2', from: '2026-11-17' };
  await desk.as('quang', 'POST', '/catalogue/procedures/9.200001/versions/1/withdraw', withdrawal);

  expect((await rebind('binh', dossier, '9.200001')).body).toMatchObject({ procedureVersion: 1 });

  await load({ ...procedure(1, { validFrom: '2026-11-17' }), code: '9.200002' });
  expect((await rebind('binh', await desk.receive({ procedureCode: wrong }), '9.200002')).body).toMatchObject({
    code: 'PROCEDURE_NOT_IN_FORCE',
    on: '2026-11-16',
    from: '2026-11-17',
  });
});
