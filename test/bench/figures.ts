/** The parts of the measurement, by the letters the aims are known by. */
export const parts = ['a', 'b', 'c', 'd', 'e', 'f', 'walls', 'peak', 'due', 'console'] as const;
export type Part = (typeof parts)[number];

export type Unit = 'ms' | '/s' | 'bytes' | 's' | 'count' | 'share';

/** What is to be reached: of the ratio to the reference where `of` is `ratio`, else of our own figure. */
export interface Aim {
  readonly of: 'ratio' | 'ours';
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** One line of the table: what was measured of ours, beside the bare servers' figure of the same run. */
export interface Line {
  readonly part: Part;
  readonly what: string;
  readonly unit: Unit;
  readonly ours: number;
  /** Null where there is nothing to stand beside. */
  readonly reference: number | null;
  readonly aim: Aim | null;
}

/** What no single line can say: where the CPU time went, how the bytes divide. */
export interface Breakdown {
  readonly part: Part;
  readonly title: string;
  readonly unit: Unit;
  readonly rows: readonly { readonly name: string; readonly ours: number; readonly reference: number | null }[];
}

/** Everything one part found. */
export interface Findings {
  readonly lines: readonly Line[];
  readonly breakdowns?: readonly Breakdown[];
  /** Why it found nothing, where it could not be measured. */
  readonly failure?: string;
}

export function ratioOf({ ours, reference }: Pick<Line, 'ours' | 'reference'>): number | null {
  return reference === null || reference === 0 ? null : ours / reference;
}

/** Whether the aim is met; null where there is none. */
export function isMet(line: Line): boolean | null {
  const { aim } = line;
  if (aim === null) return null;
  const figure = aim.of === 'ours' ? line.ours : ratioOf(line);
  if (figure === null) return false;
  return figure <= (aim.atMost ?? Infinity) && figure >= (aim.atLeast ?? -Infinity);
}

/** The smallest value that this share of all values does not exceed. @throws RangeError without values */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('No value was measured.');
  return value;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
