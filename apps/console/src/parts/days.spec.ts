import { dayAt, instantsOf, moved, writtenDay } from './days';

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

test('a day later is the next of the calendar, over the end of a month and a year', () => {
  expect(moved('2028-02-28', 1)).toBe('2028-02-29');
  expect(moved('2027-01-01', -1)).toBe('2026-12-31');
});
