import { SingleBar } from 'cli-progress';
import { report } from '../terminal';
import type { LiveProgress } from './live';

const LINES_OF_A_RUN = 20;

/** Shows how far a replay is: a bar on a terminal, a line now and then elsewhere. */
export interface Shown extends LiveProgress {
  readonly stop: () => void;
}

export function shownProgress(total: number): Shown {
  const shown = process.stderr.isTTY ? barOf(total) : linesOf(total);
  let isAway = false;
  return {
    stop: shown.stop,
    answered: (done, at) => {
      isAway = false;
      shown.answered(done, at);
    },
    away: (reason) => {
      if (!isAway) report(`${reason}; asking again until there is an answer`);
      isAway = true;
    },
  };
}

type Drawn = Omit<Shown, 'away'>;

function barOf(total: number): Drawn {
  const bar = new SingleBar({
    format: '{bar} {percentage} %  {value}/{total} commands  {at}  {duration_formatted}, about {eta_formatted} left',
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(total, 0, { at: '' });
  return { answered: (done, at) => bar.update(done, { at: at.slice(0, 10) }), stop: () => bar.stop() };
}

function linesOf(total: number): Drawn {
  let saidAt = 0;
  return {
    answered: (done, at) => {
      if (done - saidAt < total / LINES_OF_A_RUN && done < total) return;
      saidAt = done;
      report(`${done} of ${total} commands; the log is at ${at.slice(0, 10)}`);
    },
    stop: () => undefined,
  };
}
