import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds since 1970 with fractions, so that instants of several processes of this machine compare. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Begins a task so many times a second, whatever became of the earlier ones, and answers how long each took, in
 * milliseconds, from the instant it was to begin: a server that hangs makes those wait that people would have begun
 * meanwhile.
 */
export async function atRate(
  perSecond: number,
  count: number,
  task: (index: number) => Promise<unknown>,
): Promise<readonly number[]> {
  const beganAt = performance.now();
  const timed: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueAt = beganAt + (index * 1_000) / perSecond;
    const aheadMs = dueAt - performance.now();
    if (aheadMs > 0) await pause(aheadMs);
    const run = task(index).then(() => performance.now() - dueAt);
    run.catch(() => undefined); // Told below, when all have begun.
    timed.push(run);
  }
  return Promise.all(timed);
}

/** Does a task again and again, so many at a time, until the time is over; answers how many were done a second. */
export async function mostPerSecond(width: number, ms: number, task: () => Promise<unknown>): Promise<number> {
  const beganAt = performance.now();
  let done = 0;
  const work = async () => {
    while (performance.now() - beganAt < ms) {
      await task();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return done / ((performance.now() - beganAt) / 1_000);
}

/** Does a task so many times, so many at a time; answers what each gave. */
export async function together<T>(
  width: number,
  count: number,
  task: (index: number) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await task(index);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, work));
  return results;
}

/** Asks until the answer is yes. @throws Error naming what was waited for, after the limit */
export async function until(what: string, limitMs: number, isSo: () => Promise<boolean>, everyMs = 200): Promise<void> {
  const beganAt = performance.now();
  while (!(await isSo())) {
    if (performance.now() - beganAt > limitMs) throw new Error(`Waited ${limitMs / 1_000} s for ${what}, in vain.`);
    await pause(everyMs);
  }
}
