import { DeskAtWork, demoOrganisation, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

let desk: DeskAtWork;

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
});
afterAll(() => desk.stop());

const applicant = { name: 'Hồ Canary Chín', phone: '0912000111', address: 'Xóm 3' };

/** A dossier with an applicant, and a command on it as it then stands. */
async function received(body: object = {}) {
  const { dossierId, etag } = await desk.receive({ applicant, ...body });
  let ifMatch: string | null = etag;
  const act = async (who: string, command: string, said: object = {}): Promise<Reply> => {
    const reply = await desk.as(who, 'POST', `/dossiers/${dossierId}/${command}`, said, { ifMatch });
    expect(reply).toMatchObject({ status: 200 });
    ifMatch = reply.etag;
    return reply;
  };
  const form = (path: string, who = 'lan') => desk.as(who, 'GET', `/dossiers/${dossierId}/${path}`);
  return { dossierId, act, form };
}

/** The values of a form by the names of its fields. */
function valuesOf({ fields }: { readonly fields: readonly any[] }): Record<string, any> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

test('a receipt made again later says what it said, whoever and whatever has another name by then', async () => {
  const { dossierId, act, form } = await received();
  const receipt = await form('forms/receipt');
  expect(receipt).toMatchObject({
    status: 200,
    body: { kind: 'receipt', number: '01', regulation: '03/2025/TT-VPCP' },
  });
  expect(receipt.body.fields[0].label).toEqual({ vi: 'Cơ quan', en: 'Authority', de: 'Behörde' });
  expect(valuesOf(receipt.body)).toMatchObject({
    agency: 'Ủy ban nhân dân xã Đô Lương',
    office: 'Trung tâm Phục vụ hành chính công xã Đô Lương',
    applicantName: 'Hồ Canary Chín',
    applicantAddress: 'Xóm 3',
    applicantEmail: null,
    author: demoOrganisation.officials.find(({ id }) => id === 'lan')?.name,
  });

  await act('lan', 'correct', { field: 'applicant.name', newValue: 'Hồ Canary Mười', reasonCode: 'misspelt' });
  const offices = demoOrganisation.offices.map((office) => ({ ...office, name: `${office.name} (mới)` }));
  expect(await desk.as('quang', 'POST', '/organisation', { ...demoOrganisation, offices })).toMatchObject({
    status: 201,
  });
  await act('binh', 'stop', { reasonCode: 'court-order' });

  expect((await form('forms/receipt')).body).toEqual(receipt.body);
  const notice = await form('forms/stop-notice');
  expect(notice).toMatchObject({ status: 200, body: { number: '05', sequence: 3 } });
  expect(valuesOf(notice.body)).toMatchObject({
    agency: 'Ủy ban nhân dân xã Đô Lương (mới)',
    applicantName: 'Hồ Canary Mười',
    reason: { en: 'A court or a competent authority ordered to stop.' },
  });
  expect((await form('forms')).body.forms.map(({ kind, sequence }: any) => [kind, sequence])).toEqual([
    ['receipt', 1],
    ['stop-notice', 3],
  ]);

  const looks = await desk.rows('select official_id, action from desk.access_log where dossier_id = $1', dossierId);
  expect(looks).toEqual([1, 2, 3].map(() => ({ official_id: 'lan', action: 'read-form' })));
});

test('a reason that only the office knows is said in the words that were written with it, or refused', async () => {
  const { dossierId, act, form } = await received();
  const asked = { reasonCode: 'e-1042', components: ['map'] };
  await act('lan', 'request-supplement', { ...asked, remark: 'Bản đồ thiếu tọa độ.' });
  const { etag } = await act('lan', 'receive-supplement');
  const inCode = (command: string, who: string, body: object) =>
    desk.as(who, 'POST', `/dossiers/${dossierId}/${command}`, body, { ifMatch: etag });

  const explained = await form('forms/supplement-request?sequence=2');
  expect(valuesOf(explained.body)['reason']).toMatchObject({ vi: 'Bản đồ thiếu tọa độ.' });
  const refused = { status: 400, body: { code: 'FIELD_INVALID', errors: [{ field: 'reasonCode' }] } };
  const exception = { legalBasis: 'Điều 137', approvedBy: 'binh' };
  expect(await inCode('request-supplement', 'lan', { ...asked, ...exception })).toMatchObject(refused);
  expect(await inCode('stop', 'binh', { reasonCode: 'e-1042' })).toMatchObject(refused);
  const until = (await form('apology-draft', 'binh')).body.draft.proposedDate as string;
  expect(await inCode('extend', 'binh', { reasonCode: 'e-1042', until })).toMatchObject(refused);
  expect(await inCode('suspend', 'lan', { reasonCode: 'e-1042' })).toMatchObject({ status: 200 });
});

