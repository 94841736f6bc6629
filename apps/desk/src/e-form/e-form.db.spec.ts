import { demoOrganisation, DeskAtWork } from '../../test/desk-at-work';

jest.setTimeout(60_000);

const DEATH = 'S1.000003';
const applicant = { name: 'Đặng Canary Sáu', phone: '0912000666' };
const answers = {
  deceasedName: 'Đặng Canary Bảy',
  diedOn: '2026-11-20',
  diedAt: 'Xóm Canary',
  relation: 'child',
  copies: 3,
};

/** What is read where nothing was answered, or nothing can be read any more. */
const nothing = { answers: null, questions: null, statements: [] };

let desk: DeskAtWork;
beforeAll(async () => (desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' })));
afterAll(() => desk.stop());

const receive = (body: object) =>
  desk.as('lan', 'POST', '/dossiers', { procedureCode: DEATH, channel: 'desk', applicant, ...body });

test('answers are sealed, shown with what was asked to who may see them, logged, on the receipt, and gone with the key', async () => {
  const { status, body } = await receive({ eForm: answers });
  expect(status).toBe(201);
  const { dossierId } = body;
  const path = `/dossiers/${dossierId}`;

  const read = await desk.as('lan', 'GET', `${path}/e-form`);
  expect(read.body.answers.map(({ name, words }: any) => [name, words.vi])).toEqual([
    ['deceasedName', 'Đặng Canary Bảy'],
    ['diedOn', '20/11/2026'],
    ['diedAt', 'Xóm Canary'],
    ['relation', 'Con'],
    ['copies', '3'],
  ]);
  const { fields } = (await desk.as('lan', 'GET', `${path}/forms/receipt`)).body;
  expect(fields.find(({ name }: any) => name === 'eForm').value).toHaveLength(5);
  const looks = await desk.rows(
    'select official_id, action from desk.access_log where dossier_id = $1 order by id',
    dossierId,
  );
  expect(looks).toEqual(['read-e-form', 'read-form'].map((action) => ({ official_id: 'lan', action })));
  expect(await desk.as('tuan', 'GET', `${path}/e-form`)).toMatchObject({ status: 404 });

  const sealed = (await desk.rows('select sequence, sealed from desk.e_form where dossier_id = $1', dossierId))[0]!;
  expect(sealed).toMatchObject({ sequence: 1 });
  expect((sealed['sealed'] as Buffer).includes('Canary')).toBe(false);
  const journal = await desk.rows('select body from desk.journal where stream = $1', dossierId);
  expect(JSON.stringify(journal)).not.toContain('Canary');

  await desk.rows('delete from desk.dossier_key where dossier_id = $1', dossierId);
  expect((await desk.as('lan', 'GET', `${path}/e-form`)).body).toEqual(nothing);
});

test('answers that the form does not allow are refused, each by its field, and then no dossier has begun', async () => {
  const before = await desk.rows('select count(*) from desk.dossier');

  expect(await receive({ eForm: { ...answers, relation: 'friend', diedOn: '20/11/2026', grave: 'x' } })).toMatchObject({
    status: 400,
    body: {
      code: 'FIELD_INVALID',
      errors: [
        { field: 'eForm.grave', rule: 'is no field of this form' },
        { field: 'eForm.diedOn', rule: 'must be a day, YYYY-MM-DD' },
        { field: 'eForm.relation' },
      ],
    },
  });
  expect(await receive({ procedureCode: 'S1.000002', eForm: answers })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'eForm' }] },
  });
  expect(await receive({ eForm: ['x'] })).toMatchObject({ status: 400, body: { errors: [{ field: 'eForm' }] } });
  expect(await desk.rows('select count(*) from desk.dossier')).toEqual(before);
});

test('an online submission brings its answers, and a paper form needs none', async () => {
  const submission = { procedureCode: DEATH, channel: 'online', applicant, eForm: answers };
  const { body } = await desk.as('huong', 'POST', '/submissions', submission);

  expect((await desk.as('huong', 'GET', `/dossiers/${body.dossierId}/e-form`)).body.answers).toHaveLength(5);
  const onPaper = (await receive({})).body;
  expect((await desk.as('lan', 'GET', `/dossiers/${onPaper.dossierId}/e-form`)).body).toEqual(nothing);
});

/** What is kept of a correction's answers is named by its entry, by version and hash, and by nothing that anybody said. */
const correctionOf = async (dossierId: string) => {
  const [row] = await desk.rows(
    `select body::json->>'dataschema' as schema, body::json->'data' as data, encode(sha256(sealed), 'hex') as hash, body
     from desk.journal join desk.e_form on stream = dossier_id::text and journal.sequence = e_form.sequence
     where stream = $1 and journal.sequence > 1 order by journal.sequence desc limit 1`,
    dossierId,
  );
  return row as { schema: string; data: any; hash: string; body: string };
};

const right = { ...answers, deceasedName: 'Đặng Canary Bẩy', copies: 1 };
const correction = { field: 'eForm', eForm: right, reasonCode: 'misspelt', remark: 'Theo giấy báo tử' };
const saidOf = (told: readonly any[]) => Object.fromEntries(told.map(({ name, value }) => [name, value]));

