import { keepsLongEnough } from './kafka-topics';

const DAY_MS = 86_400_000;

test.each([
  ['without limit', -1, true],
  ['for 400 days', 400 * DAY_MS, true],
  ['for a day less', 399 * DAY_MS, false],
  ['for no time at all', 0, false],
  ['for a time that cannot be read', Number.NaN, false],
])('a topic kept %s is taken or refused', (_how, retentionMs, fit) => {
  expect(keepsLongEnough(retentionMs)).toBe(fit);
});
