import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantOnWall, parseWorkCalendar } from '#calendar';
import { DeskAtWork, withMigrator, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

/* Which version of a procedure takes new dossiers, as a catalogue goes through time. On a real database. */

const vietNam = parseWorkCalendar(
  JSON.parse(readFileSync(join(__dirname, '../../../../catalogue/calendars/vn-office.json'), 'utf8')),
);
const vinh = (wall: string) => instantOnWall(vietNam, wall);
const today = '2026-11-23';

let desk: DeskAtWork;
let sample: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  desk = await DeskAtWork.start({
    timeMap: { mapped: vinh(`${today} 09:00`), speed: 1 },
    organisation: withMigrator,
  });
  const [row] = await desk.rows("select body from desk.procedure_version where code = '1.012786'");
  sample = row?.['body'] as typeof sample;
}, 60_000);

afterAll(async () => {
  await desk.stop();
});

/** Loads a version of a procedure that only this test knows. */
async function load(code: string, change: object): Promise<Reply> {
  const procedures = [{ ...sample, code, ...change }];
  return desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures });
}

function act(what: 'publish' | 'withdraw', code: string, version: number, body: object = {}, who = 'quang') {
  const said = { legalBasis: 'Decision 1', ...body };
  return desk.as(who, 'POST', `/catalogue/procedures/${code}/versions/${version}/${what}`, said);
}

async function promised(procedureCode: string, at = vinh(`${today} 09:00`)): Promise<Reply> {
  const query = new URLSearchParams({ procedureCode, channel: 'desk', at });
  return desk.as('lan', 'GET', `/promises?${query.toString()}`);
}

const entries = (code: string) =>
  desk.rows(
    `select type, body::jsonb->'data' as data from desk.journal
     where stream = 'catalogue' and body::jsonb->'data'->>'procedureCode' = $1 order by sequence`,
    code,
  );

test('a draft takes no dossier until it is published, once, on a basis that is journalled', async () => {
  await load('9.100001', { state: 'draft' });
  const refusal = { status: 400, body: { code: 'PROCEDURE_NOT_IN_FORCE', on: today, from: null } };
  expect(await promised('9.100001')).toMatchObject(refusal);
  expect(await desk.as('lan', 'POST', '/dossiers', { procedureCode: '9.100001', channel: 'desk' })).toMatchObject(
    refusal,
  );

  const published = { version: 1, state: 'published', validFrom: null, withdrawnFrom: null };
  expect(await act('publish', '9.100001', 1)).toMatchObject({ status: 200, body: published });
  expect((await act('publish', '9.100001', 1)).body).toEqual(published);

  expect((await promised('9.100001')).body).toMatchObject({ procedureVersion: 1 });
  expect(await entries('9.100001')).toEqual([
    {
      type: 'procedure-published',
      data: expect.objectContaining({ procedureVersion: 1, legalBasis: 'Decision 1', actor: expect.anything() }),
    },
  ]);
});

test('a new version waits for its day, and the one before holds until then', async () => {
  await load('9.100002', {});
  await load('9.100002', { version: 2, validFrom: '2026-12-01' });

  const versionAt = async (wall: string) => (await promised('9.100002', vinh(wall))).body.procedureVersion as number;

  expect(await versionAt(`${today} 09:00`)).toBe(1);
  expect(await versionAt('2026-11-30 23:59')).toBe(1);
  expect(await versionAt('2026-12-01 00:00')).toBe(2);
});

test('where no version is in force yet, it is said from when one is', async () => {
  await load('9.100003', { validFrom: '2027-01-01' });
  await load('9.100003', { version: 2, validFrom: '2026-12-15' });
  await load('9.100003', { version: 3, validFrom: '2026-12-01', state: 'draft' });

  const { body } = await promised('9.100003');

  expect(body).toMatchObject({
    code: 'PROCEDURE_NOT_IN_FORCE',
    from: '2026-12-15',
    errors: [{ field: 'procedureCode' }],
  });
});

