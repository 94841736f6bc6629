const firstPauseMs = 30_000;
const longestPauseMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * How long to wait, in real time, after so many attempts in vain: twice as long each time, an hour at most. Null when a
 * day of attempts has passed: it has failed.
 */
export function pauseAfterAttempts(attempts: number): number | null {
  const waited = Array.from({ length: attempts }, (_, earlier) => pauseMs(earlier)).reduce((sum, pause) => sum + pause);
  return waited > dayMs ? null : pauseMs(attempts - 1);
}

function pauseMs(earlier: number): number {
  return Math.min(firstPauseMs * 2 ** earlier, longestPauseMs);
}
