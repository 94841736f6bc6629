import { DeskAtWork } from '../../test/desk-at-work';

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
  expect((await desk.as('lan', 'GET', `${path}/e-form`)).body).toEqual({ answers: null });
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
  expect((await desk.as('lan', 'GET', `/dossiers/${onPaper.dossierId}/e-form`)).body).toEqual({ answers: null });
});