describe('a version that is withdrawn', () => {
  test('takes no new dossier from its day on, and open dossiers keep it', async () => {
    await load('9.100004', {});
    const open = await desk.receive({ procedureCode: '9.100004' });

    expect((await act('withdraw', '9.100004', 1)).body).toMatchObject({ state: 'withdrawn', withdrawnFrom: today });
    expect((await act('withdraw', '9.100004', 1)).body).toMatchObject({ withdrawnFrom: today });

    expect((await promised('9.100004')).body).toMatchObject({ code: 'PROCEDURE_NOT_IN_FORCE' });
    const supplement = { reasonCode: 'document-missing', components: ['form'] };
    const handled = await desk.as('lan', 'POST', `/dossiers/${open.dossierId}/request-supplement`, supplement, {
      ifMatch: open.etag,
    });
    expect(handled).toMatchObject({ status: 200, body: { procedureCode: '9.100004', procedureVersion: 1 } });
    expect((await entries('9.100004')).map(({ type }) => type)).toEqual(['procedure-withdrawn']);
  });

  test('still was in force before: records of then are taken over under it', async () => {
    await load('9.100005', {});
    await act('withdraw', '9.100005', 1);

    const past = { procedureCode: '9.100005', channel: 'desk', occurredAt: vinh('2026-11-20 10:00') };
    const { status, body } = await desk.as('kien', 'POST', '/dossiers', past);

    expect([status, body.procedureVersion]).toEqual([201, 1]);
  });

  test('may be so from a day to come, never from one that is past', async () => {
    await load('9.100006', {});

    expect((await act('withdraw', '9.100006', 1, { from: '2026-11-22' })).body).toMatchObject({
      code: 'FIELD_INVALID',
    });
    expect((await act('withdraw', '9.100006', 1, { from: '2027-03-01' })).status).toBe(200);
    expect((await promised('9.100006')).body).toMatchObject({ procedureVersion: 1 });
    expect((await act('withdraw', '9.100006', 1, { from: '2027-04-01' })).body).toMatchObject({
      code: 'PROCEDURE_STATE_CONFLICT',
      state: 'withdrawn',
    });
    expect((await act('publish', '9.100006', 1)).status).toBe(409);
  });

  test('between submission and acceptance is accepted no more', async () => {
    await load('9.100007', {});
    const submission = { procedureCode: '9.100007', channel: 'online' };
    const submitted = await desk.as('huong', 'POST', '/submissions', submission);
    const { dossierId } = submitted.body as { dossierId: string };
    await act('withdraw', '9.100007', 1);

    const accepted = await desk.as('huong', 'POST', `/dossiers/${dossierId}/accept`, {}, { ifMatch: submitted.etag });

    expect(accepted.body).toMatchObject({ code: 'PROCEDURE_NOT_IN_FORCE' });
  });
});

test('a draft is published before it is withdrawn, and a version that nobody loaded is neither', async () => {
  await load('9.100008', { state: 'draft' });

  expect((await act('withdraw', '9.100008', 1)).body).toMatchObject({
    code: 'PROCEDURE_STATE_CONFLICT',
    state: 'draft',
  });
  expect((await act('publish', '9.100008', 2)).body).toMatchObject({ code: 'PROCEDURE_UNKNOWN' });
  expect((await act('publish', '9.100008', 1, { legalBasis: '' })).status).toBe(400);
});

test('all versions are listed for administrator and auditor; only the administrator changes them', async () => {
  await load('9.100009', {});
  await load('9.100009', { version: 2, state: 'draft', validFrom: '2027-01-01' });
  const path = '/catalogue/procedures/9.100009/versions';

  expect((await desk.as('thu', 'GET', path)).body).toEqual({
    versions: [
      { version: 2, state: 'draft', validFrom: '2027-01-01', withdrawnFrom: null },
      { version: 1, state: 'published', validFrom: null, withdrawnFrom: null },
    ],
  });
  expect((await desk.as('lan', 'GET', path)).status).toBe(403);
  for (const who of ['lan', 'an', 'thu']) expect((await act('publish', '9.100009', 2, {}, who)).status).toBe(403);
});
