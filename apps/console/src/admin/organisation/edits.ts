import type { components } from '../../api/desk';

export type Organisation = components['schemas']['Organisation'];

/** The lists of an organisation, as the page shows them. */
export const parts = [
  'offices',
  'posts',
  'officials',
  'tenures',
  'deputies',
  'absences',
  'mandates',
  'fourEyes',
] as const;
export type Part = (typeof parts)[number];

/** One thing of a list: an office, a tenure. */
export type Row = Readonly<Record<string, unknown>>;

/** A row and what makes it the same one in two versions. */
export interface KeyedRow {
  readonly key: string;
  readonly row: Row;
}

/** What somebody did to one row and has not saved: from what to what; null where there was, or is to be, none. */
export interface Edit {
  readonly part: Part;
  readonly key: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** By which fields a thing is the same in two versions; as desk has it. */
const identity: Readonly<Record<Part, readonly string[]>> = {
  offices: ['id'],
  posts: ['id'],
  officials: ['id'],
  tenures: ['officialId', 'postId', 'from'],
  deputies: ['postId', 'deputyPostId', 'from'],
  absences: ['officialId', 'from'],
  mandates: ['officialId', 'postId', 'officeId', 'action', 'procedureCode', 'from'],
  fourEyes: ['command'],
};

/** What makes a row the same one in two versions. */
export function keyOf(part: Part, row: Row): string {
  return identity[part].map((name) => JSON.stringify(row[name] ?? null)).join(' ');
}

/** The rows of a list in the document's order. Two that are the same by their fields are told apart by their order. */
export function rowsOf(organisation: Organisation, part: Part): readonly KeyedRow[] {
  const rows: readonly Row[] =
    part === 'fourEyes' ? organisation.fourEyes.map((command) => ({ command })) : organisation[part].map(asRow);
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const key = keyOf(part, row);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return { key: times === 0 ? key : `${key} ${times}`, row };
  });
}

/** The rows of a list with the edits done; what is new comes last. The order is that of {@link editedOrganisation}. */
export function editedRows(organisation: Organisation, part: Part, edits: readonly Edit[]): readonly KeyedRow[] {
  const own = edits.filter((edit) => edit.part === part);
  const there = rowsOf(organisation, part);
  const kept = there.flatMap(({ key, row }) => {
    const edit = own.find((one) => one.key === key);
    if (!edit) return [{ key, row }];
    return edit.after === null ? [] : [{ key, row: edit.after }];
  });
  // Also what somebody else took away meanwhile and was changed here: it is there again, and the preview says so.
  const further = own.flatMap(({ key, after }) =>
    after === null || there.some((one) => one.key === key) ? [] : [{ key, row: after }],
  );
  return [...kept, ...further];
}

/** The organisation with all edits done, as it would be loaded. */
export function editedOrganisation(organisation: Organisation, edits: readonly Edit[]): Organisation {
  const lists = parts.map((part) => {
    const rows = editedRows(organisation, part, edits).map(({ row }) => row);
    return [part, part === 'fourEyes' ? rows.map(({ command }) => command) : rows] as const;
  });
  return { ...organisation, ...Object.fromEntries(lists) };
}

/** The edits with one more; one that brings a row back to what it was is none. */
export function withEdit(edits: readonly Edit[], edit: Edit): readonly Edit[] {
  const others = edits.filter(({ part, key }) => part !== edit.part || key !== edit.key);
  const earlier = edits.find(({ part, key }) => part === edit.part && key === edit.key);
  const before = earlier ? earlier.before : edit.before;
  return isSame(before, edit.after) ? others : [...others, { ...edit, before }];
}

/** What was done to rows that somebody else has changed or taken away since: saving undoes what they did. */
export function collisions(organisation: Organisation, edits: readonly Edit[]): readonly Edit[] {
  return edits.filter(({ part, key, before }) => {
    const there = rowsOf(organisation, part).find((one) => one.key === key);
    return !isSame(there?.row ?? null, before);
  });
}

/** What leads from one organisation to another, from a file for example. */
export function editsBetween(before: Organisation, after: Organisation): readonly Edit[] {
  return parts.flatMap((part) => {
    const [earlier, later] = [rowsOf(before, part), rowsOf(after, part)];
    const removed = earlier
      .filter(({ key }) => !later.some((one) => one.key === key))
      .map(({ key, row }) => ({ part, key, before: row, after: null }));
    const others = later.flatMap(({ key, row }) => {
      const then = earlier.find((one) => one.key === key)?.row ?? null;
      return isSame(then, row) ? [] : [{ part, key, before: then, after: row }];
    });
    return [...removed, ...others];
  });
}

function asRow(thing: object): Row {
  return thing as Row;
}

/** A field that is missing says the same as null. */
function isSame(one: Row | null, other: Row | null): boolean {
  if (one === null || other === null) return one === other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => JSON.stringify(one[name] ?? null) === JSON.stringify(other[name] ?? null));
}
