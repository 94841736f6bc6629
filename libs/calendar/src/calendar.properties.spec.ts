import fc from 'fast-check';
import { hoaQuan, netherlands, vietNam, workingDays } from '../test/calendars';
import { slowDueAt } from '../test/slow';
import {
  civilCode,
  dueAt,
  explainedDue,
  inherited,
  shiftByWorkingTime,
  workingMsBetween,
  type CountingRule,
  type Limit,
  type WorkCalendar,
} from './index';

const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** A calendar, and instants far enough from its ends for what is counted here. */
const offices = fc.constantFrom<readonly [WorkCalendar, string, string]>(
  [vietNam, '2018-06-01', '2026-12-31'],
  [hoaQuan, '2018-06-01', '2026-12-31'],
  [netherlands, '2010-06-01', '2012-12-31'],
);
const moments = offices.chain(([calendar, from, to]) =>
  fc.record({
    calendar: fc.constant(calendar),
    start: fc.integer({ min: Date.parse(from), max: Date.parse(to) }).map(iso),
  }),
);
const spans = fc.integer({ min: 0, max: 200 * HOUR });
const limits: fc.Arbitrary<Limit> = fc.oneof(
  fc.record({
    unit: fc.constantFrom('WORKING_HOUR' as const, 'WORKING_DAY' as const, 'CALENDAR_DAY' as const),
    amount: fc.integer({ min: 1, max: 40 }),
  }),
  fc.record({ unit: fc.constant('MONTH' as const), amount: fc.integer({ min: 1, max: 3 }) }),
  fc.constant<Limit>({ unit: 'SAME_DAY', cutOff: '15:00', dueBy: '17:00' }),
);
const rules: fc.Arbitrary<CountingRule> = fc.record({
  firstDay: fc.constantFrom('excluded', 'included'),
  outOfHours: fc.constantFrom('next-opening', 'own-day'),
  endOnDayOff: fc.constantFrom('moves-forward', 'stays'),
  workingDay: fc.constantFrom('whole', 'hours'),
});
const runs = { numRuns: 2_000 };

test('what is counted forward is what lies between, to the millisecond', () => {
  fc.assert(
    fc.property(
      moments,
      spans,
      ({ calendar, start }, ms) => workingMsBetween(calendar, start, shiftByWorkingTime(calendar, start, ms)) === ms,
    ),
    runs,
  );
});

test('adding and then subtracting is identity, but for time in which nobody works', () => {
  fc.assert(
    fc.property(moments, spans, ({ calendar, start }, ms) => {
      const back = shiftByWorkingTime(calendar, shiftByWorkingTime(calendar, start, ms), -ms);
      return workingMsBetween(calendar, start, back) === 0 && workingMsBetween(calendar, back, start) === 0;
    }),
    runs,
  );
});

test('counting forward in steps equals counting at once', () => {
  fc.assert(
    fc.property(
      moments,
      fc.array(fc.integer({ min: 1, max: 50 * HOUR }), { minLength: 1, maxLength: 5 }),
      ({ calendar, start }, steps) => {
        const inSteps = steps.reduce((at, ms) => shiftByWorkingTime(calendar, at, ms), start);
        return (
          inSteps ===
          shiftByWorkingTime(
            calendar,
            start,
            steps.reduce((sum, ms) => sum + ms),
          )
        );
      },
    ),
    runs,
  );
});

test('a pause of d working hours moves a due instant by exactly d', () => {
  fc.assert(
    fc.property(moments, limits, spans, ({ calendar, start }, limit, pausedMs) => {
      const due = dueAt(calendar, start, limit, civilCode);
      return workingMsBetween(calendar, due, shiftByWorkingTime(calendar, due, pausedMs)) === pausedMs;
    }),
    runs,
  );
});

test('later in, or more time, is never due earlier', () => {
  fc.assert(
    fc.property(
      moments,
      limits,
      rules,
      fc.integer({ min: 0, max: 30 * 24 * HOUR }),
      fc.integer({ min: 0, max: 5 }),
      ({ calendar, start }, limit, rule, laterMs, more) => {
        const due = dueAt(calendar, start, limit, rule);
        const longer = limit.unit === 'SAME_DAY' ? limit : { ...limit, amount: limit.amount + more };
        return (
          dueAt(calendar, iso(Date.parse(start) + laterMs), limit, rule) >= due &&
          dueAt(calendar, start, longer, rule) >= due
        );
      },
    ),
    runs,
  );
});

test('no due instant lies before its start or outside of working time, unless the rule says so', () => {
  fc.assert(
    fc.property(moments, limits, rules, ({ calendar, start }, limit, rule) => {
      const due = dueAt(calendar, start, limit, rule);
      const isInTime = workingMsBetween(calendar, iso(Date.parse(due) - 1), due) === 1;
      return (isInTime || rule.endOnDayOff === 'stays') && due > start;
    }),
    runs,
  );
});

test('the stretches of the explanation sum to the limit, and it ends with the same due instant', () => {
  fc.assert(
    fc.property(moments, limits, rules, ({ calendar, start }, limit, rule) => {
      const { days, dueAt: due } = explainedDue(calendar, start, limit, rule);
      if (due !== dueAt(calendar, start, limit, rule)) return false;
      const workedMs = days.reduce((sum, day) => sum + (day.counts === 'hours' ? day.workingMs : 0), 0);
      const counted = days.filter(({ counts }) => counts === 'day').length;
      if (limit.unit === 'WORKING_HOUR') return workedMs === limit.amount * HOUR;
      if (limit.unit === 'WORKING_DAY' && rule.workingDay === 'hours') {
        return workedMs === limit.amount * calendar.workingHoursPerDay * HOUR;
      }
      if (limit.unit === 'MONTH') return counted >= 27 * limit.amount;
      return counted === (limit.unit === 'SAME_DAY' ? 1 : limit.amount);
    }),
    runs,
  );
});

test('one more day off never makes anything due earlier', () => {
  fc.assert(
    fc.property(
      moments,
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 0, max: 30 }),
      ({ calendar, start }, amount, offset) => {
        const date = iso(Date.parse(start) + offset * 24 * HOUR).slice(0, 10);
        fc.pre(!calendar.days.some((day) => day.date === date));
        const name = { vi: 'Bão', en: 'Storm', de: 'Sturm' };
        const storm = { date, kind: 'closure', hoursOf: null, open: null, name, legalBasis: 'Notice' } as const;
        const stormy = inherited(calendar, {
          id: 'stormy',
          version: '1',
          inherits: calendar.id,
          hours: null,
          days: [storm],
        });
        return (
          dueAt(stormy, start, workingDays(amount), civilCode) >= dueAt(calendar, start, workingDays(amount), civilCode)
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('equals a second, slow implementation that looks at every minute', () => {
  const onTheMinute = moments.map(({ calendar, start }) => ({
    calendar,
    start: iso(Math.floor(Date.parse(start) / 60_000) * 60_000),
  }));
  fc.assert(
    fc.property(onTheMinute, limits, rules, ({ calendar, start }, limit, rule) => {
      expect(dueAt(calendar, start, limit, rule)).toBe(slowDueAt(calendar, start, limit, rule));
    }),
    { numRuns: 300 },
  );
});
