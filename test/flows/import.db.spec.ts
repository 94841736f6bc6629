import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { instantOnWall, parseWorkCalendar, shiftByWorkingTime, workingMsBetween } from '#calendar';
import { parseDossierEvent } from '#contracts';
import { dossierFrom } from '#domain';
import { eventually } from '#testing';
import { DeskAtWork, withMigrator } from '../../apps/desk/test/desk-at-work';

jest.setTimeout(60_000);

/* Dossiers that are open elsewhere come in through the real command line into a real desk. */

const project = join(__dirname, '../..');
const vietNam = parseWorkCalendar(
  JSON.parse(readFileSync(join(project, 'catalogue/calendars/vn-office.json'), 'utf8')),
);
const vinh = (wall: string) => instantOnWall(vietNam, wall);
const now = vinh('2026-11-20 09:00');
const columns = [
  'system',
  'number',
  'procedureCode',
  'officeId',
  'channel',
  'firstReceivedAt',
  'appointmentAt',
  'legalDueAt',
  'pauses',
  'responsible',
  'post',
  'step',
  'status',
  'applicantName',
  'remark',
] as const;
type Row = Partial<Record<(typeof columns)[number], string>>;
const usual: Row = {
  system: 'old-desk',
  procedureCode: '1.012786',
  officeId: 'do-luong-centre',
  channel: 'desk',
  firstReceivedAt: '2026-11-09 08:00',
  responsible: 'minh',
  post: 'do-luong-land-officer',
  status: 'in process',
};

let desk: DeskAtWork;
let data: string;
let folder: string;

beforeAll(async () => {
  desk = await DeskAtWork.start({ organisation: withMigrator, timeMap: { mapped: now, speed: 1 } });
  data = desk.dataFolder();
  folder = mkdtempSync(join(tmpdir(), 'motcua-import-'));
}, 60_000);

afterAll(async () => {
  await desk.stop();
});

function fileOf(name: string, rows: readonly Row[], delimiter = ';'): string {
  const path = join(folder, name);
  const lines = rows.map((row) => columns.map((column) => ({ ...usual, ...row })[column] ?? '').join(delimiter));
  writeFileSync(path, `\uFEFF${[columns.join(delimiter), ...lines].join('\r\n')}\r\n`);
  return path;
}

function started(file: string, ...options: readonly string[]) {
  const child = spawn(process.execPath, [join(project, 'dist/apps/cli/src/main.js'), 'import', file, ...options], {
    env: { ...process.env, MOTCUA_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]).then(
    ([out, err, [code]]) => ({ out, err, code: code as number }),
  );
  return { child, ended };
}

const imported = (file: string, ...options: readonly string[]) => started(file, ...options).ended;

async function dossierNumbered(externalNumber: string) {
  const { body } = await desk.as('huong', 'GET', `/dossiers?externalNumber=${encodeURIComponent(externalNumber)}`);
  return body.dossiers[0];
}

async function entries(): Promise<number> {
  const [row] = await desk.rows("select count(*)::int from desk.journal where type = 'dossier-received'");
  return row!['count'] as number;
}

test('what was promised elsewhere is promised here, the clock from the first receipt, the old number beside the new code', async () => {
  const file = fileOf('one.csv', [
    { number: 'HS/1', appointmentAt: '2026-12-01 10:15', legalDueAt: '2026-12-03', applicantName: 'Nguyễn Văn An' },
    { number: 'HS/2', pauses: 'payment 2026-11-10 08:00/2026-11-11 08:00' },
  ]);
  const report = join(folder, 'report.csv');
  const { code, out } = await imported(file, '--report', report);

  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/imported +2/) });
  const given = await dossierNumbered('HS/1');
  expect(given).toMatchObject({
    status: 'in-process',
    code: expect.stringMatching(/^H41[.]\d+-261120-\d{4}$/),
    takenOverFrom: { system: 'old-desk', number: 'HS/1' },
    firstDue: { appointmentAt: vinh('2026-12-01 10:15'), legalDueAt: vinh('2026-12-03 17:30') },
    holder: { officialId: 'minh', postId: 'do-luong-land-officer', officeId: 'do-luong-land' },
  });
  expect((await desk.as('minh', 'GET', `/dossiers/${given.dossierId}`)).body.applicant.name).toBe('Nguyễn Văn An');
  // Eight working days from 9 November, and one that the payment took.
  expect((await dossierNumbered('HS/2')).due.appointmentAt).toBe(vinh('2026-11-20 17:30'));
  expect(readFileSync(report, 'utf8')).toContain(`2,old-desk,HS/1,imported,${given.code},${vinh('2026-12-01 10:15')},`);
}, 60_000);