test('the head sees the apology drafted, signs it with its date, and it is the form that was drafted', async () => {
  const { dossierId, act, form } = await received();
  const drafted = await form('apology-draft', 'binh');
  expect(drafted).toMatchObject({
    status: 200,
    body: {
      draft: { isInTime: true, needsException: false, extensionsMade: 0 },
      form: { isDraft: true, number: '04' },
    },
  });
  const { draft } = drafted.body;
  expect(draft.proposedAt > draft.appointmentAt).toBe(true);

  await act('binh', 'extend', { reasonCode: 'survey', until: draft.proposedDate });
  const signed = valuesOf((await form('forms/apology')).body);
  const before = valuesOf(drafted.body.form);
  expect(signed).toEqual({
    ...before,
    reason: signed['reason'],
    signer: demoOrganisation.officials.find(({ id }) => id === 'binh')?.name,
  });
  expect(signed).toMatchObject({ firstDueAt: draft.firstAppointmentAt, newDueAt: draft.proposedAt });
  expect((await form('apology-draft', 'binh')).body.draft).toMatchObject({ needsException: true });

  const looks = await desk.rows('select official_id, action from desk.access_log where dossier_id = $1', dossierId);
  expect(looks.map(({ action }) => action)).toEqual(['read-apology-draft', 'read-form', 'read-apology-draft']);
});

test('no apology is drafted by whoever signs none, nor for what cannot be extended now', async () => {
  const { act, form } = await received();

  expect(await form('apology-draft', 'lan')).toMatchObject({ status: 403, body: { code: 'ACTION_FORBIDDEN' } });
  await act('lan', 'suspend', { reasonCode: 'opinion' });
  expect(await form('apology-draft', 'binh')).toMatchObject({ status: 409, body: { code: 'COMMAND_NOT_ALLOWED' } });
});

test('what is no form, of no entry, or of no such circular is refused by name', async () => {
  const { act, form } = await received();
  await act('binh', 'stop', { reasonCode: 'court-order' });

  expect(await form('forms/menu')).toMatchObject({
    status: 400,
    body: { code: 'FIELD_INVALID', errors: [{ field: 'kind' }] },
  });
  expect(await form('forms/refusal')).toMatchObject({ status: 404, body: { code: 'FORM_NOT_MADE' } });
  expect(await form('forms/receipt?sequence=2')).toMatchObject({ status: 404, body: { code: 'FORM_NOT_MADE' } });
  expect(await form('forms/receipt?sequence=none')).toMatchObject({ status: 400 });
  expect(await form('forms/receipt?regulation=02/2030')).toMatchObject({ status: 400 });
  expect(await form('forms/stop-notice?regulation=01/2018/TT-VPCP')).toMatchObject({
    status: 400,
    body: { code: 'FORM_NOT_OF_REGULATION' },
  });
});

test('whoever may not see the dossier sees none of its forms, and it is logged as refused', async () => {
  const { dossierId, form } = await received();

  for (const path of ['forms', 'forms/receipt']) {
    expect(await form(path, 'tuan')).toMatchObject({ status: 404, body: { code: 'DOSSIER_NOT_FOUND' } });
  }
  const logged = 'select official_id, outcome from desk.access_log where dossier_id = $1';
  const refused = { official_id: 'tuan', outcome: 'not-found' };
  expect(await desk.rows(logged, dossierId)).toEqual([refused, refused]);
});

test('what is older than the first organisation is named by the first', async () => {
  const { form } = await received();
  await desk.rows(`update desk.organisation set loaded_at = loaded_at + interval '1 day'`);

  expect(valuesOf((await form('forms/receipt')).body)).toMatchObject({ agency: 'Ủy ban nhân dân xã Đô Lương' });
});
