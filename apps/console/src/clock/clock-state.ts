import type { ClockState, Status } from '../api/views';

/** As desk's queues have it: due within so much working time is soon. */
const SOON_MS = 8 * 3_600_000;

const settled: readonly Status[] = ['processed', 'returned', 'refused', 'withdrawn', 'stopped'];

/** How the clock of one dossier stands. `workingMsLeft` is negative past the due instant, null where nothing limits. */
export function clockStateOf(
  { status, clockRuns }: { readonly status: Status; readonly clockRuns: boolean },
  workingMsLeft: number | null,
): ClockState {
  if (settled.includes(status)) return 'done';
  if (!clockRuns) return 'paused';
  if (workingMsLeft === null) return 'on-time';
  if (workingMsLeft < 0) return 'late';
  return workingMsLeft <= SOON_MS ? 'soon' : 'on-time';
}
