import { canonicalJson } from '#platform';

/** One invariant, decided: how many things were checked, and which offend. */
export interface Verdict {
  readonly id: string;
  readonly says: string;
  readonly checked: number;
  readonly offenders: readonly string[];
  /** What else the look has shown. */
  readonly note?: string;
}

/** The same without its number, which stands in the table. */
export type Finding = Omit<Verdict, 'id'>;

export function keyOf(stream: string, sequence: number): string {
  return `${stream}/${sequence}`;
}

export function groupedBy<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

export function sameSet(one: readonly unknown[], other: readonly unknown[]): boolean {
  const sorted = (things: readonly unknown[]) => things.map(canonicalJson).sort().join('\n');
  return sorted(one) === sorted(other);
}
