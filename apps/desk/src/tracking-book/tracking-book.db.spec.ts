import { textOfPdf } from '#testing';
import { DeskAtWork, withMigrator } from '../../test/desk-at-work';
import { planOf } from '../../test/plan-of';
import type { TrackingBookView } from './tracking-book';

jest.setTimeout(60_000);

const applicant = { name: 'Nguyễn Thị Ngọc Ánh', phone: '0912000111', address: 'Xóm 3, tỉnh Nghệ An' };
const march = { from: '2026-02-28T17:00:00.000Z', until: '2026-03-31T17:00:00.000Z' };

let desk: DeskAtWork;
let settled: string;

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation: withMigrator });
  settled = await received('2026-03-02T02:00:00.000Z', { applicant });
  await received('2026-03-03T02:00:00.000Z');
  await received('2026-03-31T17:00:00.000Z');
});
afterAll(() => desk.stop());

/** A receipt that Kien brings from the past, at lan's counter; the first is settled late. */
async function received(occurredAt: string, body: object = {}): Promise<string> {
  const responsible = { officialId: 'lan', postId: 'do-luong-centre-clerk' };
  const intake = { procedureCode: '1.001193', channel: 'desk', occurredAt, responsible, ...body };
  const reply = await desk.as('kien', 'POST', '/dossiers', intake);
  expect(reply.status).toBe(201);
  const { dossierId } = reply.body as { dossierId: string };
  if ('applicant' in body) {
    const done = { result: 'granted', occurredAt: '2026-03-10T02:00:00.000Z' };
    const path = `/dossiers/${dossierId}/mark-processed`;
    expect((await desk.as('kien', 'POST', path, done, { ifMatch: reply.etag })).status).toBe(200);
  }
  return dossierId;
}

async function book(who: string, query: Record<string, string> = march) {
  const { status, body } = await desk.as(who, 'GET', `/tracking-book?${new URLSearchParams(query).toString()}`);
  return { status, body: body as TrackingBookView };
}

test('the book of a month holds what was received in it, in that order, as it stands now', async () => {
  const { status, body } = await book('an');

  expect(status).toBe(200);
  expect(body).toMatchObject({ regulation: '03/2025/TT-VPCP', number: '07', timeZone: 'Asia/Ho_Chi_Minh', ...march });
  expect(body.rows).toHaveLength(2);
  expect(body.rows[0]).toMatchObject({
    dossierId: settled,
    applicant,
    receivedAt: '2026-03-02T02:00:00.000Z',
    processedAt: '2026-03-10T02:00:00.000Z',
    outcome: 'late',
  });
  expect(body.rows[1]).toMatchObject({ applicant: null, processedAt: null, outcome: null });
});

test('a period before the circular of 2025 has the number of its time', async () => {
  const { body } = await book('an', { from: '2025-05-31T17:00:00.000Z', until: '2025-06-30T17:00:00.000Z' });

  expect(body).toMatchObject({ regulation: '01/2018/TT-VPCP', number: '06', rows: [] });
});

test('each line is a look, and nobody reads the book of another office', async () => {
  await book('thu');

  expect(
    await desk.rows(`select dossier_id from desk.access_log where official_id = 'thu' and outcome = 'allowed'`),
  ).toHaveLength(2);
  expect((await book('tuan')).status).toBe(403);
  expect((await book('dung')).body.rows).toEqual([]);
  expect((await book('dung', { ...march, officeId: 'do-luong' })).status).toBe(403);
});

test('a complaint is not in the book of whom it is about', async () => {
  const { dossierId } = await desk.receive({ procedureCode: 'S1.000020', applicant, about: { officialId: 'an' } });
  const today = { from: '2026-11-01T00:00:00.000Z', until: '2099-01-01T00:00:00.000Z' };
  const seenBy = async (who: string) => (await book(who, today)).body.rows.map((row) => row.dossierId);

  expect(await seenBy('thu')).toEqual([dossierId]);
  expect(await seenBy('an')).toEqual([]);
});

test('the book of a period reads that period, and not all that was ever received', async () => {
  const plan = await planOf(desk, /received_at|clockStartedAt/, () => book('an'));

  expect(plan).toMatch(/dossier_by_receipt on dossier .*\n\s+Index Cond: \(\(received_at >= .* AND \(received_at < /);
});

test('no period, and one that holds more than a book can, are refused by name', async () => {
  expect(await book('an', { from: march.until, until: march.until })).toMatchObject({ status: 400 });
  await desk.rows(
    `insert into desk.dossier (dossier_id, code, version, status, procedure_code, office_id, holder_official_id,
       holder_office_id, earliest_due_at, last_recorded_at, ended_at, last_sequence, last_hash, state)
     select id, 'X-' || n, version, status, procedure_code, office_id, holder_official_id, holder_office_id, earliest_due_at,
       last_recorded_at, ended_at, last_sequence, last_hash, jsonb_set(state, '{dossierId}', to_jsonb(id))
     from desk.dossier, lateral (select n, gen_random_uuid() as id from generate_series(1, 500) n) copies
     where dossier_id = '${settled}'`,
  );

  const { status, body } = await book('an');
  expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ field: 'until' }] } });
});

test('on paper it is a landscape table under the state’s heading, readable in Vietnamese', async () => {
  const authorization = `Bearer ${await desk.token('issuer', { sub: 'thu', post: 'do-luong-inspector', office: 'do-luong-inspectorate' })}`;
  const query = new URLSearchParams({ from: '2026-03-02T17:00:00.000Z', until: '2026-03-31T17:00:00.000Z' });
  const asked = async (language: string) => {
    const answer = await fetch(`${desk.url}/tracking-book.pdf?${query.toString()}&language=${language}`, {
      headers: { authorization },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="tracking-book-2026-03-03.pdf"');
    return textOfPdf(Buffer.from(await answer.arrayBuffer()));
  };

  const text = await asked('vi');
  expect(text).toContain('SỔ THEO DÕI HỒ SƠ');
  expect(text).toContain('Mẫu số 07 · 03/2025/TT-VPCP');
  expect(text).toContain('Được tiếp nhận');
  expect(await asked('de')).toContain('EINGANGSBUCH');
});
