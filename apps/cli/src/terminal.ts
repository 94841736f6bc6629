import { LocalProblem } from '#local';
import { RemoteRefusal, StartRefused } from '#platform';

/** What the exit code of a command says. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  'not found': 3,
  conflict: 4,
  'verification failed': 5,
} as const;

/** Data goes to standard output, so that it can be piped; talk goes to standard error. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Says what is being done, with the time since the program started. */
export function report(step: string): void {
  if (process.stderr.isTTY) {
    process.stderr.clearLine(0); // A progress bar may stand there; it draws itself again.
    process.stderr.cursorTo(0);
  }
  process.stderr.write(`[${process.uptime().toFixed(1).padStart(6)} s] ${step}\n`);
}

/** Rows as aligned columns; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, index) => Math.max(all[index] ?? 0, width(cell))),
    [],
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd();
  const [heading, ...body] = rows;
  return [line(heading ?? []), widths.map((count) => '-'.repeat(count)).join('  '), ...body.map(line)].join('\n');
}

const letters = new Intl.Segmenter('vi');

/** Vietnamese letters may be composed of several code points, but each takes one column. */
function width(text: string): number {
  return [...letters.segment(text)].length;
}

/** Ends the process as a person expects: a sentence for what can be mended, a stack for what is a defect of ours. */
export function failWith(error: unknown): never {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(
    error instanceof RemoteRefusal && error.kind === 'not-found' ? exitCodes['not found'] : exitCodes.failure,
  );
}

function sentenceOf(error: unknown): string {
  if (error instanceof LocalProblem || error instanceof StartRefused || error instanceof RemoteRefusal)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
