import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { defaultDataFolder, LocalProblem, readStack } from '#local';
import { shownProgress } from '../progress';
import { holderNamed, migratorOf, serviceFor } from '../stack-access';
import { exitCodes, print } from '../terminal';
import { linesOf } from './records';
import { ReportFile, Tally } from './report';
import { takenOver, type ImportOptions, type LineReport } from './take-over';

const AT_ONCE = 8;
const MOST_AT_ONCE = 32;

interface Options {
  readonly dryRun: boolean;
  readonly report?: string;
  readonly as?: string;
  readonly atOnce: number;
}

/** `motcua import FILE`: work that is open in another system already. */
export function importCommand(): Command {
  return new Command('import')
    .argument('<file>', 'a CSV file in UTF-8 with a header; its columns are in docs/import.md')
    .description('take over dossiers that are open elsewhere, with first receipt, due dates and pauses so far')
    .option('--dry-run', 'decide upon every line as if it were taken over now, and write nothing', false)
    .option('--report <file>', 'a row for each line, as CSV: what became of it, its code, its promised date')
    .option('--as <official>', 'who takes over; default: whoever holds a post of migrator')
    .option('--at-once <lines>', `lines under way at once, up to ${MOST_AT_ONCE}`, atOnce, AT_ONCE)
    .action(async (file: string, options: Options) => {
      requireReadable(file);
      requireOtherFile(file, options.report);
      const stack = readStack(defaultDataFolder());
      const holder = await (options.as === undefined ? migratorOf(stack) : holderNamed(stack, options.as));
      const desk = serviceFor(stack.services.desk, defaultDataFolder(), holder);
      const tally = await imported(file, { ...options, desk });
      print(tally.story());
      process.exitCode = tally.count('refused') > 0 ? exitCodes.failure : exitCodes.ok;
    });
}

/** The report is written while the file is read. @throws LocalProblem */
function requireOtherFile(file: string, report: string | undefined): void {
  if (report === undefined || !existsSync(report) || realpathSync(report) !== realpathSync(file)) return;
  throw new LocalProblem('--report names the file that is imported.', 'Name another: nothing was read or written.');
}

/** Takes over a file, shows how far it is, and writes the report where one is wanted. */
export async function imported(
  file: string,
  { report: path, ...options }: Omit<ImportOptions, 'lines'> & { readonly report?: string },
): Promise<Tally> {
  const tally = new Tally();
  const shown = shownProgress(await countOf(file), 'lines');
  const report = path === undefined ? null : await ReportFile.open(path);
  try {
    for await (const line of takenOver({ ...options, lines: linesOf(file) })) {
      await report?.add(line);
      tally.add(line);
      shown.update(tally.lines, noteOf(tally, line));
    }
    return tally;
  } finally {
    await report?.close();
    shown.stop();
  }
}

function noteOf(tally: Tally, { line }: LineReport): string {
  return `line ${line}, ${tally.count('refused')} refused`;
}

/** Of the lines after the header, as near as can be said before they are read as records. */
async function countOf(file: string): Promise<number> {
  let count = -1;
  for await (const line of linesOf(file)) if (line !== '') count += 1;
  return Math.max(0, count);
}

function requireReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch {
    throw new LocalProblem(`There is no file ${file} that can be read.`, 'Nothing was taken over.');
  }
}

function atOnce(text: string): number {
  const lines = Number(text);
  if (!Number.isInteger(lines) || lines < 1 || lines > MOST_AT_ONCE) {
    throw new InvalidArgumentError(`A whole number from 1 to ${MOST_AT_ONCE}.`);
  }
  return lines;
}
