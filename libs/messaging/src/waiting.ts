const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Gentle on purpose: five attempts take eight seconds, and nobody in the same partition waits longer than four. */
const GROWTH = 1.5;

/** How long to wait after so many failures in a row: 1 s at first, 30 s at most. */
export function pauseAfterMs(failures: number): number {
  return Math.min(FIRST_PAUSE_MS * GROWTH ** (failures - 1), LONGEST_PAUSE_MS);
}

/** Resolves after a while, or as soon as the signal is aborted. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener('abort', wake);
  });
}

/** Whether the work was done within the limit; the work itself goes on. */
export async function isDoneWithin(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  const over = new AbortController();
  try {
    return await Promise.race([work.then(() => true), sleep(limitMs, over.signal).then(() => false)]);
  } finally {
    over.abort();
  }
}
