import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { LocalProblem } from '#local';
import { exitCodes, failWith, print, report } from '../../apps/cli/src/terminal';
import { writeDocument } from './document';
import { parts, type Part } from './figures';
import { measure } from './measure';
import { breakdownTable, textTable, type Results } from './report';
import { sizes } from './sizes';

interface Options {
  readonly only: string;
  readonly quick: boolean;
  readonly large: boolean;
  readonly out: string;
  readonly temporal: 'cli' | 'server';
  readonly asShipped: boolean;
  readonly report?: string;
}

const program = new Command('bench')
  .description('how fast all of it is, beside the bare servers it stands on: one run, one table')
  .option('--only <parts>', 'some parts, with commas between', parts.join(','))
  .option('--quick', 'little of everything: shows that all is measured, its figures say nothing', false)
  .option('--large', '(f) beside 100,000 open dossiers too: some half an hour more', false)
  .option('--out <file>', 'where the JSON goes', join(tmpdir(), 'motcua-bench-results.json'))
  .addOption(
    new Option('--temporal <which>', "the server proper, or the one Temporal's CLI holds")
      .choices(['server', 'cli'])
      .default('server'),
  )
  .option('--as-shipped', "leave Temporal's visibility indexes as they are", false)
  .option('--report <file>', 'measure nothing: write docs/performance.md from the JSON of a run')
  .action(run);

async function run({ only, quick, large, out, report: from, ...rest }: Options): Promise<void> {
  if (from !== undefined) {
    report(`written: ${await writeDocument(JSON.parse(readFileSync(from, 'utf8')) as Results)}`);
    return;
  }
  const dataFolder = mkdtempSync(join(tmpdir(), 'motcua-bench-'));
  const size = quick ? sizes.quick : { ...sizes.whole, ...(large && { open: [...sizes.whole.open, 100_000] }) };
  try {
    const results = await measure({ ...rest, dataFolder, only: partsOf(only), sizes: size, report });
    writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
    print(textTable(results.lines));
    for (const breakdown of results.breakdowns) print(`\n${breakdownTable(breakdown)}`);
    report(`${results.servers.temporal}; written to ${out}`);
    for (const failure of results.failures) report(`NOT MEASURED: ${failure}`);
    if (results.failures.length > 0) process.exitCode = exitCodes.failure;
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

function partsOf(only: string): readonly Part[] {
  return only.split(',').map((letter) => {
    const part = parts.find((one) => one === letter.trim());
    if (part === undefined) throw new LocalProblem(`There is no part "${letter}".`, `There are ${parts.join(', ')}.`);
    return part;
  });
}

program.parseAsync().catch(failWith);