test('the same file twice changes nothing', async () => {
  const file = fileOf('twice.csv', [{ number: 'HS/10' }, { number: 'HS/11' }]);
  await imported(file);
  const before = await entries();
  const { code, out } = await imported(file);

  expect(code).toBe(0);
  expect(out).toMatch(/already there +2/);
  expect(await entries()).toBe(before);
}, 60_000);

test('a line in other words, or by another key, is refused: nothing is taken over twice', async () => {
  await imported(fileOf('first.csv', [{ number: 'HS/20' }]));
  const before = await entries();
  const { code, out } = await imported(fileOf('other.csv', [{ number: 'HS/20', status: 'received' }]));
  const [row] = await desk.rows("select dossier_id from desk.external_number where number = 'HS/20'");
  const body = {
    system: 'old-desk',
    number: 'HS/20',
    procedureCode: '1.012786',
    officeId: 'do-luong-centre',
    channel: 'desk',
    firstReceivedAt: '2026-11-09 08:00',
    clockStops: [],
    responsible: { officialId: 'minh', postId: 'do-luong-land-officer' },
    status: 'received',
  };
  const reply = await desk.as('kien', 'POST', '/taken-over-dossiers', body);

  expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('was taken over before') });
  expect(reply).toMatchObject({ status: 409, body: { code: 'ALREADY_TAKEN_OVER', dossierId: row!['dossier_id'] } });
  const together = await Promise.all(
    [1, 2, 3].map(() => desk.as('kien', 'POST', '/taken-over-dossiers', { ...body, number: 'HS/21' })),
  );
  expect(together.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect((await desk.as('lan', 'POST', '/taken-over-dossiers', { ...body, number: 'HS/22' })).status).toBe(403);
  expect(await entries()).toBe(before + 1);
}, 60_000);

test('killed in the middle and begun again, every line is there once', async () => {
  const rows = Array.from({ length: 400 }, (_, index) => ({ number: `KILL/${index}` }));
  const file = fileOf('killed.csv', rows);
  const before = await entries();
  const first = started(file);
  await eventually(async () => expect(await entries()).toBeGreaterThan(before + 20), { timeoutMs: 60_000 });
  first.child.kill('SIGKILL');
  await first.ended;
  const done = (await entries()) - before;
  const { code, out } = await imported(file);

  expect(done).toBeLessThan(400);
  expect(code).toBe(0);
  const [, there = ''] = /already there +(\d+)/.exec(out) ?? [];
  expect(Number(there)).toBeGreaterThanOrEqual(done);
  expect(await entries()).toBe(before + 400);
  const [row] = await desk.rows("select count(*)::int from desk.external_number where number like 'KILL/%'");
  expect(row).toEqual({ count: 400 });
}, 120_000);

