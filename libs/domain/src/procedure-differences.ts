import type { ProcedureVersion } from './procedure';

/** A field that two versions of a procedure say otherwise. */
export interface FieldDifference {
  /** From the outside in; an element of a list is named by its code, else by its place counted from one. */
  readonly path: readonly string[];
  /** What the older says; null where it says nothing. */
  readonly was: string | null;
  readonly is: string | null;
}

/** What two versions of a procedure say otherwise, field by field, in the order of the newer; the number itself is left out. */
export function procedureDifferences(before: ProcedureVersion, then: ProcedureVersion): readonly FieldDifference[] {
  const [older, newer] = [leavesOf(before), leavesOf(then)];
  const paths = [...new Set([...newer.keys(), ...older.keys()])];
  return paths
    .map((key) => ({
      path: JSON.parse(key) as string[],
      was: older.get(key) ?? null,
      is: newer.get(key) ?? null,
    }))
    .filter(({ path, was, is }) => was !== is && path[0] !== 'version');
}

/** Each plain value by its path; what is null or empty says nothing. */
function leavesOf(whole: object): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const visit = (value: unknown, path: readonly string[]): void => {
    if (value === null || value === undefined) return;
    if (typeof value !== 'object') leaves.set(JSON.stringify(path), inWords(value));
    else if (isListOfPlain(value)) leaves.set(JSON.stringify(path), value.join(', '));
    else for (const [name, part] of partsOf(value)) visit(part, [...path, name]);
  };
  visit(whole, []);
  return leaves;
}

function inWords(plain: unknown): string {
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

function isListOfPlain(value: object): value is readonly (string | number)[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one !== 'object');
}

function partsOf(value: object): readonly (readonly [string, unknown])[] {
  if (!Array.isArray(value)) return Object.entries(value);
  const codes = value.map(codeOf);
  const isNamed = codes.every((code) => code !== null) && new Set(codes).size === codes.length;
  return value.map((part, index) => [(isNamed ? codes[index] : null) ?? String(index + 1), part] as const);
}

function codeOf(part: unknown): string | null {
  const { code } = (part ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : null;
}
