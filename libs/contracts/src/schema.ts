/** A JSON Schema (2020-12) that the compiler ties to the TypeScript type it describes. */
export interface Schema<T> {
  readonly json: Readonly<Record<string, unknown>>;
  /** Never set: it only carries the type. */
  readonly describes?: (value: T) => T;
}

export const text: Schema<string> = { json: { type: 'string' } };
/** An ISO 8601 instant. */
export const instant: Schema<string> = { json: { type: 'string', format: 'date-time' } };
export const uuid: Schema<string> = { json: { type: 'string', format: 'uuid' } };
export const flag: Schema<boolean> = { json: { type: 'boolean' } };

export function integer(minimum = 0): Schema<number> {
  return { json: { type: 'integer', minimum } };
}

export function matching(pattern: string): Schema<string> {
  return { json: { type: 'string', pattern } };
}

export function oneOf<const Value extends string>(values: readonly Value[]): Schema<Value> {
  return { json: { type: 'string', enum: values } };
}

export function listOf<Item>(item: Schema<Item>): Schema<readonly Item[]> {
  return { json: { type: 'array', items: item.json } };
}

export function orNull<T>(schema: Schema<T>): Schema<T | null> {
  return { json: { anyOf: [schema.json, { type: 'null' }] } };
}

export function either<One, Other>(one: Schema<One>, other: Schema<Other>): Schema<One | Other> {
  return { json: { anyOf: [one.json, other.json] } };
}

/** An object with exactly these fields, all required; a reader must survive a field that a newer writer adds. */
export function record<T>(fields: { readonly [Field in keyof T]-?: Schema<T[Field]> }): Schema<T> {
  const schemas = Object.entries(fields) as [string, Schema<unknown>][];
  return {
    json: {
      type: 'object',
      properties: Object.fromEntries(schemas.map(([field, schema]) => [field, schema.json])),
      required: schemas.map(([field]) => field),
      additionalProperties: true,
    },
  };
}

/** Whether a JSON value has fields to look at: an object, or a list. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
