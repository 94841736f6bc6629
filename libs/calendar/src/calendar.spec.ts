import { calendarDays, hours, vietNam, vinh, hoaQuan, workingDays, sameDay } from '../test/calendars';
import {
  CalendarInvalid,
  CalendarNotValid,
  civilCode,
  dueAt,
  endOfWorkingDay,
  explainedDue,
  inherited,
  localDate,
  parseOwnCalendar,
  parseWorkCalendar,
  sentencesOf,
  shiftByWorkingTime,
  takenOver,
  workingMsBetween,
  type OwnCalendar,
  type WorkCalendar,
} from './index';

const why = (received: string, limit: Parameters<typeof explainedDue>[2], calendar = vietNam) =>
  explainedDue(calendar, vinh(received), limit, civilCode);

test('milliseconds are kept', () => {
  expect(dueAt(vietNam, '2026-11-25T01:00:00.123Z', hours(1), civilCode)).toBe('2026-11-25T02:00:00.123Z');
});

test('the end of a working day, and none on a day off', () => {
  expect(endOfWorkingDay(vietNam, '2026-11-23')).toBe(vinh('2026-11-23 17:30'));
  expect(endOfWorkingDay(vietNam, '2026-11-24')).toBeNull();
  expect(endOfWorkingDay(hoaQuan, '2026-12-31')).toBe(vinh('2026-12-31 11:30'));
});

test('the local day is the office’s, not the server’s', () => {
  expect(localDate(vietNam, '2026-11-23T18:00:00.000Z')).toBe('2026-11-24');
});

describe('a pause moves a due instant by exactly its working time, in whole days or not', () => {
  test.each<[string, string, string, string, string]>([
    ['over a night', '2026-11-26 10:00', '2026-11-25 16:00', '2026-11-26 09:00', '2026-11-26 15:00'],
    ['over lunch', '2026-11-26 10:00', '2026-11-25 11:00', '2026-11-25 14:00', '2026-11-26 11:00'],
    ['over Culture Day alone', '2026-11-26 10:00', '2026-11-23 17:30', '2026-11-25 07:30', '2026-11-26 10:00'],
    ['from closing to closing', '2026-11-26 17:30', '2026-11-25 17:30', '2026-11-26 17:30', '2026-11-27 17:30'],
    ['into Tết', '2026-02-13 16:00', '2026-02-12 15:30', '2026-02-13 15:30', '2026-02-23 16:00'],
  ])('%s: due %s, stopped from %s to %s, then due %s', (_, due, from, until, moved) => {
    const stoppedMs = workingMsBetween(vietNam, vinh(from), vinh(until));
    expect(shiftByWorkingTime(vietNam, vinh(due), stoppedMs)).toBe(vinh(moved));
  });
});

