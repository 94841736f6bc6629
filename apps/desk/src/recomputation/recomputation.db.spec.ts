import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { instantOnWall, parseWorkCalendar } from '#calendar';
import { DeskAtWork, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

/* A decree is taken out and put back: exactly the dossiers move that count its day. On a real database. */

const vietNam = parseWorkCalendar(
  JSON.parse(readFileSync(join(__dirname, '../../../../catalogue/calendars/vn-office.json'), 'utf8')),
);
const vinh = (wall: string) => instantOnWall(vietNam, wall);
const decree = '2026-11-24';

let desk: DeskAtWork;

beforeAll(async () => {
  // Friday before Culture Day; a second of the office is a second.
  desk = await DeskAtWork.start({ timeMap: { mapped: vinh('2026-11-20 09:00'), speed: 1 } });
}, 60_000);

afterAll(async () => {
  await desk.stop();
});

const ask = (path = '', who = 'quang') => desk.as(who, 'GET', `/recomputations${path}`);
const decide = (operationId: string, decision = 'apply', who = 'quang') =>
  desk.as(who, 'POST', '/recomputations', { operationId, decision, legalBasis: 'Decree on Culture Day' });
const apply = (operationId: string, page: object = {}) =>
  desk.as('quang', 'POST', `/recomputations/${operationId}/pages`, page);

async function load(version: string, days = vietNam.days): Promise<Reply> {
  return desk.as('quang', 'POST', '/catalogue', { calendars: [{ ...vietNam, version, days }], procedures: [] });
}

async function dueOf(dossierId: string): Promise<{ appointmentAt: string; legalDueAt: string }> {
  return (await desk.as('lan', 'GET', `/dossiers/${dossierId}`)).body.due;
}

test('the day off of 24 November 2026, taken out and put back, moves exactly the dossiers that count across it', async () => {
  const across = [(await desk.receive()).dossierId, (await desk.receive()).dossierId];
  const before = await desk.receive({ procedureCode: '1.001193' });
  const stopped = await desk.receive();
  await desk.as(
    'lan',
    'POST',
    `/dossiers/${stopped.dossierId}/suspend`,
    { reasonCode: 'opinion' },
    { ifMatch: stopped.etag },
  );
  const first = await Promise.all(across.map(dueOf));

  await load(
    'without',
    vietNam.days.filter(({ date }) => date !== decree),
  );
  const { body } = await ask();

  const expected = [...across, stopped.dossierId].sort();
  expect(body).toMatchObject({ checked: 4, failed: [], next: null });
  expect(body.moved.map(({ dossierId }: { dossierId: string }) => dossierId).sort()).toEqual(expected);
  expect(body.moved[0]).toMatchObject({ to: 'vn-office/without', timeZone: 'Asia/Ho_Chi_Minh' });
  expect(body.moved[0].because).toEqual([
    {
      date: decree,
      was: { vi: 'Ngày Văn hóa Việt Nam', en: 'Culture Day', de: 'Tag der Kultur' },
      is: null,
      legalBasis: expect.any(String),
    },
  ]);
  expect(body.moved.every(({ before: was, then }: any) => then.appointmentAt < was.appointmentAt)).toBe(true);
  expect(await Promise.all(across.map(dueOf))).toEqual(first);

  const decisions = async () => (await ask()).body.moved.map(({ kept }: { kept: unknown }) => kept);
  expect(await decisions()).toEqual([null, null, null]);
  await decide(randomUUID(), 'keep');
  const kept = { decidedAt: expect.stringMatching(/^2026-11-20T02:/), legalBasis: 'Decree on Culture Day' };
  expect(await decisions()).toEqual([kept, kept, kept]);

  const out = randomUUID();
  expect((await decide(out)).status).toBe(200);
  expect((await apply(out)).body).toEqual({ checked: 4, moved: 3, failed: 0, next: null });
  expect((await ask()).body.moved).toEqual([]);
  expect((await dueOf(across[0]!)).appointmentAt).toBe(
    body.moved.find((one: any) => one.dossierId === across[0]).then.appointmentAt,
  );

  await load('with-again');
  expect(await decisions()).toEqual([null, null, null]);
  const back = randomUUID();
  expect((await ask()).body.moved.map(({ dossierId }: { dossierId: string }) => dossierId).sort()).toEqual(expected);
  await decide(back);
  expect((await apply(back)).body).toMatchObject({ moved: 3 });

  expect(await Promise.all(across.map(dueOf))).toEqual(first);
  expect((await desk.as('lan', 'GET', `/dossiers/${before.dossierId}`)).body.lastSequence).toBe(1);
  const types = await desk.rows('select type from desk.journal where stream = $1 order by sequence', across[0]);
  expect(types.map(({ type }) => type)).toEqual(['dossier-received', 'dossier-recomputed', 'dossier-recomputed']);
}, 30_000);

test('what was broken off goes on, page by page, and moves nothing twice', async () => {
  const ids = [];
  for (let count = 0; count < 5; count += 1) ids.push((await desk.receive()).dossierId);
  await load(
    'out-once-more',
    vietNam.days.filter(({ date }) => date !== decree),
  );
  const operation = randomUUID();
  await decide(operation);

  const pages = [];
  for (let after: string | null = null; ;) {
    const { body } = await apply(operation, { limit: 3, ...(after !== null && { after }) });
    await apply(operation, { limit: 3, ...(after !== null && { after }) }); // The same page again, as after a lost answer.
    pages.push(body);
    after = body.next as string | null;
    if (after === null) break;
  }

  expect(pages.length).toBeGreaterThan(1);
  expect(pages.map(({ moved }) => Number(moved)).reduce((sum, moved) => sum + moved)).toBe(8);
  const [{ count } = {}] = await desk.rows(
    `select count(*) from desk.journal where type = 'dossier-recomputed' and body like $1`,
    `%${operation}%`,
  );
  expect(Number(count)).toBe(8);
});

test('what was decided goes on however long ago the sign-in was; only the decision needs a new one', async () => {
  const operation = randomUUID();
  await decide(operation);
  const claims = { sub: 'quang', post: 'do-luong-administrator', office: 'do-luong' };
  const token = await desk.token('issuer', { ...claims, authenticatedAt: new Date(Date.now() - 301_000) });
  const post = (path: string, body: object) => desk.request(token, 'POST', `/recomputations${path}`, body, {});

  expect(await post(`/${operation}/pages`, {})).toMatchObject({ status: 200, body: { next: null } });
  const other = { operationId: randomUUID(), decision: 'keep', legalBasis: 'Decree on Culture Day' };
  expect(await post('', other)).toMatchObject({ status: 403, body: { code: 'SIGN_IN_AGAIN' } });
});

test('a dossier that a decision leaves where it is counts its next pause by the calendar decided upon', async () => {
  const command = (dossierId: string, name: string, etag: string | null, body: object = {}) =>
    desk.as('lan', 'POST', `/dossiers/${dossierId}/${name}`, body, { ifMatch: etag });
  const [applied, kept] = [await desk.receive(), await desk.receive()];
  const calendarOf = async ({ dossierId }: { dossierId: string }) => {
    const [row] = await desk.rows(
      "select state->>'calendar' as calendar from desk.dossier where dossier_id = $1",
      dossierId,
    );
    return row!['calendar'];
  };
  const pause = async ({ dossierId }: { dossierId: string }) => {
    const { etag } = await desk.as('lan', 'GET', `/dossiers/${dossierId}`);
    const suspended = await command(dossierId, 'suspend', etag, { reasonCode: 'opinion' });
    const resumed = await command(dossierId, 'resume', suspended.etag);
    expect([suspended.status, resumed.status]).toEqual([200, 200]);
  };
  const before = await calendarOf(applied);
  const loaded = await load('far-away', [
    ...vietNam.days.filter(({ date }) => date !== decree),
    { ...vietNam.days.find(({ date }) => date === decree)!, date: '2027-11-25' },
  ]);
  expect(loaded.status).toBe(201);
  await pause(kept);
  const operation = randomUUID();
  await decide(operation);

  expect((await apply(operation)).body).toMatchObject({ moved: 0 });
  expect([await calendarOf(applied), await calendarOf(kept)]).toEqual([before, before]);
  await pause(applied);
  expect(await calendarOf(applied)).toBe('vn-office/far-away');
});

describe('the decision', () => {
  test('is journalled once, however often it is sent, and nothing is moved by one to keep', async () => {
    const operation = randomUUID();
    await decide(operation, 'keep');
    await decide(operation, 'keep');

    const entries = await desk.rows(
      `select body::jsonb->'data'->>'decision' as decision from desk.journal where stream = 'catalogue' and body like $1`,
      `%${operation}%`,
    );
    expect(entries).toEqual([{ decision: 'keep' }]);
    expect((await apply(operation)).body).toMatchObject({ code: 'RECOMPUTATION_UNDECIDED' });
    expect((await apply(randomUUID())).status).toBe(409);
  });

  test('is one: the same operation with another decision or basis is refused, however its id is written', async () => {
    const operation = randomUUID();
    await decide(operation, 'keep');

    expect((await decide(operation)).body).toMatchObject({ code: 'RECOMPUTATION_DECIDED_OTHERWISE' });
    expect((await decide(operation.toUpperCase(), 'keep')).body).toEqual({ operationId: operation });
  });

  test('moves nothing to a calendar that came after it', async () => {
    await desk.receive();
    await load('decided-upon');
    const operation = randomUUID();
    await decide(operation);
    await load(
      'came-later',
      vietNam.days.filter(({ date }) => date !== decree),
    );

    expect((await apply(operation)).body).toMatchObject({
      code: 'RECOMPUTATION_OUTDATED',
      calendar: 'vn-office/came-later',
    });
  });

  test('is an administrator’s; an auditor may look', async () => {
    expect((await ask('', 'thu')).status).toBe(200);
    for (const who of ['lan', 'an']) expect((await ask('', who)).status).toBe(403);
    expect((await decide(randomUUID(), 'apply', 'thu')).status).toBe(403);
  });
});

test('an online submission is accepted by the calendar that holds then, whatever held when it came in', async () => {
  const submission = { procedureCode: '1.001193', channel: 'online' };
  const submitted = await desk.as('huong', 'POST', '/submissions', submission);
  const { dossierId } = submitted.body as { dossierId: string };
  await load('holds-at-acceptance');

  const accepted = await desk.as('huong', 'POST', `/dossiers/${dossierId}/accept`, {}, { ifMatch: submitted.etag });

  expect(accepted.status).toBe(200);
  const [row] = await desk.rows(
    "select state->>'calendar' as calendar from desk.dossier where dossier_id = $1",
    dossierId,
  );
  expect(row).toEqual({ calendar: 'vn-office/holds-at-acceptance' });
});

test('a complaint is in no preview of whom it is about, nor counted there, and their decision moves it all the same', async () => {
  const complaint = (about: object) => desk.receive({ procedureCode: 'S1.000020', about });
  const { dossierId: ofQuang } = await complaint({ officialId: 'quang' });
  const { dossierId: ofHisOffice } = await complaint({ officeId: 'do-luong' });
  const { dossierId: ofMinh, body: received } = await complaint({ officialId: 'minh' });
  // Counted in calendar days: what moves it is that the office is closed on the last.
  const lastDay = (received.due.legalDueAt as string).slice(0, 10);
  const closed = { ...vietNam.days.find(({ date }) => date === decree)!, date: lastDay };
  await load('closed-on-the-last-day', [...vietNam.days, closed]);
  const shown = async (who: string) => {
    const { body } = await ask('', who);
    const ids = body.moved.map(({ dossierId }: { dossierId: string }) => dossierId) as string[];
    return { checked: body.checked as number, ids: [ofQuang, ofHisOffice, ofMinh].filter((id) => ids.includes(id)) };
  };

  const auditor = await shown('thu');
  expect(auditor.ids).toEqual([ofQuang, ofHisOffice, ofMinh]);
  expect(await shown('quang')).toEqual({ checked: auditor.checked - 2, ids: [ofMinh] });

  const operation = randomUUID();
  await decide(operation);
  expect((await apply(operation, { limit: 1000 })).status).toBe(200);
  expect((await shown('thu')).ids).toEqual([]);
}, 30_000);