test('a look beforehand decides as the import would, line by line, and writes nothing', async () => {
  const file = fileOf('looked.csv', [
    { number: 'HS/30', appointmentAt: '2026-12-01 10:15' },
    { number: 'HS/31', procedureCode: '9.999999' },
    { number: 'HS/32', officeId: 'atlantis' },
    { number: 'HS/33', responsible: 'lan' },
    { number: 'HS/34', step: 'paint' },
    { number: 'HS/35', firstReceivedAt: '2026-11-31 08:00' },
    { number: 'HS/36', firstReceivedAt: '9 November' },
    { number: 'HS/37', firstReceivedAt: '2012-01-02 08:00' },
    { number: 'HS/38', channel: 'pigeon' },
    { number: 'a free text', status: 'received' },
    { number: 'HS/40', pauses: 'payment 2026-11-10 08:00/2026-11-09 08:00' },
    { number: 'HS/1' },
  ]);
  const journal = await desk.rows('select count(*) from desk.journal');
  const codes = await desk.rows('select * from desk.code_counter');
  const report = join(folder, 'looked-report.csv');
  const { code, out } = await imported(file, '--dry-run', '--report', report);

  expect(code).toBe(1);
  expect(out).toMatch(/would be imported +1/);
  expect(out).toMatch(/already there +1/);
  expect(out).toMatch(/refused +10/);
  const rows = readFileSync(report, 'utf8').trim().split('\r\n');
  expect(rows[1]).toBe(`2,old-desk,HS/30,would be imported,,${vinh('2026-12-01 10:15')},,`);
  for (const [line, rule] of [
    [3, 'procedureCode is not in the catalogue'],
    [4, 'officeId is not an office of this organisation'],
    [5, 'responsible did not hold the post do-luong-land-officer at'],
    [6, 'step is not a step of procedure 1.012786'],
    [7, 'firstReceivedAt is no time that exists'],
    [8, 'firstReceivedAt must be a time such as 2026-11-23 08:00'],
    [9, 'CALENDAR_NOT_VALID'],
    [10, 'channel must be one of'],
    [11, 'number must match'],
    [12, 'pauses must lie after its beginning'],
  ] as const) {
    expect(rows[line - 1]).toMatch(new RegExp(`^${line},`));
    expect(rows[line - 1]).toContain(rule);
  }
  expect(await desk.rows('select count(*) from desk.journal')).toEqual(journal);
  expect(await desk.rows('select * from desk.code_counter')).toEqual(codes);
}, 60_000);

test('an open pause is resumed here, and moves the due date by exactly the pause', async () => {
  await imported(
    fileOf('paused.csv', [
      {
        number: 'HS/50',
        appointmentAt: '2026-11-25 10:00',
        pauses: 'supplement 2026-11-18 08:00/',
        status: 'awaiting supplement',
      },
    ]),
  );
  const waiting = await dossierNumbered('HS/50');
  expect(waiting).toMatchObject({ status: 'awaiting-supplement', clockRuns: false });
  const { dossierId } = waiting;
  const { etag } = await desk.as('minh', 'GET', `/dossiers/${dossierId}`);
  const path = `/dossiers/${dossierId}/receive-supplement`;
  const { status, body } = await desk.as('minh', 'POST', path, {}, { ifMatch: etag });

  expect(status).toBe(200);
  const [pause] = body.suspensions;
  expect(pause.from).toBe(vinh('2026-11-18 08:00'));
  const pausedMs = workingMsBetween(vietNam, pause.from, pause.until);
  expect(body).toMatchObject({
    status: 'in-process',
    due: { appointmentAt: shiftByWorkingTime(vietNam, vinh('2026-11-25 10:00'), pausedMs) },
    firstDue: { appointmentAt: vinh('2026-11-25 10:00') },
  });
}, 60_000);

