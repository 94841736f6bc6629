/** The first window in which a browser comes again, and the longest; each failure in a row doubles it. */
const FIRST_MS = 4_000;
const LONGEST_MS = 120_000;

/**
 * How long to wait before coming again, after so many failures in a row (1: the first). Somewhere in a window that grows: all browsers
 * of an office lose a restarted server in one moment, and must not come back in one.
 */
export function pauseMs(failures: number, random: () => number = Math.random): number {
  const windowMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return Math.round(250 + random() * (windowMs - 250));
}
