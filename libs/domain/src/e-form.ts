import { isLocalDate } from '#calendar';
import { DossierError, localizedSchema, schema, type Defect, type Localized } from '#contracts';

/** One of the values of a choice. */
export interface EFormOption {
  readonly const: string;
  readonly titles: Localized;
}

/** One question of an e-form: text, a day (`YYYY-MM-DD`), one of several, a whole number, or yes and no. */
export type EFormField =
  | { readonly type: 'string'; readonly titles: Localized; readonly minLength?: number; readonly maxLength: number }
  | { readonly type: 'string'; readonly titles: Localized; readonly format: 'date' }
  | { readonly type: 'string'; readonly titles: Localized; readonly oneOf: readonly EFormOption[] }
  | { readonly type: 'integer'; readonly titles: Localized; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: 'boolean'; readonly titles: Localized };

/**
 * What an applicant is asked instead of on a paper form: a JSON Schema (2020-12) of the answers, of which only these words are
 * used, so that it can be shown and checked everywhere alike. `titles` and `order` are annotations of ours.
 */
export interface EForm {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, EFormField>>;
  /** Every property once, in the order in which it is asked. */
  readonly order: readonly string[];
  readonly required: readonly string[];
  readonly unevaluatedProperties: false;
}

const titles = localizedSchema.json;
const count = { type: 'integer', minimum: 0, maximum: 2000 };
const question = (keywords: Readonly<Record<string, unknown>>, optional: Readonly<Record<string, unknown>> = {}) => ({
  type: 'object',
  properties: { ...keywords, ...optional, titles },
  required: [...Object.keys(keywords), 'titles'],
  additionalProperties: false,
});
const option = question({ const: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,49}$' } });

/** The subset itself; a word of JSON Schema that is not in it is a defect, because nobody would heed it. */
export const eFormSchema: schema.Schema<EForm> = {
  json: {
    type: 'object',
    properties: {
      type: { const: 'object' },
      properties: {
        type: 'object',
        patternProperties: {
          '^[a-z][A-Za-z0-9]{0,49}$': {
            anyOf: [
              question({ type: { const: 'string' }, maxLength: { ...count, minimum: 1 } }, { minLength: count }),
              question({ type: { const: 'string' }, format: { const: 'date' } }),
              question({
                type: { const: 'string' },
                oneOf: { type: 'array', items: option, minItems: 1, maxItems: 200 },
              }),
              question({ type: { const: 'integer' } }, { minimum: { type: 'integer' }, maximum: { type: 'integer' } }),
              question({ type: { const: 'boolean' } }),
            ],
          },
        },
        minProperties: 1,
        maxProperties: 60,
        additionalProperties: false,
      },
      order: { type: 'array', items: { type: 'string' } },
      required: { type: 'array', items: { type: 'string' }, uniqueItems: true },
      unevaluatedProperties: { const: false },
    },
    required: ['type', 'properties', 'order', 'required', 'unevaluatedProperties'],
    additionalProperties: false,
  },
};

/** What no schema can say of an e-form. */
export function* eFormContradictions(form: EForm, path: readonly string[]): Generator<Defect> {
  const names = Object.keys(form.properties);
  const isWholeOrder = form.order.length === names.length && names.every((name) => form.order.includes(name));
  if (!isWholeOrder) yield { path: [...path, 'order'], rule: 'must name every property once' };
  for (const [index, name] of form.required.entries()) {
    if (!names.includes(name)) yield { path: [...path, 'required', String(index)], rule: `"${name}" is no property` };
  }
  for (const [name, field] of Object.entries(form.properties)) {
    const at = [...path, 'properties', name];
    if (isText(field) && (field.minLength ?? 0) > field.maxLength) yield { path: at, rule: 'can hold no text' };
    if (field.type === 'integer' && (field.minimum ?? -Infinity) > (field.maximum ?? Infinity)) {
      yield { path: at, rule: 'can hold no number' };
    }
    const codes = 'oneOf' in field ? field.oneOf.map((one) => one.const) : [];
    if (new Set(codes).size < codes.length) yield { path: [...at, 'oneOf'], rule: 'must name each value once' };
  }
}

function isText(field: EFormField): field is Extract<EFormField, { maxLength: number }> {
  return 'maxLength' in field;
}

/** One answer with what was asked, as it is kept and shown later, whatever becomes of the form. */
export interface EFormAnswer {
  readonly name: string;
  readonly titles: Localized;
  readonly value: string | number | boolean;
  /** The value in words. */
  readonly words: Localized;
}

/** Thrown for answers that the form of the procedure does not allow. */
export class AnswersInvalid extends DossierError {
  readonly code = 'FIELD_INVALID';
  readonly kind = 'invalid';

  constructor(readonly errors: readonly { readonly field: string; readonly rule: string }[]) {
    super(errors.map(({ field, rule }) => `${field} ${rule}`).join('; ') + '.');
  }
}

/** So many are told at once. */
const MOST_ERRORS = 100;

/**
 * The answers to the form of a procedure, in its order. What is optional may be left out.
 *
 * @throws AnswersInvalid naming each field, `eForm.<name>`; also where the procedure has no form
 */
export function answersTo(form: EForm | null, given: object): readonly EFormAnswer[] {
  if (form === null) throw new AnswersInvalid([{ field: 'eForm', rule: 'must not be sent: the procedure has none' }]);
  const said = given as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(said).filter((name) => !Object.hasOwn(form.properties, name));
  const errors = [
    ...unknown.map((name) => ({ field: `eForm.${name.slice(0, 100)}`, rule: 'is no field of this form' })),
    ...questionsOf(form).flatMap(({ name, field, isRequired }) => {
      const isGiven = Object.hasOwn(said, name);
      const rule = isGiven ? brokenBy(said[name], field) : isRequired ? 'must be answered' : null;
      return rule === null ? [] : [{ field: `eForm.${name}`, rule }];
    }),
  ];
  if (errors.length > 0) throw new AnswersInvalid(errors.slice(0, MOST_ERRORS));
  return questionsOf(form)
    .filter(({ name }) => Object.hasOwn(said, name))
    .map(({ name, field }) => {
      const value = said[name] as EFormAnswer['value'];
      return { name, titles: field.titles, value, words: inWords(value, field) };
    });
}

/** The questions of a form in their order. */
export function questionsOf({ properties, order, required }: EForm) {
  return order.flatMap((name) => {
    const field = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return field ? [{ name, field, isRequired: required.includes(name) }] : [];
  });
}

/** The rule of JSON Schema that a value breaks; null for one that is an answer. */
function brokenBy(value: unknown, field: EFormField): string | null {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'integer': {
      const { minimum = -Infinity, maximum = Infinity } = field;
      if (typeof value !== 'number' || !Number.isInteger(value)) return 'must be a whole number';
      if (value < minimum) return `must not be less than ${minimum}`;
      return value > maximum ? `must not be greater than ${maximum}` : null;
    }
    case 'string':
      return typeof value === 'string' ? brokenByText(value, field) : 'must be text';
  }
}

