import { DeskAtWork } from '../../test/desk-at-work';
import { IndexApplicants } from './index-applicants';
import type { SearchResult } from './search';

jest.setTimeout(60_000);

const applicant = { name: 'Hồ Đức Trí', phone: '0912 345 678', identityNumber: '040099001234' };
const lines: string[] = [];

let desk: DeskAtWork;
let dossierId: string;
let code: string;

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', log: (line) => lines.push(line) });
  ({
    dossierId,
    body: { code },
  } = await desk.receive({ applicant }));
  await desk.receive({ applicant: { name: 'Hồ Đức Tri', phone: '0911111111' } });
});
afterAll(() => desk.stop());

async function found(who: string, body: object): Promise<readonly string[]> {
  const reply = await desk.as(who, 'POST', '/searches', body);
  expect(reply.status).toBe(200);
  return (reply.body as SearchResult).rows.map(({ applicantName }) => applicantName ?? 'not told');
}

test.each<[string, object, string[]]>([
  ['the identity number', { identityNumber: '0400 9900 1234' }, ['Hồ Đức Trí']],
  ['the phone with a country code', { phone: '+84 912-345-678' }, ['Hồ Đức Trí']],
  ['the whole name, however spaced', { name: ' hồ  đức trí ' }, ['Hồ Đức Trí']],
  ['the name without diacritics, in every spelling', { name: 'Ho Duc Tri' }, ['Hồ Đức Tri', 'Hồ Đức Trí']],
  ['part of a name: never', { name: 'Hồ Đức' }, []],
  ['the phone of nobody', { phone: '0999999999' }, []],
])('found by %s', async (_, body, names) => {
  expect(await found('lan', body)).toEqual(names);
});

test('by its code, with a row as in a queue', async () => {
  const { body } = await desk.as('lan', 'POST', '/searches', { code: ` ${code.toLowerCase()} ` });

  expect(body).toMatchObject({
    rows: [{ dossierId, code, status: 'received', state: 'on-time', version: 1, applicantName: 'Hồ Đức Trí' }],
    hasMore: false,
  });
});

test('what is not in sight is not found', async () => {
  for (const body of [{ name: applicant.name }, { phone: applicant.phone }, { code }]) {
    expect(await found('tuan', body)).toEqual([]);
  }
  expect(await desk.as('thu', 'POST', '/searches', { code })).toMatchObject({ status: 403 });
});

test('a complaint is found by its code alone, by nobody it is about, and names who complains only to holder and heads', async () => {
  const about = { officialId: 'huong' };
  const name = 'Nguyễn Văn Kín';
  const { body } = await desk.receive({ procedureCode: 'S1.000020', applicant: { name }, about });
  await desk.as(
    'lan',
    'POST',
    `/dossiers/${body.dossierId as string}/hand-over`,
    { to: { officialId: 'minh', postId: 'do-luong-land-officer' } },
    { ifMatch: '"1"' },
  );

  expect(await found('lan', { name })).toEqual([]);
  expect(await found('lan', { code: body.code })).toEqual(['not told']);
  expect(await found('minh', { code: body.code })).toEqual([name]);
  expect(await found('huong', { code: body.code })).toEqual([]);
});

test('each hit is logged as a look, and what was typed stands in no log', async () => {
  const looks = `select 1 from desk.access_log where dossier_id = $1 and action = 'search-applicants' and official_id = 'binh'`;
  await found('binh', { identityNumber: applicant.identityNumber });

  expect(await desk.rows(looks, dossierId)).toHaveLength(1);
  expect(lines.join('')).not.toMatch(/040099001234|Hồ|Ho Duc/);
});

test('after a correction the wrong name finds nothing any more', async () => {
  const wrong = await desk.receive({ applicant: { name: 'Trần Sai' } });
  const said = { field: 'applicant.name', newValue: 'Trần Đúng', reasonCode: 'misspelt' };
  const path = `/dossiers/${wrong.dossierId}/correct`;
  expect(await desk.as('lan', 'POST', path, said, { ifMatch: wrong.etag })).toMatchObject({ status: 200 });

  expect(await found('lan', { name: 'tran sai' })).toEqual([]);
  expect(await found('lan', { name: 'tran dung' })).toEqual(['Trần Đúng']);
});

test('who handed in before there was a search is found after the next start', async () => {
  await desk.rows(`delete from desk.applicant_index where why = 'search'`);
  expect(await found('lan', { phone: applicant.phone })).toEqual([]);

  await desk.app.get(IndexApplicants).onModuleInit();
  expect(await found('lan', { phone: applicant.phone })).toEqual(['Hồ Đức Trí']);
  expect(await found('lan', { name: 'nguyen van kin' })).toEqual([]);
});

test.each([[{}], [{ name: 'A', phone: '0912345678' }], [{ phone: 'x' }], [{ email: 'a@b.c' }]])(
  '%j is refused',
  async (body) => {
    expect(await desk.as('lan', 'POST', '/searches', body)).toMatchObject({ status: 400 });
  },
);
