import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantOnWall, parseWorkCalendar } from '#calendar';
import { DeskAtWork } from '../../test/desk-at-work';

jest.setTimeout(60_000);

/* A file is looked at before it is loaded, and an organisation before it is changed; nothing is written. */

const vietNam = parseWorkCalendar(
  JSON.parse(readFileSync(join(__dirname, '../../../../catalogue/calendars/vn-office.json'), 'utf8')),
);
const decree = '2026-11-24';
const without = { ...vietNam, version: 'without', days: vietNam.days.filter(({ date }) => date !== decree) };

let desk: DeskAtWork;

beforeAll(async () => {
  const mapped = instantOnWall(vietNam, '2026-11-20 09:00');
  desk = await DeskAtWork.start({ timeMap: { mapped, speed: 1 } });
}, 60_000);

afterAll(() => desk.stop());

const look = (text: string) => desk.as('quang', 'POST', '/catalogue/previews', { text });

test('a calendar shows its days, the dossiers it would move, and is not there afterwards', async () => {
  const { dossierId } = await desk.receive();
  const { body } = await look(JSON.stringify(without));

  expect(body).toMatchObject({ kind: 'calendar', defects: [], isLoaded: false, procedure: null });
  expect(body.calendar).toMatchObject({ version: 'without', before: vietNam.version });
  expect(body.calendar.changes.map(({ date }: { date: string }) => date)).toEqual([decree]);
  expect(body.calendar.days.find(({ date }: { date: string }) => date === decree)).toEqual({
    date: decree,
    weekday: 'tuesday',
    isWorked: true,
    special: null,
  });
  expect(body.calendar.dossiers.moved).toMatchObject([{ dossierId, to: 'vn-office/without' }]);
  expect((await desk.as('quang', 'GET', '/recomputations')).body.moved).toEqual([]);
  expect((await desk.as('quang', 'GET', '/calendars/vn-office/without')).status).toBe(404);
});

test('every rule that a file breaks is told with its line, also those that only loading knows', async () => {
  const broken = JSON.stringify({ ...without, timeZone: 'Nowhere/None' }, null, 2);
  const other = JSON.stringify({ ...without, version: vietNam.version }, null, 2);
  const lineSaying = (text: string, said: string) => text.slice(0, text.indexOf(said)).split('\n').length;

  expect((await look(broken)).body.defects).toEqual([
    { line: lineSaying(broken, '"Nowhere'), column: expect.any(Number), rule: expect.stringContaining('timeZone') },
  ]);
  expect((await look(other)).body.defects).toEqual([
    {
      line: lineSaying(other, `"${vietNam.version}"`),
      column: expect.any(Number),
      rule: expect.stringContaining('was loaded before with other content'),
    },
  ]);
  expect((await look(JSON.stringify(vietNam))).body).toMatchObject({ defects: [], isLoaded: true });
});

test('what was loaded is listed, read day by day and compared with the version before', async () => {
  await desk.as('quang', 'POST', '/catalogue', { calendars: [without], procedures: [] });
  const { calendars } = (await desk.as('quang', 'GET', '/calendars')).body;
  const listed = calendars.find(({ id }: { id: string }) => id === 'vn-office');

  expect(listed).toMatchObject({ inherits: null, versions: ['without', vietNam.version], validTo: vietNam.validTo });
  expect((await desk.as('quang', 'GET', '/calendars/vn-office/without')).body).toMatchObject({
    before: vietNam.version,
    changes: [{ date: decree, is: null }],
  });
});

