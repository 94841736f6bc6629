import type { ClockState } from '../api/views';
import './clock.css';
import { useClockWords } from './use-clock-words';

/** Each state has a shape of its own, so that nobody needs the colour. */
const shapes: Readonly<Record<ClockState, string>> = {
  late: 'M8 1 15 15 1 15Z',
  soon: 'M8 1 15 8 8 15 1 8Z',
  'on-time': 'M8 2a6 6 0 1 0 .01 0Z',
  paused: 'M3 2h3.5v12H3ZM9.5 2H13v12H9.5Z',
  done: 'M2 8.5 4 6.5 6.5 9 12 3.5 14 5.5 6.5 13Z',
};

/** How the clock of a dossier stands, in words and by a shape. */
export function ClockBadge({
  state,
  workingMsLeft,
}: {
  readonly state: ClockState;
  readonly workingMsLeft: number | null;
}) {
  const words = useClockWords();
  return (
    <span className={`motcua-clock motcua-clock-${state}`}>
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        <path d={shapes[state]} fill="currentColor" />
      </svg>
      {words(state, workingMsLeft)}
    </span>
  );
}