describe('what is refused', () => {
  test('a date the calendar says nothing of, instead of a wrong date on a receipt', () => {
    expect(() => dueAt(vietNam, vinh('2027-12-31 09:00'), workingDays(5), civilCode)).toThrow(CalendarNotValid);
    expect(() => dueAt(vietNam, vinh('2027-12-31 18:00'), hours(1), civilCode)).toThrow(CalendarNotValid);
    expect(() => dueAt(vietNam, vinh('2027-12-31 16:30'), hours(2), civilCode)).toThrow(CalendarNotValid);
    expect(() => dueAt(vietNam, vinh('2027-12-20 09:00'), calendarDays(30), civilCode)).toThrow(CalendarNotValid);
    expect(() => dueAt(vietNam, vinh('2017-12-31 09:00'), hours(1), civilCode)).toThrow(CalendarNotValid);
    expect(() => dueAt(vietNam, vinh('2028-01-01 09:00'), hours(1), civilCode)).toThrow(CalendarNotValid);
    expect(() => shiftByWorkingTime(vietNam, vinh('2018-01-03 09:00'), -100 * 3_600_000)).toThrow(CalendarNotValid);
    expect(() => endOfWorkingDay(vietNam, '2028-01-01')).toThrow('2028-01-01');
    expect(() => endOfWorkingDay(vietNam, '2026-02-30')).toThrow(CalendarNotValid);
    expect(dueAt(vietNam, vinh('2027-12-31 16:30'), hours(1), civilCode)).toBe(vinh('2027-12-31 17:30'));
  });

  const monday = (...open: [string, string][]) => ({ weekly: { ...vietNam.weekly, monday: open } });
  const day = vietNam.days[0]!;
  const season = { from: '04-16', until: '10-15', weekly: vietNam.weekly, legalBasis: 'Sample' };

  test.each<[string, Partial<Record<keyof WorkCalendar, unknown>>, string]>([
    ['a zone that does not exist', { timeZone: 'Asia/Atlantis' }, 'Asia/Atlantis'],
    ['a time that is none', monday(['25:00', '26:00']), 'calendar/weekly/monday'],
    ['stretches that overlap', monday(['07:30', '11:30'], ['11:00', '12:00']), 'weekly.monday'],
    ['a day that no month has', { days: [{ ...day, date: '2026-06-31' }] }, '2026-06-31 is no day'],
    ['an end that no month has', { validTo: '2027-02-30' }, '2027-02-30 is no day'],
    ['the same day twice', { days: [day, day] }, '2018-01-01 stands twice'],
    ['a moved working day without hours', { days: [{ ...day, kind: 'moved-working-day' }] }, 'hoursOf'],
    ['a holiday with hours', { days: [{ ...day, hoursOf: 'monday' }] }, 'hoursOf'],
    ['a half day that is never open', { days: [{ ...day, kind: 'half-day', open: [] }] }, '2018-01-01'],
    ['a half day without hours', { days: [{ ...day, kind: 'half-day' }] }, 'when it is open'],
    ['an end before the beginning', { validTo: '2017-01-01' }, 'validFrom'],
    ['announcements beyond its end', { announcedUntil: '2028-01-01' }, 'announcedUntil'],
    ['seasons that overlap', { seasons: [season, { ...season, from: '10-01', until: '12-31' }] }, 'seasons'],
    ['a season that is no day of a year', { seasons: [{ ...season, from: '13-01' }] }, 'calendar/seasons/0/from'],
    [
      'a week without a working day',
      { weekly: Object.fromEntries(Object.keys(vietNam.weekly).map((name) => [name, []])) },
      'no weekday is worked',
    ],
  ])('%s', (_, change, rule) => {
    const broken = () => parseWorkCalendar({ ...vietNam, ...change });
    expect(broken).toThrow(CalendarInvalid);
    expect(broken).toThrow(rule);
  });

  test('what is no calendar at all', () => {
    for (const nothing of [null, 'calendar', 7, [], {}]) {
      expect(() => parseWorkCalendar(nothing)).toThrow(CalendarInvalid);
      expect(() => parseOwnCalendar(nothing)).toThrow(CalendarInvalid);
    }
  });
});

describe('a calendar of an older form', () => {
  test('has no seasons, was announced to its end, and its names are the same in every language', () => {
    const older = { ...vietNam, seasons: undefined, announcedUntil: undefined };
    const days = [{ ...vietNam.days[0], name: 'New Year', provisional: false }];
    const read = parseWorkCalendar({ ...(JSON.parse(JSON.stringify(older)) as object), days });

    expect(read).toMatchObject({ seasons: [], announcedUntil: '2027-12-31' });
    expect(read.days[0]?.name).toEqual({ vi: 'New Year', en: 'New Year', de: 'New Year' });
  });
});

describe('the calendar of an office that inherits', () => {
  const own: OwnCalendar = { id: 'desk', version: '1', inherits: 'vn-office', hours: null, days: [] };

  test('is the calendar above but for what it says itself, and names both versions', () => {
    const version = '1+vn-office-2026-11-26';

    expect(inherited(vietNam, own)).toEqual({ ...vietNam, id: 'desk', version });
  });

  test('may work on a day that is off above, and be closed on one that is worked', () => {
    const name = { vi: 'Trực', en: 'On duty', de: 'Dienst' };
    const openNow = { date: '2026-11-24', kind: 'half-day', hoursOf: null, open: [['08:00', '10:00']], name } as const;
    const duty = inherited(vietNam, { ...own, days: [{ ...openNow, legalBasis: 'Notice' }] });

    expect(dueAt(duty, vinh('2026-11-23 17:00'), hours(1), civilCode)).toBe(vinh('2026-11-24 08:30'));
    expect(dueAt(hoaQuan, vinh('2026-10-15 16:30'), hours(1), civilCode)).toBe(vinh('2026-10-19 08:00'));
  });
});

