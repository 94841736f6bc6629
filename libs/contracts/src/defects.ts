import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Schema } from './schema';

/** One rule that a JSON value breaks, and where in it: the keys and indices that lead there from the outside. */
export interface Defect {
  readonly path: readonly string[];
  readonly rule: string;
}

/**
 * All that a JSON value breaks of a schema, for whoever mends the file it came from. Stricter than what a service accepts: a
 * field that the schema does not know is a defect, because in a file it is a slip of the pen and no newer writer. Not for what
 * comes over the wire: the work grows with the number of defects.
 */
export function defectsAgainst<T>(described: Schema<T>): (value: unknown) => readonly Defect[] {
  let validate: ValidateFunction | undefined; // Made when it is first asked: services never ask.
  return (value) => {
    validate ??= compiled(described);
    return validate(value) ? [] : nearest(validate.errors ?? []).map(defectOf);
  };
}

/**
 * The first rule that a JSON value from the wire breaks of a schema, and where; null where it breaks none. What the schema does
 * not know is borne, as a newer writer's.
 */
export function firstDefectAgainst<T>({ json }: Schema<T>): (value: unknown) => Defect | null {
  const ajv = new Ajv2020({ strict: true, strictRequired: false });
  addFormats(ajv);
  const validate = ajv.compile(json);
  return (value) => {
    const [first] = validate(value) ? [] : nearest(validate.errors ?? []);
    return first ? atMissingField(first) : null;
  };
}

/** What is missing is said of the field itself, where a form can show it. */
function atMissingField(error: ErrorObject): Defect {
  const { path, rule } = defectOf(error);
  const { missingProperty } = error.params as { missingProperty?: string };
  return missingProperty === undefined ? { path, rule } : { path: [...path, missingProperty], rule: 'is missing' };
}

function compiled({ json }: Pick<Schema<unknown>, 'json'>): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
  addFormats(ajv);
  const noFurtherFields = (key: string, value: unknown) => (key === 'additionalProperties' ? false : value);
  return ajv.compile(JSON.parse(JSON.stringify(json), noFurtherFields) as object);
}

/**
 * Without what the other alternatives say where one was all but met: else one wrong unit of a limit were five defects. The
 * checker tells of the alternatives first, innermost first, and then that all of them failed.
 */
function nearest(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword !== 'anyOf') {
      kept.push(error);
      continue;
    }
    const isInside = (one: ErrorObject) => one.schemaPath.startsWith(`${error.schemaPath}/`);
    const begin = kept.findLastIndex((one) => !isInside(one)) + 1;
    kept.push(...nearestAlternative(error, kept.splice(begin)));
  }
  return kept;
}

function nearestAlternative(failed: ErrorObject, inside: readonly ErrorObject[]): readonly ErrorObject[] {
  const alternativeOf = ({ schemaPath }: ErrorObject) => schemaPath.slice(failed.schemaPath.length + 1).split('/')[0];
  const isOfAnotherType = ({ keyword, instancePath }: ErrorObject) =>
    keyword === 'type' && instancePath === failed.instancePath;
  const [best] = [...new Set(inside.map(alternativeOf))]
    .map((alternative) => inside.filter((error) => alternativeOf(error) === alternative))
    .filter((alternative) => !alternative.some(isOfAnotherType))
    .sort((one, other) => one.length - other.length);
  const types = [...new Set(inside.map(({ message }) => message))];
  return best ?? [{ ...failed, keyword: 'type', message: types.join(' or ') }];
}

function defectOf({ keyword, instancePath, params, message = keyword }: ErrorObject): Defect {
  const path = instancePath.split('/').slice(1).map(unescaped);
  const { additionalProperty, allowedValues } = params as { additionalProperty?: string; allowedValues?: string[] };
  if (additionalProperty !== undefined)
    return { path: [...path, additionalProperty], rule: 'is no field of this form' };
  return { path, rule: allowedValues ? `must be one of ${allowedValues.join(', ')}` : message };
}

/** RFC 6901 */
function unescaped(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
