import { DeskAtWork, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

const MARRIAGE = 'S1.000002';
const applicant = { name: 'Lê Canary Năm', phone: '0912000555' };

let desk: DeskAtWork;
beforeAll(async () => (desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' })));
afterAll(() => desk.stop());

const there = (component: string, counts: object = {}) => ({ component, state: 'present', ...counts });
const missing = (component: string) => ({ component, state: 'missing' });

/** A dossier of Lan's, and commands on it as it then stands. */
async function received(body: object) {
  const begun = await desk.receive({ procedureCode: MARRIAGE, applicant, ...body });
  const path = `/dossiers/${begun.dossierId}`;
  let ifMatch: string | null = begun.etag;
  const act = async (command: string, said: object): Promise<Reply> => {
    const reply = await desk.as('lan', 'POST', `${path}/${command}`, said, { ifMatch });
    ifMatch = reply.etag ?? ifMatch;
    return reply;
  };
  const list = async (query = '', who = 'lan') => (await desk.as(who, 'GET', `${path}/papers${query}`)).body.papers;
  const states = async (query = '') => (await list(query)).map((one: any) => [one.component, one.state]);
  return { ...begun, path, act, list, states };
}

test('what the clerk finds at intake is an entry behind the receipt, on the receipt, and changed by later ones', async () => {
  const papers = [there('application-form'), there('identity-document', { copies: 2 })];
  const { path, act, list, states, body, dossierId, etag } = await received({ papers });

  expect({ etag, last: body.lastSequence }).toEqual({ etag: '"2"', last: 2 });
  expect(await list('?language=en')).toMatchObject([
    {
      component: 'application-form',
      name: 'Form for the registration of a marriage',
      state: 'present',
      ...{ originals: 1, copies: 0 },
      asked: { originals: 1, copies: 0, required: true },
      since: { sequence: 2, by: { officialId: 'lan' } },
    },
    { component: 'marital-status-certificate', state: 'not-looked-at', originals: 0, since: null },
    { component: 'identity-document', state: 'present', originals: 0, copies: 2 },
  ]);
  const receipt = await desk.as('lan', 'GET', `${path}/forms/receipt`);
  const onReceipt = receipt.body.fields.find(({ name }: any) => name === 'components').value;
  expect(onReceipt.map((row: any) => row.map(({ value }: any) => value.vi ?? value))).toEqual([
    ['Tờ khai đăng ký kết hôn', 1, 0],
    ['Thẻ căn cước hoặc hộ chiếu (xuất trình)', 0, 2],
  ]);

  expect(
    await act('check-papers', { papers: [missing('marital-status-certificate')], remark: 'Chưa ly hôn?' }),
  ).toMatchObject({ status: 200 });
  await act('request-supplement', {
    reasonCode: 'document-missing',
    components: ['marital-status-certificate', 'application-form'],
  });
  const { secret, code } = (await desk.as('lan', 'GET', `${path}/look-up-secret`)).body;
  const missingForCitizen = async () =>
    (await desk.asService('gateway', 'POST', '/public-look-ups', { code, secret })).body.asked.missing;
  expect(await missingForCitizen()).toEqual(['Giấy xác nhận tình trạng hôn nhân', 'Tờ khai đăng ký kết hôn']);
  await act('check-papers', { papers: [there('application-form')] });
  expect(await missingForCitizen()).toEqual(['Giấy xác nhận tình trạng hôn nhân']);
  const brought = { papers: [there('marital-status-certificate')], remark: 'Bản chính.' };
  expect(await act('receive-supplement', brought)).toMatchObject({ status: 200 });

  expect(await states()).toEqual([
    ['application-form', 'present'],
    ['marital-status-certificate', 'present'],
    ['identity-document', 'present'],
  ]);
  expect(await states('?asOf=4')).toEqual([
    ['application-form', 'missing'],
    ['marital-status-certificate', 'missing'],
    ['identity-document', 'present'],
  ]);
  expect(await states('?asOf=1')).toEqual([
    ['application-form', 'not-looked-at'],
    ['marital-status-certificate', 'not-looked-at'],
    ['identity-document', 'not-looked-at'],
  ]);
  expect((await desk.as('lan', 'GET', `${path}/forms/receipt`)).body).toEqual(receipt.body);
  const { entries } = (await desk.as('lan', 'GET', `${path}/history`)).body;
  expect(entries.map(({ event }: any) => event.type)).toEqual([
    'dossier-received',
    'papers-checked',
    'papers-checked',
    'dossier-supplement-requested',
    'papers-checked',
    'dossier-supplement-received',
    'papers-checked',
  ]);
  // What was written for the file stands with the act itself.
  const remarks = await desk.rows(
    'select sequence from desk.remark where dossier_id = $1 order by sequence',
    dossierId,
  );
  expect(remarks).toEqual([{ sequence: 3 }, { sequence: 6 }]);
});

test('what came online is looked at as it is accepted, and its receipt lists what was found', async () => {
  const submission = { procedureCode: MARRIAGE, channel: 'online', applicant };
  const submitted = await desk.as('huong', 'POST', '/submissions', submission);
  const path = `/dossiers/${submitted.body.dossierId}`;

  const papers = [there('application-form'), missing('identity-document')];
  const accepted = await desk.as('huong', 'POST', `${path}/accept`, { papers }, { ifMatch: submitted.etag });

  expect(accepted).toMatchObject({ status: 200, body: { lastSequence: 3 } });
  const { fields } = (await desk.as('huong', 'GET', `${path}/forms/receipt`)).body;
  expect(fields.find(({ name }: any) => name === 'components').value).toHaveLength(1);
});

test('a paper that the procedure does not know is refused with its place, and then nothing has happened', async () => {
  const before = await desk.rows('select count(*) from desk.dossier');
  const body = { procedureCode: MARRIAGE, channel: 'desk', papers: [there('map')] };
  const refused = { status: 400, body: { code: 'FIELD_INVALID', errors: [{ field: 'papers' }] } };

  expect(await desk.as('lan', 'POST', '/dossiers', body)).toMatchObject(refused);
  expect(await desk.rows('select count(*) from desk.dossier')).toEqual(before);
  const { act, states } = await received({});
  expect(await act('check-papers', { papers: [missing('map')] })).toMatchObject(refused);
  expect(await act('check-papers', { papers: [{ component: 'application-form', state: 'lost' }] })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'papers.0.state' }] },
  });
  expect((await states()).every(([, state]: string[]) => state === 'not-looked-at')).toBe(true);
});

test('another office sees no list and marks none', async () => {
  const { path } = await received({ papers: [there('application-form')] });
  const notThere = { status: 404, body: { code: 'DOSSIER_NOT_FOUND' } };

  expect(await desk.as('tuan', 'GET', `${path}/papers`)).toMatchObject(notThere);
  const papers = [missing('application-form')];
  expect(await desk.as('tuan', 'POST', `${path}/check-papers`, { papers }, { ifMatch: '"2"' })).toMatchObject(notThere);
});
