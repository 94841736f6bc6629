import { dayAt, daysOf, instantsOf, writtenDay } from './period';

test('a month ends on its last day, whatever its length, and the month before January is of the year before', () => {
  expect(daysOf('this-month', '2028-02-10')).toEqual({ from: '2028-02-01', until: '2028-02-29' });
  expect(daysOf('last-month', '2026-11-26')).toEqual({ from: '2026-10-01', until: '2026-10-31' });
  expect(daysOf('last-month', '2026-01-31')).toEqual({ from: '2025-12-01', until: '2025-12-31' });
  expect(daysOf('this-year', '2026-11-26')).toEqual({ from: '2026-01-01', until: '2026-12-31' });
});

test('a period begins and ends at midnight of the office’s zone, its last day included', () => {
  expect(instantsOf({ from: '2026-11-01', until: '2026-11-30' }, 'Asia/Ho_Chi_Minh')).toEqual({
    from: '2026-10-31T17:00:00.000Z',
    until: '2026-11-30T17:00:00.000Z',
  });
  // Between them Berlin sets its clocks.
  expect(instantsOf({ from: '2026-10-25', until: '2026-10-25' }, 'Europe/Berlin')).toEqual({
    from: '2026-10-24T22:00:00.000Z',
    until: '2026-10-25T23:00:00.000Z',
  });
});

test('today is the day that the office’s calendar shows', () => {
  const lateEvening = Date.parse('2026-11-26T18:00:00.000Z');
  expect(dayAt(lateEvening, 'Asia/Ho_Chi_Minh')).toBe('2026-11-27');
  expect(dayAt(lateEvening, 'Europe/Berlin')).toBe('2026-11-26');
  expect(writtenDay('2026-11-27', 'vi')).toBe('27/11/2026');
  expect(writtenDay('2026-11-27', 'de')).toBe('27.11.2026');
});
