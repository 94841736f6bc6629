import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectFolder } from '#local';
import { breakdownCells, cellsOf, heading, type Results } from './report';

const path = join(projectFolder, 'docs', 'performance.md');
/** A load average above which others used the machine. */
const QUIET = 0.5;
const marks = { begin: '<!-- measured: npm run bench -- --report FILE -->', end: '<!-- /measured -->' };

/** Writes the measured part of docs/performance.md anew, and leaves the words around it. Answers the path. */
export async function writeDocument(results: Results): Promise<string> {
  const before = readFileSync(path, 'utf8');
  const [head, rest] = before.split(marks.begin);
  const tail = rest?.split(marks.end)[1];
  if (head === undefined || tail === undefined)
    throw new Error(`${path} has lost its marks "${marks.begin}" and "${marks.end}".`);
  const text = `${head}${marks.begin}\n\n${documentOf(results)}\n${marks.end}${tail}`;
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
  return path;
}

/** The measured part as Markdown. */
function documentOf({ measuredAt, tookS, rounds, machine, servers, lines, breakdowns }: Results): string {
  const { processors, memoryGb, system, node, loadBefore } = machine;
  return `Measured ${measuredAt.slice(0, 16).replace('T', ' ')} UTC in ${Math.round(tookS / 60)} minutes, rounds: ${rounds}, on ${processors}, ${memoryGb} GB,
${system}, Node ${node}; load average before it began: ${loadBefore.toFixed(2)}. ${servers.postgres}; ${servers.kafka};
${servers.temporal}.${loadBefore > QUIET ? ' **Others used the machine: these figures say little, measure again on a quiet one.**' : ''}

${markdown([heading, ...lines.map(cellsOf)])}
${breakdowns.map((breakdown) => `\n### ${breakdown.title}\n\n${markdown(breakdownCells(breakdown))}\n`).join('')}`;
}

function markdown([first = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(first), line(first.map(() => '---')), ...rows.map(line)].join('\n');
}