test('a new version of a procedure is compared field by field, before and after it is loaded', async () => {
  const code = '1.001193';
  const held = (await desk.as('lan', 'GET', `/procedures/${code}`)).body;
  const version = (held.version as number) + 1;
  const then = { ...held, version, name: 'Another name', state: 'draft' };
  const difference = { path: ['name'], was: held.name, is: 'Another name' };
  const { body } = await look(JSON.stringify(then));

  expect(body.defects).toEqual([]);
  expect(body.procedure).toMatchObject({ code, version, before: held.version });
  expect(body.procedure.differences).toContainEqual(difference);
  await desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures: [then] });
  const told = await desk.as('quang', 'GET', `/catalogue/procedures/${code}/versions/${version}/differences`);
  for (const none of ['99999999999', '2147483648', '0', '-1', '1.5', 'x']) {
    const path = `/catalogue/procedures/${code}/versions/${none}`;
    const refused = { status: 400, body: { code: 'FIELD_INVALID', errors: [{ field: 'version' }] } };
    expect(await desk.as('quang', 'GET', path)).toMatchObject(refused);
    expect(await desk.as('quang', 'POST', `${path}/publish`, { legalBasis: 'x' })).toMatchObject(refused);
  }
  expect(told.body.differences).toContainEqual(difference);
  const third = { ...then, version: version + 1, name: 'A third name' };
  await desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures: [third] });
  const leap = `/catalogue/procedures/${code}/versions/${version + 1}/differences?against=`;
  expect((await desk.as('quang', 'GET', `${leap}${held.version}`)).body).toMatchObject({
    before: held.version,
    differences: expect.arrayContaining([{ path: ['name'], was: held.name, is: 'A third name' }]),
  });
  expect((await desk.as('quang', 'GET', `${leap}99`)).body.code).toBe('PROCEDURE_UNKNOWN');
  const { procedures } = (await desk.as('quang', 'GET', '/catalogue/procedures')).body;
  expect(procedures).toContainEqual(expect.objectContaining({ code, newest: version + 1, state: 'draft', drafts: 2 }));
});

test('a version is read whole, whatever its state, with how many open dossiers keep it', async () => {
  await desk.receive();
  const path = '/catalogue/procedures/1.012786/versions';
  const { body } = await desk.as('quang', 'GET', `${path}/1`);

  expect(body.procedure).toMatchObject({ code: '1.012786', version: 1 });
  expect(body.openDossiers).toBeGreaterThan(0);
  expect((await desk.as('quang', 'GET', `${path}/99`)).body.code).toBe('PROCEDURE_UNKNOWN');
  expect((await desk.as('lan', 'GET', `${path}/1`)).status).toBe(403);
});

test('an edited organisation says who loses a post with work, and is taken only upon the version it was made from', async () => {
  const { body, etag } = await desk.as('quang', 'GET', '/organisation');
  const { organisation } = body;
  const tenures = organisation.tenures.filter(({ officialId }: { officialId: string }) => officialId !== 'lan');
  const next = { ...organisation, tenures };
  const { body: preview } = await desk.as('quang', 'POST', '/organisation/previews', next);

  expect(preview.defects).toEqual([]);
  const leaves = { officialId: 'lan', because: 'tenure', actingOfficialId: 'huong', openDossiers: expect.any(Number) };
  expect(preview.leaving).toMatchObject([leaves]);
  expect(preview.leaving[0].openDossiers).toBeGreaterThan(0);
  expect(preview.changes).toMatchObject([{ kind: 'tenure', change: 'removed', officialId: 'lan' }]);
  const stale = await desk.as('quang', 'POST', '/organisation', next, { ifMatch: '"999"' });
  expect([stale.status, stale.body.code]).toEqual([412, 'ORGANISATION_STALE']);
  expect(stale.body.loaded).toMatchObject({ officialId: 'quang', at: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect((await desk.as('quang', 'POST', '/organisation', next, { ifMatch: etag })).body.changed).toBe(true);
});

test('what breaks a rule is named by its field, all at once in a preview, and a head who goes away by who acts for them', async () => {
  const { organisation } = (await desk.as('quang', 'GET', '/organisation')).body;
  const [first] = organisation.deputies;
  const from = '2027-01-03T17:00:00.000Z';
  const broken = {
    ...organisation,
    deputies: [
      { ...first, deputyPostId: first.postId },
      { ...first, from, until: first.from },
    ],
    absences: [{ officialId: 'dung', from, until: null }],
  };
  const { body } = await desk.as('quang', 'POST', '/organisation/previews', broken);

  expect(body.defects.map(({ field, code }: { field: string; code: string }) => [field, code])).toEqual([
    ['deputies.1.until', 'ends-before-it-begins'],
    ['deputies.0.deputyPostId', 'own-deputy'],
  ]);
  const away = { officialId: 'dung', postId: 'do-luong-civil-head', because: 'absence', from };
  expect(body.leaving).toMatchObject([{ ...away, actingOfficialId: null, openDossiers: 0 }]);
  const named = organisation.offices.map((office: object) => ({ ...office, phone: 'call us' }));
  const formless = await desk.as('quang', 'POST', '/organisation', { ...organisation, offices: named });
  expect(formless.body.errors).toMatchObject([{ field: 'offices.0.phone' }]);
});
