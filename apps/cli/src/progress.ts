import { SingleBar } from 'cli-progress';
import { report } from './terminal';

const LINES_OF_A_RUN = 20;

/** How far long work is: a bar on a terminal, a line now and then elsewhere. */
export interface ShownProgress {
  /** So much is done; `note` says more for people. */
  readonly update: (done: number, note?: string) => void;
  readonly stop: () => void;
}

/** Shows the progress of work of so many units, named in the plural. */
export function shownProgress(total: number, units: string): ShownProgress {
  return process.stderr.isTTY ? barOf(total, units) : linesOf(total, units);
}

function barOf(total: number, units: string): ShownProgress {
  const bar = new SingleBar({
    format: `{bar} {percentage} %  {value}/{total} ${units}  {note}  {duration_formatted}, about {eta_formatted} left`,
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(total, 0, { note: '' });
  return { update: (done, note = '') => bar.update(done, { note }), stop: () => bar.stop() };
}

function linesOf(total: number, units: string): ShownProgress {
  let saidAt = 0;
  return {
    update: (done, note) => {
      if (done - saidAt < total / LINES_OF_A_RUN && done < total) return;
      saidAt = done;
      report(`${done} of ${total} ${units}${note === undefined ? '' : `; ${note}`}`);
    },
    stop: () => undefined,
  };
}
