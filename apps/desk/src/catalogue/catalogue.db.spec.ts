import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantOnWall, parseWorkCalendar } from '#calendar';
import { DeskAtWork, demoOrganisation } from '../../test/desk-at-work';

jest.setTimeout(60_000);

/* What is loaded, and what the office promises by it, on a real database. */

const vietNam = parseWorkCalendar(
  JSON.parse(readFileSync(join(__dirname, '../../../../catalogue/calendars/vn-office.json'), 'utf8')),
);
const vinh = (wall: string) => instantOnWall(vietNam, wall);

let desk: DeskAtWork;

beforeAll(async () => {
  const offices = demoOrganisation.offices.map((office) =>
    office.id === 'do-luong-centre' ? { ...office, calendarId: 'hoa-quan-commune' } : office,
  );
  desk = await DeskAtWork.start({ organisation: { ...demoOrganisation, offices } });
}, 60_000);

afterAll(async () => {
  await desk.stop();
});

const load = (calendars: readonly object[], procedures: readonly object[] = []) =>
  desk.as('quang', 'POST', '/catalogue', { calendars, procedures });

async function promise(said: Record<string, string>, who = 'lan') {
  const query = new URLSearchParams({ procedureCode: '1.012786', channel: 'desk', ...said });
  return desk.as(who, 'GET', `/promises?${query.toString()}`);
}

test('a receipt and a promise of a sample procedure say that it is one', async () => {
  const [sample, own] = [{ procedureCode: 'S1.000001' }, { procedureCode: '1.012786' }];

  expect([(await promise(sample)).body.sample, (await promise(own)).body.sample]).toEqual([true, false]);
  expect((await desk.receive(sample)).body.receipt.sample).toBe(true);
  expect((await desk.receive(own)).body.receipt.sample).toBe(false);
});

describe('the date before the dossier is accepted', () => {
  const at = vinh('2026-11-23 16:30');

  test('is what the receipt then says, by the calendar of the office that receives', async () => {
    const { body } = await promise({ language: 'en' });
    const receipt = (await desk.receive({ language: 'en' })).body.receipt;

    expect(body).toMatchObject({
      officeId: 'do-luong-centre',
      calendar: 'hoa-quan-commune/2026-11-26+vn-office-2026-11-26',
    });
    expect(body.appointment.dueAt.slice(0, 16)).toBe(receipt.appointmentAt.slice(0, 16));
    expect(receipt.why[1]).toBe(body.appointment.why[1]);
  });

  test.each([
    ['vi', 'Bắt đầu lúc 16:30 ngày 23/11/2026.', 'Ngày Văn hóa Việt Nam'],
    ['en', 'Begun on 2026-11-23 at 16:30.', 'Culture Day'],
    ['de', 'Begonnen am 23.11.2026 um 16:30 Uhr.', 'Tag der Kultur'],
  ])('is explained day by day in %s', async (language, begun, culture) => {
    const { status, body } = await promise({ at, language });

    expect(status).toBe(200);
    expect(body.appointment.why[0]).toBe(begun);
    expect(body.appointment.why.join('\n')).toContain(culture);
    expect(body.appointment.explanation).toMatchObject({ kind: 'counted', startedAt: at });
  });

  test('is another for an office with another calendar', async () => {
    const [here, there] = [await promise({ at }), await promise({ at, officeId: 'do-luong-land' })];

    expect(here.body.calendar).toContain('hoa-quan-commune/');
    expect(there.body).toMatchObject({ officeId: 'do-luong-land', calendar: 'vn-office/2026-11-26' });
    expect(here.body.appointment.dueAt).not.toBe(there.body.appointment.dueAt);
  });

  test('tells of an online submission by when it must be answered', async () => {
    expect((await promise({ at, channel: 'online' })).body.acceptance.dueAt).toBe(vinh('2026-11-25 17:00'));
    expect((await promise({ at })).body.acceptance).toBeNull();
  });

  test.each([
    ['a procedure that nobody knows', { procedureCode: '9.999999' }, 'PROCEDURE_UNKNOWN'],
    ['an office that nobody knows', { officeId: 'atlantis' }, 'OFFICE_GONE'],
    ['a language that nobody speaks here', { language: 'nl' }, 'FIELD_INVALID'],
    ['a day of which the calendar says nothing', { at: '2030-01-01T00:00:00.000Z' }, 'CALENDAR_NOT_VALID'],
  ])('is no wrong date for %s', async (_, said, code) => {
    expect((await promise(said)).body).toMatchObject({ code });
  });
});