test('a corrected form is a new entry that names what is sealed; before and after stay readable, and paper as it was', async () => {
  const { body, etag } = await receive({ eForm: answers });
  const { dossierId } = body;
  const path = `/dossiers/${dossierId}`;
  const receiptOf = async () => (await desk.as('lan', 'GET', `${path}/forms/receipt`)).body.fields;
  const handedOut = await receiptOf();

  const corrected = await desk.as('lan', 'POST', `${path}/correct`, correction, { ifMatch: etag });
  expect(corrected.status).toBe(200);

  const { schema, data, hash, body: entry } = await correctionOf(dossierId);
  expect(schema).toBe('urn:motcua:dossier-corrected/3');
  expect(data).toEqual({
    actor: expect.objectContaining({ officialId: 'lan' }),
    proposedBy: null,
    field: 'eForm',
    oldValue: null,
    newValue: null,
    eForm: { procedureCode: DEATH, procedureVersion: body.procedureVersion, sealedHash: hash },
    reasonCode: 'misspelt',
  });
  expect(entry).not.toContain('Canary');
  const read = (await desk.as('lan', 'GET', `${path}/e-form`)).body;
  expect(saidOf(read.answers)).toEqual(right);
  expect(
    read.statements.map(({ answers: told, actor, reasonCode }: any) => [saidOf(told), actor.officialId, reasonCode]),
  ).toEqual([
    [answers, 'lan', null],
    [right, 'lan', 'misspelt'],
  ]);
  expect(read.questions.map(({ name }: any) => name)).toEqual(expect.arrayContaining(Object.keys(answers)));
  expect(await receiptOf()).toEqual(handedOut);
  const looks = await desk.rows(
    `select count(*)::integer as looks from desk.access_log where dossier_id = $1 and action = 'read-e-form'`,
    dossierId,
  );
  expect(looks).toEqual([{ looks: 1 }]);
});

test('a submission that is corrected before it is accepted prints the right answers on its receipt', async () => {
  const submission = { procedureCode: DEATH, channel: 'online', applicant, eForm: answers };
  const { body, etag } = await desk.as('huong', 'POST', '/submissions', submission);
  const path = `/dossiers/${body.dossierId}`;
  const corrected = await desk.as('lan', 'POST', `${path}/correct`, correction, { ifMatch: etag });
  expect((await desk.as('lan', 'POST', `${path}/accept`, {}, { ifMatch: corrected.etag })).status).toBe(200);

  const { fields } = (await desk.as('lan', 'GET', `${path}/forms/receipt`)).body;

  const printed = fields.find(({ name }: any) => name === 'eForm').value;
  expect(printed.map((row: any) => row[1].value.vi)).toEqual([
    'Đặng Canary Bẩy',
    '20/11/2026',
    'Xóm Canary',
    'Con',
    '1',
  ]);
});

test('a correction that the form does not allow, that changes nothing, or that has nothing to correct is refused', async () => {
  const { body, etag } = await receive({ eForm: answers });
  const correct = (said: object, dossierId = body.dossierId, ifMatch = etag) =>
    desk.as('lan', 'POST', `/dossiers/${dossierId}/correct`, { ...correction, ...said }, { ifMatch });
  const refusedAt = (field: string) => ({ status: 400, body: { code: 'FIELD_INVALID', errors: [{ field }] } });

  expect(await correct({ eForm: { ...right, relation: 'friend' } })).toMatchObject(refusedAt('eForm.relation'));
  expect(await correct({ eForm: answers })).toMatchObject(refusedAt('eForm'));
  expect(await correct({ eForm: undefined })).toMatchObject(refusedAt('eForm'));
  expect(await correct({ newValue: 'x' })).toMatchObject(refusedAt('newValue'));
  expect(await correct({ field: 'applicant.name' })).toMatchObject(refusedAt('eForm'));
  expect(await correct({ field: 'applicant.name', eForm: undefined })).toMatchObject(refusedAt('newValue'));
  expect(await correct({ reasonCode: undefined })).toMatchObject({ status: 400 });
  const onPaper = await receive({});
  expect(await correct({}, onPaper.body.dossierId, onPaper.etag)).toMatchObject(refusedAt('field'));
  expect(
    await desk.as('tuan', 'POST', `/dossiers/${body.dossierId}/correct`, correction, { ifMatch: etag }),
  ).toMatchObject({ status: 403 });
  await desk.rows('delete from desk.dossier_key where dossier_id = $1', body.dossierId);
  expect(await correct({})).toMatchObject(refusedAt('field'));
});

test('where it takes two, the right answers wait sealed, and are sealed anew by the approval', async () => {
  await desk.as('quang', 'POST', '/organisation', { ...demoOrganisation, fourEyes: ['correct'] });
  const { body, etag } = await receive({ eForm: answers });
  const path = `/dossiers/${body.dossierId}`;
  expect(await desk.as('lan', 'POST', `${path}/correct`, correction, { ifMatch: etag })).toMatchObject({ status: 409 });
  const { remark, ...said } = correction;
  const proposal = { command: 'correct', body: { ...said, remark } };
  const proposed = await desk.as('lan', 'POST', `${path}/approvals`, proposal, { ifMatch: etag });
  expect(proposed.status).toBe(201);
  const waiting = await desk.rows('select said::text, sealed from desk.approval where dossier_id = $1', body.dossierId);
  expect(waiting[0]!['said']).not.toContain('Canary');
  expect((waiting[0]!['sealed'] as Buffer).includes('Canary')).toBe(false);

  const { approvals, takesTwo } = (await desk.as('lan', 'GET', `${path}/approvals`)).body;
  expect(approvals[0].body.eForm).toEqual(right);
  const [approver] = takesTwo.find(({ command }: any) => command === 'correct').approvers;
  const approved = await desk.as(approver.officialId, 'POST', `/approvals/${proposed.body.approvalId}/approve`);

  expect(approved.status).toBe(200);
  const { data, hash } = await correctionOf(body.dossierId);
  expect(data).toMatchObject({
    actor: { officialId: approver.officialId },
    proposedBy: { officialId: 'lan' },
    eForm: { sealedHash: hash },
  });
  expect(saidOf((await desk.as('lan', 'GET', `${path}/e-form`)).body.answers)).toEqual(right);
});
