/** A field that breaks a rule, as desk names it: a path in the request's body. */
export interface FieldProblem {
  readonly field: string;
  readonly rule: string;
}

/** A refusal of one of our services (RFC 9457); `code` is stable. Without an answer it is `UNREACHABLE`, status 0. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly fields: readonly FieldProblem[],
    /** What else the refusal tells, by its code. */
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Problem';
  }
}

/** What a service answered instead of 2xx. An answer of something between us and it has no code: `UNREACHABLE`. */
export function problemFrom(status: number, body: unknown): Problem {
  const said = asRecord(body);
  const code = typeof said['code'] === 'string' ? said['code'] : 'UNREACHABLE';
  const detail = typeof said['detail'] === 'string' ? said['detail'] : '';
  return new Problem(status, code, detail, fieldsOf(said['errors']), said);
}

/** The service could not be reached at all. */
export function unreachable(cause: unknown): Problem {
  return new Problem(0, 'UNREACHABLE', cause instanceof Error ? cause.message : '', []);
}

function fieldsOf(errors: unknown): readonly FieldProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.map(asRecord).flatMap(({ field, rule }) => {
    return typeof field === 'string' && typeof rule === 'string' ? [{ field, rule }] : [];
  });
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
