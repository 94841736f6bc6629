import type { CalendarDay } from './calendar-reads';
import { columnOf, markOf, monthsOf } from './marks';

const day = (date: string, changes: Partial<CalendarDay> = {}): CalendarDay => ({
  date,
  weekday: 'tuesday',
  isWorked: true,
  special: null,
  ...changes,
});
const named = { vi: 'x', en: 'x', de: 'x' };

test('a day is told apart by what the decree makes of it, else by whether its weekday is worked', () => {
  const special = { kind: 'moved-working-day', name: named, legalBasis: 'x' } as const;
  expect(markOf(day('2026-08-22', { weekday: 'saturday', special }))).toBe('moved-working-day');
  expect(markOf(day('2026-08-29', { weekday: 'saturday', isWorked: false }))).toBe('rest');
  expect(markOf(day('2026-11-24'))).toBe('ordinary');
});

test('weeks begin on Monday', () => {
  expect(columnOf(day('2026-11-23', { weekday: 'monday' }))).toBe(1);
  expect(columnOf(day('2026-11-29', { weekday: 'sunday' }))).toBe(7);
});

test('a year has its own days alone, month by month', () => {
  const days = ['2025-12-31', '2026-01-01', '2026-01-02', '2026-02-01', '2027-01-01'].map((date) => day(date));
  expect(monthsOf('2026', days).map((month) => month.map(({ date }) => date))).toEqual([
    ['2026-01-01', '2026-01-02'],
    ['2026-02-01'],
  ]);
});
