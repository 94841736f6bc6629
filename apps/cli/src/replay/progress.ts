import { SingleBar } from 'cli-progress';
import { report } from '../terminal';
import type { LiveProgress } from './live';

const LINES_OF_A_RUN = 20;

/** Shows how far a replay is: a bar on a terminal, a line now and then elsewhere. */
export interface Shown extends LiveProgress {
  stop(): void;
}

export function shownProgress(total: number): Shown {
  return process.stderr.isTTY ? barOf(total) : linesOf(total);
}

function barOf(total: number): Shown {
  const bar = new SingleBar({
    format: '{bar} {percentage} %  {value}/{total} commands  {at}  {duration_formatted}, about {eta_formatted} left',
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(total, 0, { at: '' });
  return { away: report, answered: (done, at) => bar.update(done, { at: at.slice(0, 10) }), stop: () => bar.stop() };
}

function linesOf(total: number): Shown {
  let saidAt = 0;
  return {
    away: report,
    answered: (done, at) => {
      if (done - saidAt < total / LINES_OF_A_RUN && done < total) return;
      saidAt = done;
      report(`${done} of ${total} commands; the log is at ${at.slice(0, 10)}`);
    },
    stop: () => undefined,
  };
}
