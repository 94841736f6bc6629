import type { ProcedureVersion } from '#domain';
import { DeskAtWork } from '../../test/desk-at-work';
import type { ProcedureView } from './procedure-view';

jest.setTimeout(60_000);

let desk: DeskAtWork;
beforeAll(async () => (desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' })));
afterAll(() => desk.stop());

async function listed(who: string, query = ''): Promise<readonly ProcedureView[]> {
  const { status, body } = await desk.as(who, 'GET', `/procedures${query}`);
  expect(status).toBe(200);
  return body.procedures as ProcedureView[];
}

async function load(procedures: readonly object[]): Promise<void> {
  const { status } = await desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures });
  expect(status).toBe(201);
}

test('the procedures that can be taken in now are listed by code, each as a clerk must know it', async () => {
  const procedures = await listed('lan');

  const codes = procedures.map(({ code }) => code);
  expect(codes).toEqual([...codes].sort());
  expect(codes).toHaveLength(39);
  for (const procedureCode of codes.slice(0, 5)) {
    const asked = `/promises?procedureCode=${procedureCode}&channel=${procedures[codes.indexOf(procedureCode)]?.channels[0] ?? ''}`;
    expect(await desk.as('lan', 'GET', asked)).toMatchObject({ status: 200 });
  }
  const clinic = procedures.find(({ names }) => names.en.includes('medical facility'));
  expect(clinic).toMatchObject({ kind: 'service', sample: true });
  expect(clinic?.components.length).toBeGreaterThan(0);
  expect(clinic?.checklist.length).toBeGreaterThan(0);
});

test('limits are said in the language asked for', async () => {
  const of = async (language: string) =>
    (await listed('lan', `?language=${language}`)).find(({ code }) => code === '1.012786')?.legalLimit;

  const said = await Promise.all(['vi', 'en', 'de'].map(of));
  expect(said[0]).toMatch(/ngày làm việc/);
  expect(said[1]).toMatch(/working days/);
  expect(said[2]).toMatch(/Arbeitstage/);
});

test('by channel, those that offer it', async () => {
  const all = await listed('lan');
  const byPost = await listed('lan', '?channel=post');

  expect(byPost).toEqual(all.filter(({ channels }) => channels.includes('post')));
  expect(byPost.length).toBeLessThan(all.length);
});

test('neither a draft nor what begins later is in the list; a newer version in force takes the place of the older', async () => {
  const { body } = await desk.as('lan', 'GET', '/procedures/1.012786');
  const whole = body as ProcedureVersion;
  await load([
    { ...whole, code: '9.000001', version: 1, state: 'draft' },
    { ...whole, code: '9.000002', version: 1, state: 'published', validFrom: '2027-10-01' },
    { ...whole, version: whole.version + 1, state: 'published', validFrom: '2026-01-01' },
  ]);

  const procedures = await listed('lan');
  expect(procedures.map(({ code }) => code)).not.toContain('9.000001');
  expect(procedures.map(({ code }) => code)).not.toContain('9.000002');
  expect(procedures.find(({ code }) => code === whole.code)).toMatchObject({ version: whole.version + 1 });
  expect(await desk.as('lan', 'GET', '/procedures/9.000002')).toMatchObject({
    status: 400,
    body: { code: 'PROCEDURE_NOT_IN_FORCE', from: '2027-10-01' },
  });
});

test('what is not in the catalogue is refused', async () => {
  expect(await desk.as('lan', 'GET', '/procedures/0.0')).toMatchObject({
    status: 400,
    body: { code: 'PROCEDURE_UNKNOWN' },
  });
  expect(await desk.as('lan', 'GET', '/procedures?channel=pigeon')).toMatchObject({ status: 400 });
});

test('every reason is said in each language', async () => {
  const { body } = await desk.as('quang', 'GET', '/reasons');

  const reasons = body.reasons as { code: string; text: Record<string, string> }[];
  expect(reasons.map(({ code }) => code)).toContain('document-missing');
  for (const { text } of reasons) expect(Object.values(text).every((words) => words.length > 5)).toBe(true);
});
