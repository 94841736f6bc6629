import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  CalendarInvalid,
  CalendarNotValid,
  dueAfter,
  endOfWorkingDay,
  localDate,
  parseWorkCalendar,
  sentencesOf,
  shiftByWorkingTime,
  takenOver,
  workingMsBetween,
  type Limit,
  type WorkCalendar,
} from './index';

const catalogue = join(__dirname, '../../../catalogue/calendars');
const vietNam = parseWorkCalendar(JSON.parse(readFileSync(join(catalogue, 'vn-office.json'), 'utf8')));
const netherlands = parseWorkCalendar(JSON.parse(readFileSync(join(catalogue, 'nl-office.json'), 'utf8')));
const HOUR = 3_600_000;

/** An instant as the clock on the wall in Vinh shows it. */
function vinh(wall: string): string {
  return new Date(`${wall.replace(' ', 'T')}:00+07:00`).toISOString();
}

const hours = (amount: number): Limit => ({ amount, unit: 'WORKING_HOUR' });
const workingDays = (amount: number): Limit => ({ amount, unit: 'WORKING_DAY' });
const calendarDays = (amount: number): Limit => ({ amount, unit: 'CALENDAR_DAY' });
const months = (amount: number): Limit => ({ amount, unit: 'MONTH' });

describe('worked examples, in the words of the office', () => {
  test.each<[string, string, Limit, string]>([
    ['an hour within the morning', '2026-11-23 08:00', hours(1), '2026-11-23 09:00'],
    ['an hour across the lunch break', '2026-11-23 11:00', hours(1), '2026-11-23 14:00'],
    ['an hour that ends with the morning', '2026-11-23 10:30', hours(1), '2026-11-23 11:30'],
    ['received at lunch: counts from the afternoon', '2026-11-23 12:15', hours(2), '2026-11-23 15:30'],
    ['received before opening: counts from opening', '2026-11-23 06:00', hours(2), '2026-11-23 09:30'],
    ['received after closing: counts from the next morning', '2026-11-25 18:00', hours(2), '2026-11-26 09:30'],
    ['received at closing to the minute: the next morning', '2026-11-25 17:30', hours(1), '2026-11-26 08:30'],
    ['received on Friday evening: counts from Monday', '2026-11-27 19:00', hours(8), '2026-11-30 17:30'],
    ['received on Sunday: counts from Monday', '2026-11-29 10:00', hours(4), '2026-11-30 11:30'],
    ['eight hours are one day from opening', '2026-11-25 07:30', hours(8), '2026-11-25 17:30'],
    ['eight hours from the middle of a morning', '2026-11-25 09:00', hours(8), '2026-11-26 09:00'],
    ['the hour before Culture Day', '2026-11-23 16:30', hours(2), '2026-11-25 08:30'],
    ['the last hour before Tết', '2026-02-13 16:30', hours(2), '2026-02-23 08:30'],
    ['a Saturday worked counts', '2026-08-21 16:30', hours(2), '2026-08-22 08:30'],
    ['across the worked Saturday of January', '2026-01-09 16:30', hours(10), '2026-01-12 08:30'],
    ['three working days after 28 August 2026', '2026-08-28 09:00', workingDays(3), '2026-09-07 17:30'],
    ['one working day: due when the next one ends', '2026-11-25 09:00', workingDays(1), '2026-11-26 17:30'],
    ['one working day from a Friday', '2026-11-27 09:00', workingDays(1), '2026-11-30 17:30'],
    ['one working day before Culture Day', '2026-11-23 09:00', workingDays(1), '2026-11-25 17:30'],
    [
      'received on a day off: the next working day is the first',
      '2026-11-28 09:00',
      workingDays(1),
      '2026-12-01 17:30',
    ],
    [
      'received after closing: the next working day is the first',
      '2026-11-25 18:00',
      workingDays(1),
      '2026-11-27 17:30',
    ],
    ['a worked Saturday is a working day', '2026-08-21 09:00', workingDays(1), '2026-08-22 17:30'],
    ['five working days across Tết', '2026-02-12 09:00', workingDays(5), '2026-02-26 17:30'],
    ['thirty working days', '2026-11-25 09:00', workingDays(30), '2027-01-07 17:30'],
    ['three calendar days within a week', '2026-11-30 09:00', calendarDays(3), '2026-12-03 17:30'],
    ['calendar days that end on Saturday move to Monday', '2026-11-25 09:00', calendarDays(3), '2026-11-30 17:30'],
    ['calendar days that end on a holiday move on', '2026-04-28 09:00', calendarDays(2), '2026-05-04 17:30'],
    ['calendar days count holidays', '2026-02-13 09:00', calendarDays(10), '2026-02-23 17:30'],
    ['a month', '2026-03-10 09:00', months(1), '2026-04-10 17:30'],
    ['a month from the 31st', '2026-03-31 09:00', months(1), '2026-05-04 17:30'],
    ['a month that ends on a Sunday', '2026-10-29 09:00', months(1), '2026-11-30 17:30'],
  ])('%s: received %s, %j, due %s', (_, received, limit, due) => {
    expect(dueAfter(vietNam, vinh(received), limit).dueAt).toBe(vinh(due));
  });

  test('milliseconds are kept', () => {
    expect(dueAfter(vietNam, '2026-11-25T01:00:00.123Z', hours(1)).dueAt).toBe('2026-11-25T02:00:00.123Z');
  });

  test('a working hour is an hour on the wall on both sides of the summer-time change', () => {
    expect(dueAfter(netherlands, '2011-03-25T15:00:00.000Z', hours(2)).dueAt).toBe('2011-03-28T07:30:00.000Z');
    expect(dueAfter(netherlands, '2011-10-28T14:00:00.000Z', hours(2)).dueAt).toBe('2011-10-31T08:30:00.000Z');
  });

  test('the end of a working day, and none on a day off', () => {
    expect(endOfWorkingDay(vietNam, '2026-11-23')).toBe(vinh('2026-11-23 17:30'));
    expect(endOfWorkingDay(vietNam, '2026-11-24')).toBeNull();
  });

  test('the local day is the office’s, not the server’s', () => {
    expect(localDate(vietNam, '2026-11-23T18:00:00.000Z')).toBe('2026-11-24');
  });

  test('a deadline of the past is computed with the holidays of the past', () => {
    expect(dueAfter(vietNam, vinh('2025-04-29 09:00'), workingDays(2)).dueAt).toBe(vinh('2025-05-06 17:30'));
  });
});