function brokenByText(value: string, field: Extract<EFormField, { type: 'string' }>): string | null {
  if ('format' in field) return isLocalDate(value) ? null : 'must be a day, YYYY-MM-DD';
  if ('oneOf' in field) {
    const codes = field.oneOf.map((one) => one.const);
    return codes.includes(value) ? null : `must be one of ${codes.join(', ')}`;
  }
  const length = Array.from(value).length; // As JSON Schema counts: characters, not halves of them.
  if (length < (field.minLength ?? 0)) return `must have at least ${field.minLength} characters`;
  return length > field.maxLength ? `must have at most ${field.maxLength} characters` : null;
}

const yes: Localized = { vi: 'Có', en: 'Yes', de: 'Ja' };
const no: Localized = { vi: 'Không', en: 'No', de: 'Nein' };

function inWords(value: EFormAnswer['value'], field: EFormField): Localized {
  if (typeof value === 'boolean') return value ? yes : no;
  if ('oneOf' in field) return field.oneOf.find((one) => one.const === value)?.titles ?? same(String(value));
  if (!('format' in field)) return same(String(value));
  const [year = '', month = '', day = ''] = String(value).split('-');
  const slashed = `${day}/${month}/${year}`;
  return { vi: slashed, en: slashed, de: `${day}.${month}.${year}` };
}

function same(text: string): Localized {
  return { vi: text, en: text, de: text };
}
