import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { FieldsInvalid, LONGEST_FIELD, MOST_ERRORS, pathOf, type FieldError } from './request-validation';

/**
 * Characters that are no text: controls other than tab and line ends, those that turn the direction of what follows, and halves of
 * a surrogate pair. PostgreSQL stores neither U+0000 nor such a half, a form prints none of them, and what is written backwards
 * reads as something else than it is (Unicode Technical Report 36, 2.5; the characters of Trojan Source, CVE-2021-42574).
 */
const NOT_TEXT = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;

const RULE =
  'must be text: no control character but tab and line ends, none that turns the direction of text, no half of a surrogate pair';
const RULE_OF_NAMES =
  'must not hold a field whose name has a control character, one that turns the direction of text, or half of a surrogate pair';

/** No form of ours comes near it; what reads a body afterwards goes down by recursion. */
const DEEPEST = 50;
const RULE_OF_DEPTH = `must not be nested deeper than ${DEEPEST} levels`;

interface Said {
  readonly field: string;
  readonly value: unknown;
  readonly depth: number;
}

/**
 * Refuses a request that holds, in its path, query or body and however deep, characters that are no text. One place for every
 * route of every service: a field that somebody adds needs no rule of its own. It comes before pipes and interceptors, which
 * may ask the database already.
 */
export class PlainTextGuard implements CanActivate {
  /** @throws FieldsInvalid naming each such field */
  canActivate(context: ExecutionContext): boolean {
    const { params, query, body } = context
      .switchToHttp()
      .getRequest<Request<Record<string, unknown>, unknown, unknown>>();
    const errors = [params, query, body].flatMap(errorsIn);
    if (errors.length > 0) throw new FieldsInvalid(errors.slice(0, MOST_ERRORS));
    return true;
  }
}

function errorsIn(request: unknown): readonly FieldError[] {
  const errors: FieldError[] = [];
  const open: Said[] = [{ field: '', value: request, depth: 0 }];
  for (let said = open.pop(); said && errors.length < MOST_ERRORS; said = open.pop()) {
    const rule = ruleBrokenBy(said);
    if (rule !== null) errors.push({ field: said.field.slice(0, LONGEST_FIELD), rule });
    else for (const part of partsOf(said)) open.push(part); // As arguments, a long list would be too many.
  }
  return errors;
}

function ruleBrokenBy({ value, depth }: Said): string | null {
  if (typeof value === 'string') return NOT_TEXT.test(value) ? RULE : null;
  if (typeof value !== 'object' || value === null) return null;
  if (depth > DEEPEST) return RULE_OF_DEPTH;
  return Object.keys(value).some((name) => NOT_TEXT.test(name)) ? RULE_OF_NAMES : null;
}

function partsOf({ field, value, depth }: Said): readonly Said[] {
  if (typeof value !== 'object' || value === null) return [];
  const parts: readonly [string, unknown][] = Object.entries(value);
  return parts.map(([name, part]) => ({ field: pathOf(field, name), value: part, depth: depth + 1 }));
}
