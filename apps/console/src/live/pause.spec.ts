import { pauseMs } from './pause';

test('browsers that were cut off together come back spread over the window, which grows with each failure up to two minutes', () => {
  const [earliest, latest] = [() => 0, () => 1];
  expect([1, 2, 3, 6, 60].map((failures) => pauseMs(failures, latest))).toEqual([
    4_000, 8_000, 16_000, 120_000, 120_000,
  ]);
  expect([1, 60].map((failures) => pauseMs(failures, earliest))).toEqual([250, 250]);
  const pauses = Array.from({ length: 200 }, () => pauseMs(5));
  expect(Math.max(...pauses) - Math.min(...pauses)).toBeGreaterThan(30_000);
});
