import { DeskAtWork } from '../../test/desk-at-work';

jest.setTimeout(60_000);

let desk: DeskAtWork;

beforeAll(async () => {
  desk = await DeskAtWork.start({ timeMap: { mapped: '2026-03-02T01:00:00.000Z', speed: 1 } });
}, 60_000);

afterAll(async () => {
  await desk.stop();
});

const usual = (query = '', who = 'lan') => desk.as(who, 'GET', `/usual-times?procedureCode=1.012786${query}`);

/** A dossier as an earlier system held it: received and settled at given instants of Monday 2 March 2026. */
async function settled(receivedAt: string, processedAt: string, suspension: object[] = []): Promise<void> {
  const { dossierId, etag } = await desk.receive();
  await desk.as('lan', 'POST', `/dossiers/${dossierId}/mark-processed`, { result: 'granted' }, { ifMatch: etag });
  await desk.rows(`update desk.dossier set state = state || $2 where dossier_id = $1`, dossierId, {
    clockStartedAt: receivedAt,
    processedAt,
    suspensions: suspension,
  });
}

test('before there is a result nothing is usual', async () => {
  expect((await usual()).body).toEqual({
    procedureCode: '1.012786',
    officeId: 'do-luong-centre',
    results: 0,
    medianMs: null,
    p90Ms: null,
  });
});

test('of a procedure that is not there nothing is told, and nothing of an office that never was', async () => {
  const unknown = await desk.as('lan', 'GET', '/usual-times?procedureCode=1.999999');
  const nowhere = await usual('&officeId=nowhere');

  expect(unknown).toMatchObject({
    status: 400,
    body: { code: 'PROCEDURE_UNKNOWN', errors: [{ field: 'procedureCode', rule: 'is not in the catalogue' }] },
  });
  expect(nowhere.body.detail).toBe('Office nowhere is not in the organisation.');
});

test('the median and the slowest of ten are told in working time, without the time the applicant took', async () => {
  const monday = (time: string) => new Date(`2026-03-02T${time}:00+07:00`).toISOString();
  for (let hour = 1; hour <= 3; hour += 1)
    await settled(monday('08:00'), monday(`${String(8 + hour).padStart(2, '0')}:00`));
  await settled(monday('08:00'), monday('17:00'), [
    { reason: 'supplement', from: monday('08:30'), until: monday('16:30') },
  ]);

  expect((await usual()).body).toMatchObject({ results: 4, medianMs: 3_600_000, p90Ms: 3 * 3_600_000 });
});

test('another office or procedure has figures of its own, and a stranger gets none', async () => {
  expect((await usual('&officeId=do-luong-land')).body).toMatchObject({ results: 0 });
  expect((await usual('&officeId=atlantis')).body).toMatchObject({ code: 'OFFICE_GONE' });
  expect((await desk.request(null, 'GET', '/usual-times?procedureCode=1.012786', undefined, {})).status).toBe(401);
});

test('what can be asked for is the offices that take dossiers in and the procedures in force, by name', async () => {
  const { status, body } = await desk.asService('gateway', 'GET', '/usual-times/choices?language=en');

  expect(status).toBe(200);
  expect(body.workingHoursPerDay).toBe(8);
  expect(body.offices).toContainEqual({
    id: 'do-luong-centre',
    name: 'Trung tâm Phục vụ hành chính công xã Đô Lương',
  });
  expect(body.offices.map(({ id }: { id: string }) => id)).not.toContain('do-luong-land');
  const names = body.procedures.map(({ name }: { name: string }) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names).toEqual([...names].sort((one: string, other: string) => one.localeCompare(other, 'en')));
});