describe('what is refused', () => {
  test('a date the calendar says nothing of, instead of a wrong date on a receipt', () => {
    expect(() => dueAfter(vietNam, vinh('2027-12-31 09:00'), workingDays(5))).toThrow(CalendarNotValid);
    expect(() => dueAfter(vietNam, vinh('2024-12-31 09:00'), hours(1))).toThrow(CalendarNotValid);
  });

  test.each<[string, Partial<Record<keyof WorkCalendar, unknown>>, string]>([
    ['a zone that does not exist', { timeZone: 'Asia/Atlantis' }, 'Asia/Atlantis'],
    ['a time that is none', { weekly: { ...vietNam.weekly, monday: [['25:00', '26:00']] } }, 'calendar/weekly/monday'],
    [
      'stretches that overlap',
      {
        weekly: {
          ...vietNam.weekly,
          monday: [
            ['07:30', '11:30'],
            ['11:00', '12:00'],
          ],
        },
      },
      'weekly.monday',
    ],
    ['the same day twice', { days: [...vietNam.days, ...vietNam.days.slice(0, 1)] }, '2025-01-01 stands twice'],
    ['a moved working day without hours', { days: [{ ...vietNam.days[0], kind: 'moved-working-day' }] }, 'hoursOf'],
    ['an end before the beginning', { validTo: '2020-01-01' }, 'validFrom'],
  ])('%s', (_, change, rule) => {
    const broken = () => parseWorkCalendar({ ...vietNam, ...change });
    expect(broken).toThrow(CalendarInvalid);
    expect(broken).toThrow(rule);
  });
});

describe('the explanation', () => {
  test('says of each day why it counted or not', () => {
    const { explanation } = dueAfter(vietNam, vinh('2026-08-28 09:00'), workingDays(3));

    expect(sentencesOf(explanation)).toEqual([
      'Begun on 2026-08-28 at 09:00.',
      'The limit is 3 working days, by the calendar vn-office/2026-11-23.',
      '2026-08-28: the day it began is not counted.',
      '2026-08-29: not counted, weekend.',
      '2026-08-30: not counted, weekend.',
      expect.stringContaining('2026-08-31: not counted, Free Monday, worked on Saturday 22 August'),
      expect.stringContaining('2026-09-01: not counted, National Day (day before) (Labour Code'),
      expect.stringContaining('2026-09-02: not counted, National Day'),
      '2026-09-03: counted as one day.',
      '2026-09-04: counted as one day.',
      '2026-09-05: not counted, weekend.',
      '2026-09-06: not counted, weekend.',
      '2026-09-07: counted as one day.',
      'Due on 2026-09-07 at 17:30.',
    ]);
  });

  test('says when something came in outside of opening time, and when a limit moved', () => {
    expect(sentencesOf(dueAfter(vietNam, vinh('2026-11-27 19:00'), hours(2)).explanation)[0]).toContain(
      'counted from 2026-11-30 at 07:30',
    );
    expect(sentencesOf(dueAfter(vietNam, vinh('2026-11-25 09:00'), calendarDays(3)).explanation)).toContain(
      '2026-11-30: the limit ended on a day off and moved to this working day.',
    );
    expect(sentencesOf(takenOver('2011-12-06T12:41:31.788Z'))).toEqual([
      'The date 2011-12-06T12:41:31.788Z was taken over from another system.',
    ]);
  });
});

