import { isDoneWithin, pauseAfterMs, sleep } from './waiting';

test('a pause grows from one second to thirty, and five attempts take less than ten seconds', () => {
  const pauses = Array.from({ length: 20 }, (_, n) => pauseAfterMs(n + 1));

  expect(pauses[0]).toBe(1_000);
  expect(pauses.at(-1)).toBe(30_000);
  expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
  expect(pauses.slice(0, 4).reduce((sum, pause) => sum + pause)).toBeLessThan(10_000);
});

test('whoever stops is not kept waiting by a pause', async () => {
  const stopping = new AbortController();
  const pause = sleep(3_600_000, stopping.signal);
  stopping.abort();

  await pause;
  await sleep(3_600_000, stopping.signal);
});

test('work that hangs is left at the limit', async () => {
  await expect(isDoneWithin(1, new Promise(() => undefined))).resolves.toBe(false);
  await expect(isDoneWithin(3_600_000, Promise.resolve())).resolves.toBe(true);
  await expect(isDoneWithin(3_600_000, Promise.reject(new Error('failed')))).rejects.toThrow('failed');
});
