import type { Edit, Row } from './edits';
import { rowFields, type FieldKind, type FormPart, type RowField } from './fields';

/** What an edit says of one field; undefined where the row was not there before. */
interface Detail {
  readonly name: string;
  readonly kind: FieldKind;
  readonly before: unknown;
  readonly after: unknown;
}

/** What the line that says an edit in words leaves unsaid: of a changed row each field that differs, of a new one what its line lacks. */
export function detailsOf({ part, before, after }: Edit): readonly Detail[] {
  if (part === 'fourEyes' || after === null) return [];
  const isNamed = typeof after['name'] === 'string';
  const isSaid = (name: string) => (isNamed ? name === 'name' || name === 'id' : name !== 'legalBasis');
  const fields = [...rowFields[part], ...fieldsWithoutForm(part, after)];
  return fields
    .filter(({ name }) => (before === null ? !isSaid(name) : !isSame(before[name], after[name])))
    .map(({ name, kind }) => ({ name, kind, before: before?.[name], after: after[name] }))
    .filter((detail) => before !== null || !isSame(detail.after, null));
}

/** What stands in a row, from a file for example, and in no form: nothing of it is kept from who reads what changes. */
function fieldsWithoutForm(part: FormPart, row: Row): readonly RowField[] {
  const shown = rowFields[part].map(({ name }) => name);
  return Object.keys(row)
    .filter((name) => !shown.includes(name))
    .map((name) => ({ name, kind: 'text' }));
}

/** A field that is missing, or a list without entries, says the same as null. */
function isSame(one: unknown, other: unknown): boolean {
  return said(one) === said(other);
}

function said(value: unknown): string {
  return Array.isArray(value) && value.length === 0 ? 'null' : JSON.stringify(value ?? null);
}