describe('properties', () => {
  const from = Date.parse('2025-02-01T00:00:00.000Z');
  const to = Date.parse('2027-06-01T00:00:00.000Z');
  const instants = fc.integer({ min: from, max: to }).map((ms) => new Date(ms).toISOString());
  const spans = fc.integer({ min: 0, max: 200 * HOUR });
  const runs = { numRuns: 500 };

  test('what is counted forward is what lies between, to the millisecond', () => {
    fc.assert(
      fc.property(
        instants,
        spans,
        (start, ms) => workingMsBetween(vietNam, start, shiftByWorkingTime(vietNam, start, ms)) === ms,
      ),
      runs,
    );
  });

  test('forward and back again leaves no working time between', () => {
    fc.assert(
      fc.property(instants, spans, (start, ms) => {
        const back = shiftByWorkingTime(vietNam, shiftByWorkingTime(vietNam, start, ms), -ms);
        return workingMsBetween(vietNam, start, back) === 0 && workingMsBetween(vietNam, back, start) === 0;
      }),
      runs,
    );
  });

  test('in two steps as in one', () => {
    fc.assert(
      fc.property(instants, spans, spans, (start, one, other) => {
        fc.pre(one + other > 0 && other > 0);
        return (
          shiftByWorkingTime(vietNam, shiftByWorkingTime(vietNam, start, one), other) ===
          shiftByWorkingTime(vietNam, start, one + other)
        );
      }),
      runs,
    );
  });

  test('later in, or longer allowed, is never due earlier', () => {
    const units = fc.constantFrom<Limit['unit']>('WORKING_HOUR', 'WORKING_DAY', 'CALENDAR_DAY', 'MONTH');
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 30 * 24 * HOUR }),
        units,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 3 }),
        (start, later, unit, amount, more) => {
          fc.pre(start < '2027-03-01'); // The calendar ends with that year.
          const due = dueAfter(vietNam, start, { amount, unit }).dueAt;
          const lateStart = new Date(Date.parse(start) + later).toISOString();
          return (
            due >= start &&
            dueAfter(vietNam, lateStart, { amount, unit }).dueAt >= due &&
            dueAfter(vietNam, start, { amount: amount + more, unit }).dueAt >= due
          );
        },
      ),
      runs,
    );
  });

  test('the explanation adds up to the limit', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 60 }), fc.boolean(), (start, amount, inHours) => {
        const { explanation } = dueAfter(vietNam, start, inHours ? hours(amount) : workingDays(amount));
        if (explanation.kind !== 'counted') return false;
        const sum = explanation.days.reduce(
          (total, day) => total + (day.counts === 'hours' ? day.workingMs / HOUR : day.counts === 'day' ? 1 : 0),
          0,
        );
        return Math.abs(sum - amount) < 1e-9;
      }),
      runs,
    );
  });

  test('one more holiday never makes anything due earlier', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 0, max: 30 }),
        (start, amount, offset) => {
          const date = new Date(Date.parse(start) + offset * 24 * HOUR).toISOString().slice(0, 10);
          fc.pre(!vietNam.days.some((day) => day.date === date));
          const closed = {
            date,
            kind: 'closure',
            hoursOf: null,
            name: 'Storm',
            legalBasis: 'Notice',
            provisional: false,
          } as const;
          const stormy = { ...vietNam, days: [...vietNam.days, closed] };
          return (
            dueAfter(stormy, start, workingDays(amount)).dueAt >= dueAfter(vietNam, start, workingDays(amount)).dueAt
          );
        },
      ),
      runs,
    );
  });

  test('equals a second, slow implementation that looks at every minute', () => {
    const minutes = fc
      .integer({ min: from / 60_000, max: from / 60_000 + 60 * 24 * 300 })
      .map((minute) => minute * 60_000);
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 1_200 }), (start, amount) => {
        const startAt = new Date(start).toISOString();
        return shiftByWorkingTime(vietNam, startAt, amount * 60_000) === minuteByMinute(start, amount);
      }),
      { numRuns: 60 },
    );
  });
});

/** Counts minutes in which the office is open, one after the other, by the wall clock alone. */
function minuteByMinute(startMs: number, minutes: number): string {
  let left = minutes;
  for (let ms = startMs; ; ms += 60_000) {
    const wall = new Date(ms + 7 * HOUR).toISOString();
    if (isOpen(wall.slice(0, 10), wall.slice(11, 16))) left -= 1;
    if (left === 0) return new Date(ms + 60_000).toISOString();
  }
}

function isOpen(date: string, time: string): boolean {
  const special = vietNam.days.find((day) => day.date === date);
  const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
  const works = special ? special.kind === 'moved-working-day' : !weekend;
  return works && ((time >= '07:30' && time < '11:30') || (time >= '13:30' && time < '17:30'));
}
