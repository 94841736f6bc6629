import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { DossierError } from '#domain';

/** One field that breaks a rule. `field` is its path in the request (`steps.0.officeId`); `rule` never quotes the value. */
export interface FieldError {
  readonly field: string;
  readonly rule: string;
}

/** Thrown for a request whose fields break rules, or that has fields nobody asked for. */
export class FieldsInvalid extends DossierError {
  readonly code = 'FIELD_INVALID';
  readonly kind = 'invalid';

  constructor(readonly errors: readonly FieldError[]) {
    super(errors.map(({ field, rule }) => `${field} ${rule}`).join('; ') + '.');
  }
}

/** Names come from the caller when nobody knows the field; an answer is not the place to echo a megabyte of them. */
export const LONGEST_FIELD = 200;
/** So many are told at most. */
export const MOST_ERRORS = 50;

/**
 * Checks every body, query and parameter that has a class with class-validator rules, and makes it an instance of that
 * class. A property the class does not declare is refused, so that nobody assigns what was not meant to be assigned.
 */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false, value: true },
    exceptionFactory: (errors) =>
      new FieldsInvalid(errors.flatMap((error) => fieldErrors(error, '')).slice(0, MOST_ERRORS)),
  });
}

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const path = pathOf(parent, error.property);
  const own = rulesOf(error).map((rule) => ({ field: path.slice(0, LONGEST_FIELD), rule }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, path))];
}

/** The path of a field in the request (`steps.0.officeId`); of the request itself it is empty. */
export function pathOf(parent: string, property: string): string {
  return parent === '' ? property : `${parent}.${property}`;
}

/** What is missing breaks every rule: one word is enough. No rule quotes the value. */
function rulesOf({ property, value, constraints = {} }: ValidationError): readonly string[] {
  const broken = Object.values(constraints);
  if (broken.length > 0 && value === undefined) return ['is missing'];
  return [...new Set(broken.map((message) => ruleOf(message, property)))];
}

/** class-validator writes "officeId must be a UUID", "property officeId should not exist", "each value in steps must be a UUID". */
function ruleOf(message: string, property: string): string {
  if (message.endsWith(' must be either object or array')) return 'must be an object';
  const each = `each value in ${property} `;
  if (message.startsWith(each)) return `each value ${message.slice(each.length)}`;
  for (const subject of [`property ${property} `, `${property} `]) {
    if (message.startsWith(subject)) return message.slice(subject.length);
  }
  return message;
}
