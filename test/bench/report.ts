import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { table } from '../../apps/cli/src/terminal';
import { isMet, ratioOf, type Aim, type Breakdown, type Line, type Unit } from './figures';

/** All that a run found, and on what; this is the JSON. */
export interface Results {
  readonly measuredAt: string;
  readonly tookS: number;
  /** How often ours and the reference took turns. */
  readonly rounds: number;
  readonly machine: Machine;
  readonly servers: { readonly postgres: string; readonly kafka: string; readonly temporal: string };
  readonly lines: readonly Line[];
  readonly breakdowns: readonly Breakdown[];
  /** Parts that could not be measured, and why. */
  readonly failures: readonly string[];
}

interface Machine {
  readonly processors: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  /** Processes that waited for a processor before the run began: above one or two, others used the machine. */
  readonly loadBefore: number;
}

export function machine(): Machine {
  const all = cpus();
  return {
    processors: `${all.length} x ${all[0]?.model ?? 'unknown'}`,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${release()}`,
    node: process.versions.node,
    loadBefore: loadavg()[0] ?? 0,
  };
}

export const heading: readonly string[] = ['', 'what', 'ours', 'bare', 'ratio', 'aim', 'met'];

/** The table for people at a terminal. */
export function textTable(lines: readonly Line[]): string {
  return table([heading, ...lines.map(cellsOf)]);
}

export function breakdownTable(breakdown: Breakdown): string {
  return `${breakdown.title}\n${table(breakdownCells(breakdown))}`;
}

export function breakdownCells({ rows, unit }: Breakdown): readonly (readonly string[])[] {
  const cells = rows.map(({ name, ours, reference }) => [
    name,
    figure(ours, unit),
    reference === null ? '' : figure(reference, unit),
  ]);
  return [['', 'ours', 'bare'], ...cells];
}

export function cellsOf(line: Line): readonly string[] {
  const ratio = ratioOf(line);
  const met = isMet(line);
  return [
    line.part,
    line.what,
    figure(line.ours, line.unit),
    line.reference === null ? '' : figure(line.reference, line.unit),
    ratio === null ? '' : ratio.toFixed(2),
    line.aim === null ? '' : aimText(line.aim, line.unit),
    met === null ? '' : met ? 'yes' : 'NO',
  ];
}

function aimText({ of, atMost, atLeast }: Aim, unit: Unit): string {
  const limit = (figureText: number) => (of === 'ratio' ? `${figureText} x` : figure(figureText, unit));
  return [
    ...(atMost === undefined ? [] : [`<= ${limit(atMost)}`]),
    ...(atLeast === undefined ? [] : [`>= ${limit(atLeast)}`]),
  ].join(', ');
}

function figure(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return `${short(value)} ms`;
    case 's':
      return `${short(value)} s`;
    case '/s':
      return `${short(value)}/s`;
    case 'bytes':
      return `${short(value / 1_024)} KB`;
    case 'count':
      return String(Math.round(value));
    case 'share':
      return `${(value * 100).toFixed(1)} %`;
  }
}

/** Three digits that matter. */
function short(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toPrecision(Math.abs(value) < 1 ? 2 : 3);
}