describe('the procedure is that of the first receipt', () => {
  /** Versions of a procedure that only this test knows, each from its day on, and otherwise as the sample. */
  async function load(code: string, ...versions: readonly object[]): Promise<void> {
    const [row] = await desk.rows("select body from desk.procedure_version where code = '1.012786'");
    const { serviceLevel, ...sample } = row!['body'] as { serviceLevel: object };
    const procedures = versions.map(({ waits, ...version }: { waits?: object }) => ({
      ...sample,
      code,
      serviceLevel: { ...serviceLevel, ...(waits && { waits }) },
      ...version,
    }));
    expect(await desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures })).toMatchObject({ status: 201 });
  }

  test('in the version that was in force then; where none was, in the earliest since, and the report says so', async () => {
    await load('9.200001', { validFrom: '2026-01-01' }, { version: 2, validFrom: '2026-11-15' });
    await load('9.200002', { validFrom: '2026-11-15' }, { version: 2, validFrom: '2026-11-18' });
    await load('9.200003', { validFrom: '2026-12-01' });
    const rows = ['9.200001', '9.200002', '9.200003'].map((procedureCode, index) => ({
      number: `HS/7${index}`,
      procedureCode,
    }));
    const file = fileOf('versions.csv', rows);
    const looked = join(folder, 'versions-looked.csv');
    const done = join(folder, 'versions-done.csv');
    await imported(file, '--dry-run', '--report', looked);
    const { out } = await imported(file, '--report', done);

    expect(await dossierNumbered('HS/70')).toMatchObject({ procedureVersion: 1 });
    expect(await dossierNumbered('HS/71')).toMatchObject({ procedureVersion: 1 });
    expect(out).toContain('Of 1 lines there is something to know');
    for (const report of [looked, done]) {
      const [, inForce, earliest, refused] = readFileSync(report, 'utf8').trim().split('\r\n');
      expect(inForce).toMatch(/,,$/);
      expect(earliest).toMatch(/,"?procedureCode had no version in force at the first receipt: under version 1/);
      expect(refused).toContain('has no version in force on 2026-11-09; one is from 2026-12-01');
    }
  }, 60_000);

  test('and what it limits rings here from where the pause began: what lies ahead, and nothing that has passed', async () => {
    const supplement = {
      limit: { amount: 5, unit: 'WORKING_DAY' },
      remind: { amount: 1, unit: 'WORKING_DAY' },
      onSilence: 'stop',
      legalBasis: 'Decree 118/2025',
    };
    await load('9.200004', { waits: { supplement, payment: null, 'other-body': null } });
    const waiting = (number: string, since: string) => ({
      number,
      procedureCode: '9.200004',
      pauses: `supplement ${since}/`,
      status: 'awaiting supplement',
    });
    await imported(fileOf('waits.csv', [waiting('HS/80', '2026-11-18 08:00'), waiting('HS/81', '2026-11-10 08:00')]));
    const woken = async (number: string) => {
      const [row] = await desk.rows(
        `select next_wake_at, state->'answerDueAt' as until, body::jsonb->>'nextrungat' as next
         from desk.dossier join desk.external_number using (dossier_id) join desk.journal on stream = dossier_id::text
         where number = $1`,
        number,
      );
      return row;
    };

    expect(await woken('HS/80')).toMatchObject({
      until: vinh('2026-11-26 17:30'), // The 24th is free.
      next: vinh('2026-11-26 07:30'),
      next_wake_at: expect.any(Date),
    });
    expect(await woken('HS/81')).toEqual({ until: vinh('2026-11-17 17:30'), next: null, next_wake_at: null });
    const { dossierId } = await dossierNumbered('HS/81');
    const { etag } = await desk.as('minh', 'GET', `/dossiers/${dossierId}`);
    const path = `/dossiers/${dossierId}/receive-supplement`;
    expect((await desk.as('minh', 'POST', path, {}, { ifMatch: etag })).body).toMatchObject({ status: 'in-process' });
  }, 60_000);
});

test('what comes late is late from its first due date, and is told of once', async () => {
  await imported(
    fileOf('late.csv', [{ number: 'HS/60', appointmentAt: '2026-11-18 10:00', legalDueAt: '2026-12-18 10:00' }]),
  );
  const { dossierId } = await dossierNumbered('HS/60');
  const { etag } = await desk.as('minh', 'GET', `/dossiers/${dossierId}`);
  const told = await desk.as(
    'minh',
    'POST',
    `/dossiers/${dossierId}/mark-processed`,
    { result: 'granted' },
    { ifMatch: etag },
  );
  const { lateness } = (await desk.as('thu', 'GET', `/dossiers/${dossierId}/responsibility`)).body;

  expect(told.body.escalations.map(({ rung }: { rung: string }) => rung)).toEqual(['appointment-unanswered']);
  expect(lateness.appointment).toMatchObject({
    promisedAt: vinh('2026-11-18 10:00'),
    breach: { at: vinh('2026-11-18 10:00'), holder: null },
    lateMs: workingMsBetween(vietNam, vinh('2026-11-18 10:00'), told.body.processedAt),
  });
  const { lateMs, takenOverMs, shares } = lateness.appointment;
  expect(takenOverMs).toBeGreaterThan(0);
  expect(shares.reduce((sum: number, { shareMs }: { shareMs: number }) => sum + shareMs, 0)).toBe(lateMs - takenOverMs);
}, 60_000);

test('every dossier that came in is what its entries add up to', async () => {
  const rows = await desk.rows(
    `select state, (select json_agg(body order by sequence) from desk.journal where stream = dossier_id::text) as bodies
     from desk.dossier join desk.external_number using (dossier_id)`,
  );

  expect(rows.length).toBeGreaterThan(400);
  for (const { state, bodies } of rows) expect(dossierFrom((bodies as string[]).map(parseDossierEvent))).toEqual(state);
});
