import {
  hoaQuan,
  hours,
  calendarDays,
  months,
  netherlands,
  sameDay,
  vietNam,
  vinh,
  workingDays,
} from '../test/calendars';
import { slowDueAt } from '../test/slow';
import { civilCode, dueAt, explainedDue, type CountingRule, type Limit, type WorkCalendar } from './index';

const included: CountingRule = { ...civilCode, firstDay: 'included' };
const ownDay: CountingRule = { ...civilCode, outOfHours: 'own-day' };
const stays: CountingRule = { ...civilCode, endOnDayOff: 'stays' };
const asHours: CountingRule = { ...civilCode, workingDay: 'hours' };

/** Source or reasoning; received; limit; due: both as the wall clock in Vinh shows them. */
type Example = readonly [why: string, received: string, limit: Limit, due: string];

const LABOUR = 'Labour Code, Art. 111 and 112';
const CIVIL = 'Civil Code 2015, Art. 147 and 148';

describe.each<[string, WorkCalendar, CountingRule, readonly Example[]]>([
  [
    'working hours',
    vietNam,
    civilCode,
    [
      ['an hour within the morning', '2026-11-23 08:00', hours(1), '2026-11-23 09:00'],
      [
        'across the lunch break (fault: wrong branch in the lunch arithmetic)',
        '2026-11-23 11:00',
        hours(1),
        '2026-11-23 14:00',
      ],
      ['ends with the morning, not after lunch', '2026-11-23 10:30', hours(1), '2026-11-23 11:30'],
      ['received at lunch: from the afternoon', '2026-11-23 12:15', hours(2), '2026-11-23 15:30'],
      ['received before opening: from opening', '2026-11-23 06:00', hours(2), '2026-11-23 09:30'],
      ['received after closing: from the next morning', '2026-11-25 18:00', hours(2), '2026-11-26 09:30'],
      ['received at closing to the minute: the next morning', '2026-11-25 17:30', hours(1), '2026-11-26 08:30'],
      ['received on Friday evening: from Monday', '2026-11-27 19:00', hours(8), '2026-11-30 17:30'],
      ['received on Sunday: from Monday', '2026-11-29 10:00', hours(4), '2026-11-30 11:30'],
      ['received at midnight: from the morning, never due at night', '2026-11-25 00:00', hours(1), '2026-11-25 08:30'],
      ['eight hours are one day from opening', '2026-11-25 07:30', hours(8), '2026-11-25 17:30'],
      ['eight hours from the middle of a morning', '2026-11-25 09:00', hours(8), '2026-11-26 09:00'],
      ['more than a hundred hours (fault: a limit of 99)', '2026-11-30 07:30', hours(120), '2026-12-18 17:30'],
      [`the hour before Culture Day; ${LABOUR}`, '2026-11-23 16:30', hours(2), '2026-11-25 08:30'],
      [`the last hour before Tết; ${LABOUR}`, '2026-02-13 16:30', hours(2), '2026-02-23 08:30'],
      ['the last minute before Tết', '2026-02-13 17:29', hours(1), '2026-02-23 08:29'],
      ['a moved Saturday counts; 12729/VPCP-KGVX', '2026-08-21 16:30', hours(2), '2026-08-22 08:30'],
      ['across the worked Saturday of January; 12729/VPCP-KGVX', '2026-01-09 16:30', hours(10), '2026-01-12 08:30'],
      ['the worked Saturday of 2019 counts', '2019-01-04 16:30', hours(2), '2019-01-05 08:30'],
      [
        'online submission: eight working hours to answer, over a weekend',
        '2026-11-27 15:30',
        hours(8),
        '2026-11-30 15:30',
      ],
    ],
  ],
  [
    'working days, counted by the Civil Code',
    vietNam,
    civilCode,
    [
      [
        `28 August 2026 plus three days: swap and National Day; 12729/VPCP-KGVX`,
        '2026-08-28 09:00',
        workingDays(3),
        '2026-09-07 17:30',
      ],
      [`the first day is not counted; ${CIVIL}`, '2026-11-25 09:00', workingDays(1), '2026-11-26 17:30'],
      ['from a Friday', '2026-11-27 09:00', workingDays(1), '2026-11-30 17:30'],
      ['before Culture Day', '2026-11-23 09:00', workingDays(1), '2026-11-25 17:30'],
      [
        'received on a day off: the next working day is the first (fault: "next day" before asking about today)',
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
      ['received before opening: that day is the first', '2026-11-25 05:00', workingDays(1), '2026-11-26 17:30'],
      ['a worked Saturday is a working day; 12729/VPCP-KGVX', '2026-08-21 09:00', workingDays(1), '2026-08-22 17:30'],
      ['received on a worked Saturday', '2026-08-22 09:00', workingDays(1), '2026-08-24 17:30'],
      ['across Tết 2026', '2026-02-12 09:00', workingDays(5), '2026-02-26 17:30'],
      ['across Tết 2023, 20 to 26 January', '2023-01-19 09:00', workingDays(1), '2023-01-27 17:30'],
      [
        'across 30 April to 4 May 2025, with a worked Saturday before',
        '2025-04-25 09:00',
        workingDays(4),
        '2025-05-05 17:30',
      ],
      [
        'with the holidays of the past (fault: holidays only from today on)',
        '2025-04-29 09:00',
        workingDays(2),
        '2025-05-06 17:30',
      ],
      ['across the two days of National Day 2022', '2022-08-31 09:00', workingDays(1), '2022-09-05 17:30'],
      ['substitute day for a holiday on Sunday', '2019-04-12 09:00', workingDays(1), '2019-04-16 17:30'],
      ['thirty working days over New Year', '2026-11-25 09:00', workingDays(30), '2027-01-07 17:30'],
    ],
  ],
  [
    'calendar days and months: an end on a day off moves forward',
    vietNam,
    civilCode,
    [
      ['within a week', '2026-11-30 09:00', calendarDays(3), '2026-12-03 17:30'],
      [`ends on Saturday, moves to Monday; ${CIVIL}`, '2026-11-25 09:00', calendarDays(3), '2026-11-30 17:30'],
      ['ends on a holiday, moves over the weekend after it', '2026-04-28 09:00', calendarDays(2), '2026-05-04 17:30'],
      ['ends on a worked Saturday and stays', '2026-08-20 09:00', calendarDays(2), '2026-08-22 17:30'],
      ['counts holidays', '2026-02-13 09:00', calendarDays(10), '2026-02-23 17:30'],
      ['across 29 February', '2024-02-19 09:00', calendarDays(10), '2024-02-29 17:30'],
      ['thirty days for a complaint; Law 02/2011', '2026-03-02 09:00', calendarDays(30), '2026-04-01 17:30'],
      ['a month', '2026-03-10 09:00', months(1), '2026-04-10 17:30'],
      [
        'a month from the 31st: the last of April, a holiday, moves on',
        '2026-03-31 09:00',
        months(1),
        '2026-05-04 17:30',
      ],
      ['a month from 31 January ends with February', '2025-01-31 09:00', months(1), '2025-03-03 17:30'],
      ['a month that ends on a Sunday', '2026-10-29 09:00', months(1), '2026-11-30 17:30'],
      ['twelve months from 29 February end with the 28th', '2024-02-29 09:00', months(12), '2025-02-28 17:30'],
    ],
  ],
  [
    'the first day included',
    vietNam,
    included,
    [
      ['one working day is today', '2026-11-25 09:00', workingDays(1), '2026-11-25 17:30'],
      ['two working days before Culture Day', '2026-11-23 09:00', workingDays(2), '2026-11-25 17:30'],
      [
        'received after closing: the next working day is the first',
        '2026-11-25 18:00',
        workingDays(1),
        '2026-11-26 17:30',
      ],
      ['three calendar days', '2026-11-30 09:00', calendarDays(3), '2026-12-02 17:30'],
      ['a month less a day', '2026-03-10 09:00', months(1), '2026-04-09 17:30'],
      ['a month from the 31st is the whole of the next', '2025-10-31 09:00', months(1), '2025-12-01 17:30'],
      ['a month from the first ends with it', '2026-06-01 09:00', months(1), '2026-06-30 17:30'],
      ['from 29 and 30 January: the whole of February', '2026-01-30 09:00', months(1), '2026-03-02 17:30'],
    ],
  ],
  [
    'received on its own day, whatever the hour',
    vietNam,
    ownDay,
    [
      ['after closing: today is the day not counted', '2026-11-25 18:00', workingDays(1), '2026-11-26 17:30'],
      ['on Sunday: Monday is counted', '2026-11-29 10:00', workingDays(1), '2026-11-30 17:30'],
      ['on Saturday, three calendar days', '2026-11-28 10:00', calendarDays(3), '2026-12-01 17:30'],
      ['hours need opening time all the same', '2026-11-25 18:00', hours(2), '2026-11-26 09:30'],
    ],
  ],
  [
    'the first day included, received on its own day',
    vietNam,
    { ...ownDay, firstDay: 'included' },
    [
      ['before closing: today', '2026-11-25 17:00', workingDays(1), '2026-11-25 17:30'],
      ['after closing nothing can be due today any more', '2026-11-25 22:00', workingDays(1), '2026-11-26 17:30'],
      ['three calendar days from the night', '2026-11-30 22:00', calendarDays(3), '2026-12-03 17:30'],
    ],
  ],
  [
    'an end on a day off that stays',
    vietNam,
    stays,
    [
      ['over when Saturday is over', '2026-11-25 09:00', calendarDays(3), '2026-11-29 00:00'],
      ['a working day ends as ever', '2026-11-30 09:00', calendarDays(3), '2026-12-03 17:30'],
    ],
  ],
  [
    '"8 hours = 1 day", apart from the opening hours',
    vietNam,
    asHours,
    [
      ['one day, to the minute', '2026-11-25 09:10', workingDays(1), '2026-11-26 09:10'],
      ['two and a weekend', '2026-11-26 16:30', workingDays(2), '2026-11-30 16:30'],
    ],
  ],
  [
    'the same day before a cut-off hour',
    vietNam,
    civilCode,
    [
      ['received before 15:00', '2026-11-25 14:59', sameDay, '2026-11-25 17:00'],
      ['received at 15:00: the next working day', '2026-11-25 15:00', sameDay, '2026-11-26 17:00'],
      ['received later before Culture Day', '2026-11-23 16:00', sameDay, '2026-11-25 17:00'],
      ['received at night: that day is the next working day', '2026-11-27 22:00', sameDay, '2026-11-30 17:00'],
    ],
  ],
  [
    'a commune with hours of its own: 7.5 h in winter, summer hours, a closure, a half day',
    hoaQuan,
    civilCode,
    [
      ['its day of 7.5 h ends at 17:00', '2026-11-25 09:00', workingDays(1), '2026-11-26 17:00'],
      ['eight hours are more than its day', '2026-11-25 07:30', hours(8), '2026-11-26 08:00'],
      ['summer hours: from 07:00', '2026-06-15 07:00', hours(1), '2026-06-15 08:00'],
      [
        'from the last day of summer to the first of winter, with a closure between',
        '2026-10-15 16:30',
        hours(1),
        '2026-10-19 08:00',
      ],
      ['a closure is no working day', '2026-10-15 09:00', workingDays(1), '2026-10-19 17:00'],
      ['a half day counts as a day and ends at noon', '2026-12-30 09:00', workingDays(1), '2026-12-31 11:30'],
      ['over a half day and New Year', '2026-12-31 11:00', hours(1), '2027-01-04 08:00'],
      ['the country’s holidays are inherited', '2026-11-23 16:30', hours(1), '2026-11-25 08:00'],
      ['the same day, on a half day: due when it closes', '2026-12-31 08:00', sameDay, '2026-12-31 11:30'],
    ],
  ],
  [
    'a commune where eight hours are a day although it is open for 7.5',
    hoaQuan,
    asHours,
    [['one day reaches into the next', '2026-11-25 07:30', workingDays(1), '2026-11-26 08:00']],
  ],
])('%s', (_, calendar, rule, examples) => {
  test.each(examples)('%s: received %s, %j, due %s', (_why, received, limit, due) => {
    expect(dueAt(calendar, vinh(received), limit, rule)).toBe(vinh(due));
    expect(explainedDue(calendar, vinh(received), limit, rule).dueAt).toBe(vinh(due));
    expect(slowDueAt(calendar, vinh(received), limit, rule)).toBe(vinh(due));
  });
});

describe('elsewhere, across the change to summer time and back', () => {
  test.each<[string, string, Limit, string]>([
    [
      'two hours from Friday into Monday, the clocks an hour ahead',
      '2011-03-25T15:00:00.000Z',
      hours(2),
      '2011-03-28T07:30:00.000Z',
    ],
    ['two hours, the clocks an hour back', '2011-10-28T14:00:00.000Z', hours(2), '2011-10-31T08:30:00.000Z'],
    ['a working day', '2011-03-25T09:00:00.000Z', workingDays(1), '2011-03-28T15:00:00.000Z'],
    ['a month', '2011-10-10T09:00:00.000Z', months(1), '2011-11-10T16:00:00.000Z'],
    ['across the short day itself', '2011-03-26T23:30:00.000Z', calendarDays(1), '2011-03-29T15:00:00.000Z'],
  ])('%s', (_, received, limit, due) => {
    expect(dueAt(netherlands, received, limit, civilCode)).toBe(due);
    expect(slowDueAt(netherlands, received, limit, civilCode)).toBe(due);
  });

  test('offices in one process keep their own hours (fault: working hours shared between tenants)', () => {
    const received = '2011-03-25T15:00:00.000Z';
    const before = dueAt(netherlands, received, hours(2), civilCode);
    dueAt(vietNam, vinh('2026-11-25 09:00'), hours(2), civilCode);

    expect(dueAt(netherlands, received, hours(2), civilCode)).toBe(before);
  });
});
