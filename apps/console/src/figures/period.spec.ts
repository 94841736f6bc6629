import { daysOf } from './period';

test('a month ends on its last day, whatever its length, and the month before January is of the year before', () => {
  expect(daysOf('this-month', '2028-02-10')).toEqual({ from: '2028-02-01', until: '2028-02-29' });
  expect(daysOf('last-month', '2026-11-26')).toEqual({ from: '2026-10-01', until: '2026-10-31' });
  expect(daysOf('last-month', '2026-01-31')).toEqual({ from: '2025-12-01', until: '2025-12-31' });
  expect(daysOf('this-year', '2026-11-26')).toEqual({ from: '2026-01-01', until: '2026-12-31' });
});
