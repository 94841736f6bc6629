import { shownProgress } from '../progress';
import { report } from '../terminal';
import type { LiveProgress } from './live';

/** Shows how far a replay is, and when `desk` is away. */
export function replayProgress(commands: number): LiveProgress & { readonly stop: () => void } {
  const shown = shownProgress(commands, 'commands');
  let isAway = false;
  return {
    stop: shown.stop,
    answered: (done, at) => {
      isAway = false;
      shown.update(done, `the log is at ${at.slice(0, 10)}`);
    },
    away: (reason) => {
      if (!isAway) report(`${reason}; asking again until there is an answer`);
      isAway = true;
    },
  };
}
