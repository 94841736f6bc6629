import { InvalidArgumentError } from 'commander';
import { wallTimeInWords, type Instant } from '#calendar';
import { DossierError } from '#domain';
import { LocalProblem } from '#local';
import { StartRefused } from '#platform';

/** What the exit code of a command says. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  'not found': 3,
  conflict: 4,
  'verification failed': 5,
} as const;

/** Thrown for a code or an id that the stack on this machine does not know. */
export class NotKnownHere extends LocalProblem {}

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

/** A moment as the clock on the office's wall shows it, `-` for none. `timeZone` is an IANA name. */
export function onWall(instant: Instant | null, timeZone: string): string {
  return instant === null ? '-' : wallTimeInWords(instant, timeZone, 'en');
}

const letters = new Intl.Segmenter('vi');

/** Vietnamese letters may be composed of several code points, but each takes one column. */
function width(text: string): number {
  return [...letters.segment(text)].length;
}

/** Seconds of simulated time in a real second, from the command line. */
export function speedFrom(text: string): number {
  const factor = Number(text);
  if (!Number.isFinite(factor) || factor < 1) throw new InvalidArgumentError('A number from 1 upwards.');
  return factor;
}

/** An instant in UTC, from the command line; without milliseconds it is a full second. */
export function instantFrom(text: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([.]\d{3})?Z$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('An instant in UTC, like 2026-11-23T01:00:00.000Z.');
  return text.length === 20 ? text.replace('Z', '.000Z') : text;
}

/** Ends the process as a person expects: a sentence for what can be mended, a stack for what is a defect of ours. */
export function failWith(error: unknown): never {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(exitCodeOf(error));
}

/** What a command that broke off ends with: see `exitCodes`. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof NotKnownHere) return exitCodes['not found'];
  if (!(error instanceof DossierError)) return exitCodes.failure;
  if (error.kind === 'not-found') return exitCodes['not found'];
  return error.kind === 'conflict' ? exitCodes.conflict : exitCodes.failure;
}

/** What a person is told of an error: its sentence, or where a defect of ours is. */
export function sentenceOf(error: unknown): string {
  if (error instanceof LocalProblem || error instanceof StartRefused || error instanceof DossierError)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