describe('a calendar of an office on top of the one above', () => {
  const decree = {
    ...vietNam,
    version: '2026-12-25',
    days: [
      ...vietNam.days,
      {
        date: '2026-12-28',
        kind: 'substitute-day',
        name: 'Free Monday',
        legalBasis: 'Announcement of 25 December 2026',
      },
    ],
  };

  test('follows a new decree at once, under a version of its own', async () => {
    const at = vinh('2026-12-25 09:00');
    const before = (await promise({ at })).body;

    expect((await load([decree])).body).toEqual({ added: 2 });
    expect((await load([decree])).body).toEqual({ added: 0 });

    const then = (await promise({ at })).body;
    expect(then.calendar).toBe('hoa-quan-commune/2026-11-26+vn-office-2026-12-25');
    expect(then.appointment.dueAt > before.appointment.dueAt).toBe(true);
  });

  test.each<[string, object, string]>([
    ['whose calendar above is not there', { id: 'lost', version: '1', inherits: 'atlantis', days: [] }, 'atlantis'],
    ['that would lie above itself', { id: 'circle', version: '1', inherits: 'circle', days: [] }, 'circle'],
    [
      'that breaks a rule',
      { id: 'odd', version: '1', inherits: 'vn-office', days: [{ date: 'Tet' }] },
      'calendar/days/0',
    ],
  ])('is refused: one %s', async (_, own, says) => {
    const { status, body } = await load([own]);

    expect(status).toBe(400);
    expect(body.detail).toContain(says);
  });

  test('loaded once more after it was followed by another, does not come back', async () => {
    const first = { id: 'nam-dan', version: '1', inherits: 'vn-office', days: [] };
    const storm = { date: '2026-12-29', kind: 'closure', name: 'Storm', legalBasis: 'Notice' };
    const newest = async () => {
      const [row] = await desk.rows(
        'select version from desk.work_calendar where id = $1 order by ordinal desc limit 1',
        'nam-dan',
      );
      return row?.['version'];
    };
    await load([first]);
    await load([{ ...first, version: '2', days: [storm] }]);
    await load([{ ...decree, version: '2026-12-30' }]);
    expect(await newest()).toBe('2+vn-office-2026-12-30');

    expect((await load([first])).body).toEqual({ added: 0 });

    expect(await newest()).toBe('2+vn-office-2026-12-30');
    expect((await load([{ ...first, days: [storm] }])).body).toMatchObject({ code: 'VERSION_CHANGED' });
    expect((await load([first, { ...first, version: '3' }])).body.detail).toContain('nam-dan twice');
  });

  test('must not forget what the version before spoke of', async () => {
    const short = { ...vietNam, version: '2027', validFrom: '2026-12-01' };

    expect((await load([short])).body.detail).toContain('forgets what was before 2026-12-01');
  });

  test('never changes under a version that was loaded', async () => {
    const own = { id: 'hoa-quan-commune', version: '2026-11-26', inherits: 'vn-office', days: [] };

    expect((await load([own])).body).toMatchObject({ code: 'VERSION_CHANGED' });
    expect((await load([{ ...vietNam, days: [] }])).body).toMatchObject({ code: 'VERSION_CHANGED' });
  });
});

test('a version that was stored in an older form is the same when it is loaded again', async () => {
  const [{ body: procedure } = {}] = await desk.rows("select body from desk.procedure_version where code = '1.012786'");
  await desk.rows(
    `update desk.procedure_version
     set body = body #- '{serviceLevel,counting}' #- '{serviceLevel,onlineLimit}' #- '{serviceLevel,steps,0,role}' #- '{description}'
     where code = '1.012786'`,
  );

  expect((await load([], [procedure as object])).body).toEqual({ added: 0 });
});

describe('a dossier comes in as its procedure offers', () => {
  const notOffered = {
    status: 400,
    body: {
      code: 'CHANNEL_NOT_OFFERED',
      offered: ['desk'],
      errors: [{ field: 'channel', rule: expect.stringContaining('S1.000006 offers (desk)') }],
    },
  };
  const certified = (channel: string) => ({ procedureCode: 'S1.000006', channel });

  test('at the desk, where that is offered', async () => {
    expect((await desk.as('lan', 'POST', '/dossiers', certified('desk'))).status).toBe(201);
  });

  test.each([
    ['at the counter', '/dossiers', 'post'],
    ['online', '/submissions', 'online'],
  ])('and in no other way: nothing is written %s', async (_, path, channel) => {
    const dossiers = 'select count(*) from desk.dossier';
    const before = await desk.rows(dossiers);

    expect(await desk.as('lan', 'POST', path, certified(channel))).toMatchObject(notOffered);
    expect(await desk.rows(dossiers)).toEqual(before);
  });

  test('and no date is promised for another', async () => {
    expect(await promise({ procedureCode: 'S1.000006', channel: 'online' })).toMatchObject(notOffered);
  });
});

describe('versions of procedures in one load', () => {
  const procedure = async (code: string) => {
    const [{ body } = {}] = await desk.rows("select body from desk.procedure_version where code = '1.012786'");
    return { ...(body as object), code } as { readonly code: string; readonly name: string };
  };

  test('are added once each, also where one stands twice', async () => {
    const given = await procedure('9.000001');

    expect((await load([], [given, given])).body).toEqual({ added: 1 });
    expect((await load([], [given, await procedure('9.000002')])).body).toEqual({ added: 1 });
  });

  test('are added all or none, and none where one says two things', async () => {
    const given = await procedure('9.000003');

    expect((await load([], [given, { ...given, name: 'Other' }])).body).toMatchObject({ code: 'VERSION_CHANGED' });
    expect((await load([], [given])).body).toEqual({ added: 1 });
    expect((await load([], [await procedure('9.000004'), { ...given, name: 'Other' }])).body).toMatchObject({
      code: 'VERSION_CHANGED',
      what: 'procedure 9.000003',
    });
    expect(await desk.rows("select code from desk.procedure_version where code = '9.000004'")).toEqual([]);
  });
});
