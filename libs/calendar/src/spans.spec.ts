import { endOfWeek, monthsWithin } from './spans';

const hanoi = { timeZone: 'Asia/Ho_Chi_Minh' };

test('a period is cut where the wall calendar turns to another month, its ends kept', () => {
  expect(monthsWithin(hanoi, { from: '2026-10-15T00:00:00.000Z', until: '2026-12-02T00:00:00.000Z' })).toEqual([
    { month: '2026-10', from: '2026-10-15T00:00:00.000Z', until: '2026-10-31T17:00:00.000Z' },
    { month: '2026-11', from: '2026-10-31T17:00:00.000Z', until: '2026-11-30T17:00:00.000Z' },
    { month: '2026-12', from: '2026-11-30T17:00:00.000Z', until: '2026-12-02T00:00:00.000Z' },
  ]);
});

test('a month that begins at the end of the period is none of it, and summer time moves midnight', () => {
  const berlin = { timeZone: 'Europe/Berlin' };
  expect(monthsWithin(berlin, { from: '2026-09-30T22:00:00.000Z', until: '2026-10-31T23:00:00.000Z' })).toEqual([
    { month: '2026-10', from: '2026-09-30T22:00:00.000Z', until: '2026-10-31T23:00:00.000Z' },
  ]);
});

test('a week ends with its Sunday, on the wall of the office', () => {
  expect(endOfWeek(hanoi, '2026-11-27T02:00:00.000Z')).toBe('2026-11-29T17:00:00.000Z');
  expect(endOfWeek(hanoi, '2026-11-29T16:59:59.999Z')).toBe('2026-11-29T17:00:00.000Z');
  expect(endOfWeek(hanoi, '2026-11-29T17:00:00.000Z')).toBe('2026-12-06T17:00:00.000Z');
  expect(endOfWeek(hanoi, '2026-11-27T02:00:00.000Z', 1)).toBe('2026-12-06T17:00:00.000Z');
});
