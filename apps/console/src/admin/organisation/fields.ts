import { dayAt, instantsOf, writtenDay } from '../../parts/days';
import { plain } from '../../parts/plain';
import { typedDay } from '../../parts/typed-moment';
import type { Part, Row } from './edits';

/** What a field of a row holds; `last-day` is an exclusive end that people see as the last day. */
export type FieldKind =
  | 'id'
  | 'name'
  | 'text'
  | 'phone'
  | 'code-prefix'
  | 'office'
  | 'post'
  | 'official'
  | 'procedure'
  | 'day'
  | 'last-day'
  | 'roles'
  | 'mandate-action';

export interface RowField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required?: boolean;
}

/** Lists whose rows have a form; what takes two persons is ticked. */
export type FormPart = Exclude<Part, 'fourEyes'>;

const span: readonly RowField[] = [
  { name: 'from', kind: 'day', required: true },
  { name: 'until', kind: 'last-day' },
];

/** The form of each list's rows, in the order of its fields. */
export const rowFields: Readonly<Record<FormPart, readonly RowField[]>> = {
  offices: [
    { name: 'name', kind: 'name', required: true },
    { name: 'id', kind: 'id' },
    { name: 'parentId', kind: 'office' },
    { name: 'headPostId', kind: 'post', required: true },
    { name: 'receptionPostId', kind: 'post' },
    { name: 'committeePostId', kind: 'post' },
    { name: 'phone', kind: 'phone' },
    { name: 'codePrefix', kind: 'code-prefix', required: true },
    { name: 'calendarId', kind: 'text' },
    { name: 'validFrom', kind: 'day' },
    { name: 'validUntil', kind: 'last-day' },
    { name: 'successorId', kind: 'office' },
  ],
  posts: [
    { name: 'name', kind: 'name', required: true },
    { name: 'id', kind: 'id' },
    { name: 'officeId', kind: 'office', required: true },
    { name: 'roles', kind: 'roles' },
  ],
  officials: [
    { name: 'name', kind: 'name', required: true },
    { name: 'id', kind: 'id' },
    { name: 'email', kind: 'text' },
  ],
  tenures: [
    { name: 'officialId', kind: 'official', required: true },
    { name: 'postId', kind: 'post', required: true },
    ...span,
  ],
  deputies: [
    { name: 'postId', kind: 'post', required: true },
    { name: 'deputyPostId', kind: 'post', required: true },
    ...span,
  ],
  absences: [{ name: 'officialId', kind: 'official', required: true }, ...span],
  mandates: [
    { name: 'action', kind: 'mandate-action', required: true },
    { name: 'officeId', kind: 'office', required: true },
    { name: 'postId', kind: 'post' },
    { name: 'officialId', kind: 'official' },
    { name: 'procedureCode', kind: 'procedure' },
    ...span,
    { name: 'legalBasis', kind: 'text', required: true },
  ],
};

/** What whoever is new gets at once: their first post. */
export const firstPostFields: readonly RowField[] = [
  { name: 'postId', kind: 'post' },
  { name: 'from', kind: 'day' },
];

/** What stands in a form's fields, as text. */
export type Values = Readonly<Record<string, string>>;

/** Who reads: days are those of the office's clock (null: the computer's), written as the language has them. */
export interface Reader {
  readonly timeZone: string | null;
  readonly language: string;
}

/** A row as its form shows it. */
export function valuesOf(fields: readonly RowField[], row: Row | null, reader: Reader): Values {
  return Object.fromEntries(fields.map((field) => [field.name, shownIn(field, row?.[field.name], reader)]));
}

/** What is wrong with a field, as a key of the words. */
export type Mistake = 'required' | 'day' | 'id' | 'phone' | 'code-prefix';

const forms: Readonly<Partial<Record<FieldKind, RegExp>>> = {
  id: /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/,
  phone: /^[0-9+][0-9 ().+-]{2,29}$/,
  'code-prefix': /^[A-Z0-9]+([.][A-Z0-9]+)*$/,
};

/** What must be corrected before the fields make a row, by field. */
export function mistakesIn(fields: readonly RowField[], values: Values): Readonly<Record<string, Mistake>> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const mistake = mistakeIn(field, values[field.name]?.trim() ?? '');
      return mistake === null ? [] : [[field.name, mistake]];
    }),
  );
}

function mistakeIn({ kind, required = false }: RowField, value: string): Mistake | null {
  if (value === '') return required ? 'required' : null;
  if ((kind === 'day' || kind === 'last-day') && typedDay(value) === null) return 'day';
  const form = forms[kind];
  return form === undefined || form.test(value) ? null : (kind as Mistake);
}

/**
 * The row that the fields make. A day that was not typed anew keeps its instant, also where that is no midnight; what the form
 * does not show stays.
 */
export function rowOf(fields: readonly RowField[], values: Values, before: Row | null, reader: Reader): Row {
  const shown = valuesOf(fields, before, reader);
  const made = fields.map(({ name, kind }) => {
    const value = values[name]?.trim() ?? '';
    const isUntouched = before !== null && value === shown[name];
    return [name, isUntouched ? (before[name] ?? null) : saidIn(kind, value, reader.timeZone)] as const;
  });
  return { ...before, ...Object.fromEntries(made) };
}

function shownIn({ kind }: RowField, value: unknown, reader: Reader): string {
  if (kind === 'roles') return Array.isArray(value) ? value.join(' ') : '';
  if (typeof value !== 'string') return '';
  return kind === 'day' || kind === 'last-day' ? dayShown(kind, value, reader) : value;
}

/** The day of an instant; of an end, which is exclusive, the day before: people say until which. */
export function dayShown(kind: 'day' | 'last-day', at: string, { timeZone, language }: Reader): string {
  return writtenDay(dayAt(Date.parse(at) - (kind === 'day' ? 0 : 1), timeZone), language);
}

function saidIn(kind: FieldKind, value: string, timeZone: string | null): unknown {
  if (kind === 'roles') return value === '' ? [] : value.split(' ');
  if (value === '') return null;
  if (kind !== 'day' && kind !== 'last-day') return value;
  const day = typedDay(value);
  if (day === null) return null;
  const { from, until } = instantsOf({ from: day, until: day }, timeZone);
  return kind === 'day' ? from : until;
}

/** An id made of a name: `Trần Thị Mai` is `tran-thi-mai`, and `tran-thi-mai-2` where that is taken. */
export function idFrom(name: string, taken: ReadonlySet<string>): string {
  const made = plain(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 90);
  const base = made === '' ? 'x' : made;
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  return id;
}
