import { serviceFetch } from '#platform';
import { contentOf, shippedFiles } from '../../apps/cli/src/catalogue/files';
import { loadCatalogue } from '../../apps/cli/src/catalogue/load';
import { samplesFinding } from '../../apps/cli/src/doctor/doctor';
import { DeskAtWork } from '../../apps/desk/test/desk-at-work';

jest.setTimeout(60_000);

/* A province's catalogue, as large as they are, through the loader of the command line into a real desk. */

const PROCEDURES = 1_300;

let desk: DeskAtWork;

beforeAll(async () => {
  desk = await DeskAtWork.start();
}, 60_000);

afterAll(async () => {
  await desk.stop();
});

/** Every shipped sample again and again, under codes of its own. */
function ofAProvince(): readonly object[] {
  const samples = contentOf(shippedFiles('procedure')).procedures.filter((one) => 'description' in (one as object));
  return Array.from({ length: PROCEDURES }, (_, index) => ({
    ...(samples[index % samples.length] as object),
    code: `S9.${String(index).padStart(6, '0')}`,
  }));
}

test('1,300 procedures are loaded in seconds, and loading them again adds none', async () => {
  const administrator = { sub: 'quang', post: 'do-luong-administrator', office: 'do-luong' };
  const token = () => desk.token('issuer', administrator);
  const asAdministrator = serviceFetch({ baseUrl: desk.url, timeoutMs: 30_000, token });
  const content = { calendars: [], procedures: ofAProvince() };
  const loads = "select count(*)::int from desk.journal where type = 'catalogue-loaded'";
  const before = await desk.rows(loads);

  const begun = performance.now();
  expect(await loadCatalogue(asAdministrator, content)).toBe(PROCEDURES);
  const firstMs = performance.now() - begun;
  const after = await desk.rows(loads);
  expect(await loadCatalogue(asAdministrator, content)).toBe(0);

  expect(firstMs).toBeLessThan(20_000);
  expect(await desk.rows("select count(*)::int from desk.procedure_version where code like 'S9.%'")).toEqual([
    { count: PROCEDURES },
  ]);
  expect(after).not.toEqual(before);
  expect(await desk.rows(loads)).toEqual(after); // What adds nothing is not journalled.
}, 60_000);

test('the doctor counts the procedures in force that are samples', async () => {
  const { ownerUrl } = desk.database;
  const sample = ofAProvince()[0] as { readonly description: object };
  const [, all = '', samples = ''] =
    /^(\d+) in force, (\d+) of them samples/.exec(await samplesFinding({ ownerUrl })) ?? [];
  const own = { ...sample, version: 99, description: { ...sample.description, sample: false } };
  const { status } = await desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures: [own] });

  expect(status).toBe(201);
  expect(Number(samples)).toBeLessThan(Number(all));
  expect(await samplesFinding({ ownerUrl })).toContain(`${all} in force, ${Number(samples) - 1} of them samples`);
});
