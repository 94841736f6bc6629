import type { Status, Suspension } from '../api/views';

/** Whose clock runs: the office's, the applicant's, another body's; or nobody's, when the result lies ready or all is over. */
export type RunningClock = 'office' | 'applicant' | 'other-body' | 'ready' | 'nobody';

const over: readonly Status[] = ['returned', 'refused', 'withdrawn', 'stopped'];

/** Whose time it is now. A withdrawal asked for waits for the office, but by the rules its clock stands still. */
export function clockOf({
  status,
  suspensions,
}: {
  readonly status: Status;
  readonly suspensions: readonly Suspension[];
}): RunningClock {
  if (status === 'processed') return 'ready';
  if (over.includes(status)) return 'nobody';
  const pause = suspensions.find(({ until }) => until === null);
  if (!pause) return 'office';
  return pause.reason === 'other-body' ? 'other-body' : 'applicant';
}
