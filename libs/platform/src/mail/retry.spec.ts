import { pauseAfterAttempts } from './retry';

const minuteMs = 60_000;

test('the pause grows from half a minute to an hour', () => {
  expect([1, 2, 3, 4].map(pauseAfterAttempts)).toEqual([minuteMs / 2, minuteMs, 2 * minuteMs, 4 * minuteMs]);
  expect(pauseAfterAttempts(12)).toBe(60 * minuteMs);
});

test('attempts go on for about a day and then no more', () => {
  let waitedMs = 0;
  let attempts = 1;
  for (let pause = pauseAfterAttempts(1); pause !== null; pause = pauseAfterAttempts(attempts)) {
    waitedMs += pause;
    attempts += 1;
  }

  expect(waitedMs / (60 * minuteMs)).toBeGreaterThan(23);
  expect(waitedMs / (60 * minuteMs)).toBeLessThanOrEqual(25);
  expect(pauseAfterAttempts(attempts + 1)).toBeNull();
});
