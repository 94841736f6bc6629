import { getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

/** A place in a text, both counted from one; columns in UTF-16 units, as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A rule broken at a place. */
export interface PlacedRule extends Place {
  readonly rule: string;
}

/** A JSON text as its value, with the way back from a value to its place. */
export interface JsonDocument {
  readonly value: unknown;
  /** Why it is no JSON, or says a key twice, of which JSON.parse silently keeps the last. The value is then of no use. */
  readonly defects: readonly PlacedRule[];
  /** Where the value stands to which the keys and indices lead; where there is none, the nearest that holds it. */
  placeOf(path: readonly string[]): Place;
}

/** Reads a text as JSON in the strict sense of RFC 8259: no comments, no trailing commas. */
export function readJson(text: string): JsonDocument {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const malformed = errors.map(({ error, offset }) => ({
    ...placeAt(text, offset),
    rule: `is no JSON: ${inWords(printParseErrorCode(error))}`,
  }));
  const repeats = root ? keysSaidTwice(root) : [];
  return {
    value: root && getNodeValue(root),
    defects: [
      ...malformed,
      ...repeats.map(({ offset, value }) => ({ ...placeAt(text, offset), rule: `says ${String(value)} twice` })),
    ],
    placeOf: (path) => placeAt(text, root ? nodeAt(root, path).offset : 0),
  };
}

function nodeAt(root: Node, path: readonly string[]): Node {
  let node = root;
  for (const segment of path) {
    const next = node.type === 'array' ? node.children?.[Number(segment)] : propertyOf(node, segment)?.[1];
    if (!next) return node;
    node = next;
  }
  return node;
}

/** Key and value of a property. */
function propertyOf({ children = [] }: Node, key: string): readonly Node[] | undefined {
  return children.find(({ children: [name] = [] }) => name?.value === key)?.children;
}

function keysSaidTwice({ type, children = [] }: Node): readonly Node[] {
  const keys = type === 'object' ? children.flatMap(({ children: [key] = [] }) => key ?? []) : [];
  const repeated = keys.filter(({ value }, index) => keys.findIndex((key) => key.value === value) < index);
  return [...repeated, ...children.flatMap(keysSaidTwice)];
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** `CommaExpected` is "comma expected". */
function inWords(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
