import { DeskAtWork, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

let desk: DeskAtWork;
beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
});
afterAll(() => desk.stop());

const procedureCode = '1.012786';
let drawn = 0;

/** Somebody nobody has heard of. */
function somebody() {
  drawn += 1;
  return { name: `Nguyễn Văn Mới ${drawn}`, phone: `09120000${drawn + 10}`, identityNumber: `0400990000${drawn + 10}` };
}

async function ask(applicant: object, who = 'lan', procedure = procedureCode): Promise<Reply> {
  return desk.as(who, 'POST', '/duplicates', { procedureCode: procedure, applicant });
}

test('an intake says which dossiers in sight came from the same applicant, and why, and takes it in all the same', async () => {
  const applicant = somebody();
  const first = await desk.receive({ applicant });
  expect(first.body.likelyDuplicates).toEqual([]);

  const again = await desk.receive({ applicant: { ...applicant, phone: '0988777666' } });
  expect(again.body.likelyDuplicates).toEqual([
    { dossierId: first.dossierId, code: first.body.code, why: ['identity-number', 'name'] },
  ]);
  const online = { procedureCode: '1.001193', channel: 'online', applicant };
  const submitted = await desk.as('lan', 'POST', '/submissions', online);
  expect(submitted).toMatchObject({ status: 201, body: { likelyDuplicates: [] } });
});

test('asked before, the same is said; nothing is written but the look', async () => {
  const applicant = somebody();
  const { dossierId, body } = await desk.receive({ applicant });
  const looks = 'select 1 from desk.access_log where action = $1';
  const before = (await desk.rows(looks, 'look-for-duplicates')).length;

  expect(await ask({ name: 'Ai đó', phone: '+84 ' + applicant.phone.slice(1) })).toEqual({
    status: 200,
    etag: null,
    body: { likelyDuplicates: [{ dossierId, code: body.code, why: ['phone'] }] },
  });
  expect((await ask(applicant, 'lan', '1.001193')).body).toEqual({ likelyDuplicates: [] });
  expect((await desk.rows(looks, 'look-for-duplicates')).length).toBe(before + 2);
  expect((await ask(applicant, 'thu')).status).toBe(403);
});

test('one that ended counts for thirty days', async () => {
  const applicant = somebody();
  const { dossierId, etag } = await desk.receive({ applicant });
  const stopped = await desk.as(
    'binh',
    'POST',
    `/dossiers/${dossierId}/stop`,
    { reasonCode: 'applicant-silent' },
    { ifMatch: etag },
  );
  expect(stopped.status).toBe(200);
  expect((await ask(applicant)).body.likelyDuplicates).toHaveLength(1);

  const now = await desk.now();
  const end = 'update desk.dossier set ended_at = $2::timestamptz - $3::interval where dossier_id = $1';
  await desk.rows(end, dossierId, now, '29 days');
  expect((await ask(applicant)).body.likelyDuplicates).toHaveLength(1);
  await desk.rows(end, dossierId, now, '31 days');
  expect((await ask(applicant)).body.likelyDuplicates).toEqual([]);
});

test('a dossier of another office is not told of', async () => {
  const applicant = somebody();
  const { dossierId } = await desk.receive({ applicant });
  await desk.rows(
    `update desk.dossier set office_id = 'do-luong-civil', holder_office_id = 'do-luong-civil',
       state = state || '{"decidingOfficeId":"do-luong-civil"}' where dossier_id = $1`,
    dossierId,
  );

  expect((await ask(applicant)).body.likelyDuplicates).toEqual([]);
});

test('a correction moves the mark: the right name is found, the wrong one no more', async () => {
  const wrong = somebody();
  const { dossierId, etag } = await desk.receive({ applicant: { name: wrong.name } });
  const right = somebody();
  const correction = { field: 'applicant.name', newValue: right.name, reasonCode: 'typo' };
  const corrected = await desk.as('lan', 'POST', `/dossiers/${dossierId}/correct`, correction, { ifMatch: etag });
  expect(corrected.status).toBe(200);

  expect((await ask({ name: right.name })).body.likelyDuplicates).toMatchObject([{ dossierId, why: ['name'] }]);
  expect((await ask({ name: wrong.name })).body.likelyDuplicates).toEqual([]);
});

test('with the dossier’s key its marks are gone', async () => {
  const applicant = somebody();
  const { dossierId } = await desk.receive({ applicant });
  const marks = 'select mark from desk.applicant_index where dossier_id = $1';
  const kept = await desk.rows(marks, dossierId);
  expect(kept).toHaveLength(7); // Three with the procedure, and four to search by: the name also without its diacritics.
  expect(JSON.stringify(kept)).not.toContain(applicant.phone);

  await desk.rows('delete from desk.dossier_key where dossier_id = $1', dossierId);
  expect(await desk.rows(marks, dossierId)).toEqual([]);
});

test('who complains is not found by it', async () => {
  const applicant = somebody();
  const complaint = { procedureCode: 'S1.000020', applicant, about: { officialId: 'minh' } };
  expect((await desk.receive(complaint)).body.likelyDuplicates).toEqual([]);

  expect((await ask(applicant, 'lan', 'S1.000020')).body.likelyDuplicates).toEqual([]);
  expect((await desk.receive(complaint)).body.likelyDuplicates).toEqual([]);
});