describe('the explanation', () => {
  test('says of each day why it counted or not', () => {
    expect(sentencesOf(why('2026-08-28 09:00', workingDays(3)), 'en')).toEqual([
      'Begun on 2026-08-28 at 09:00.',
      'The limit is 3 working days, by the calendar vn-office/2026-11-26.',
      '2026-08-28: the day it began is not counted.',
      '2026-08-29: not counted, weekly day of rest.',
      '2026-08-30: not counted, weekly day of rest.',
      '2026-08-31: not counted, Free Monday, worked on Saturday 2026-08-22 (12729/VPCP-KGVX of 25 December 2025).',
      '2026-09-01: not counted, National Day (second day) (Labour Code 45/2019/QH14, Art. 112).',
      '2026-09-02: not counted, National Day (Labour Code 45/2019/QH14, Art. 112).',
      '2026-09-03: counted as one day.',
      '2026-09-04: counted as one day.',
      '2026-09-05: not counted, weekly day of rest.',
      '2026-09-06: not counted, weekly day of rest.',
      '2026-09-07: counted as one day.',
      'Due on 2026-09-07 at 17:30.',
    ]);
  });

  test('is told in Vietnamese and German too, dates as they are written there', () => {
    const explanation = why('2026-11-23 16:30', hours(2));

    expect(sentencesOf(explanation, 'vi')).toEqual([
      'Bắt đầu lúc 16:30 ngày 23/11/2026.',
      'Thời hạn là 2 giờ làm việc, theo lịch làm việc vn-office/2026-11-26.',
      '23/11/2026: tính 1 giờ.',
      '24/11/2026: không tính, Ngày Văn hóa Việt Nam (Announced as a public holiday from 2026).',
      '25/11/2026: tính 1 giờ.',
      'Hẹn trả lúc 08:30 ngày 25/11/2026.',
    ]);
    expect(sentencesOf(explanation, 'de')).toEqual([
      'Begonnen am 23.11.2026 um 16:30 Uhr.',
      'Die Frist beträgt 2 Arbeitsstunden, nach dem Kalender vn-office/2026-11-26.',
      '23.11.2026: 1 Std. gezählt.',
      '24.11.2026: nicht gezählt, Tag der Kultur (Announced as a public holiday from 2026).',
      '25.11.2026: 1 Std. gezählt.',
      'Fällig am 25.11.2026 um 08:30 Uhr.',
    ]);
  });

  test('says when something came in outside of opening time, and when a limit moved', () => {
    expect(sentencesOf(why('2026-11-27 19:00', hours(2)), 'en')[0]).toContain('counted from 2026-11-30 at 07:30');
    expect(sentencesOf(why('2026-11-25 09:00', calendarDays(3)), 'en')).toContain(
      '2026-11-30: the limit ended on a day off and moved to this working day.',
    );
    expect(sentencesOf(takenOver('2011-12-06T12:41:31.788Z', 'Europe/Amsterdam'), 'en')).toEqual([
      'The date 2011-12-06 at 13:41 was taken over from another system.',
    ]);
  });

  test('names what made a day worked that its weekday has off, or worked by half', () => {
    expect(sentencesOf(why('2026-08-21 09:00', workingDays(1)), 'en')).toContain(
      '2026-08-22: counted as one day (Worked for Monday 2026-08-31 (12729/VPCP-KGVX of 25 December 2025)).',
    );
    expect(sentencesOf(why('2026-12-30 16:30', hours(2), hoaQuan), 'en')).toContain(
      '2026-12-31: 1 h 30 min counted (Stocktaking, open in the morning (Sample: notice of the commune)).',
    );
  });

  test('says which days off are an estimate', () => {
    expect(sentencesOf(why('2026-12-30 09:00', workingDays(5)), 'en').at(-1)).toBe(
      'Days off after 2026-12-31 have not been announced yet; the date may move.',
    );
    expect(why('2026-12-30 09:00', workingDays(1)).estimatedAfter).toBeNull();
  });

  test('tells the rule of the same day', () => {
    expect(sentencesOf(why('2026-11-25 15:00', sameDay), 'en').slice(1)).toEqual([
      'The limit is the same day: before 15:00 due at 17:00, later on the next working day, by the calendar vn-office/2026-11-26.',
      '2026-11-25: the day it began is not counted.',
      '2026-11-26: counted as one day.',
      'Due on 2026-11-26 at 17:00.',
    ]);
    expect(why('2026-11-25 09:00', sameDay).days).toEqual([{ date: '2026-11-25', counts: 'day', because: null }]);
  });
});
