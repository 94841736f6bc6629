import { HttpException } from '@nestjs/common';
import { DossierError, FieldInvalid, type ErrorKind } from '#domain';
import { isDatabaseUnavailable } from './database-unavailable';
import { RemoteRefusal } from './service-fetch';

/** A problem document (RFC 9457). `code` is stable and part of the API; further members are the error's own data. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** The id of the request, as in the log. */
  readonly instance: string;
  /** Absent where the fault is ours. */
  readonly detail?: string;
  readonly [member: string]: unknown;
}

export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ProblemBody;
}

const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  unavailable: 503,
};

/** Codes of what HTTP itself refuses, where the exception brings no `errorCode` of its own. */
const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'REQUEST_INVALID',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  408: 'REQUEST_TIMEOUT',
  409: 'CONFLICT',
  412: 'PRECONDITION_FAILED',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  422: 'UNPROCESSABLE',
  428: 'PRECONDITION_REQUIRED',
  429: 'TOO_MANY_REQUESTS',
  503: 'UNAVAILABLE',
};

const RETRY_AFTER_S = 5;

/** Thrown for more requests than one may make; the caller may come again after so many seconds. */
export class TooManyRequests extends HttpException {
  constructor(readonly retryAfterS: number) {
    super('Too many requests; wait a little and go on.', 429, { errorCode: 'TOO_MANY_REQUESTS' });
  }
}

/**
 * What a caller is told about an error: the one place where errors become HTTP.
 *
 * - DossierError: the status of its kind, its message as detail, its public fields as members.
 * - RemoteRefusal: what the other service refused is handed on as it was; what it could not do is our 503.
 * - HttpException: its status; `errorCode` as code, for what only HTTP knows (428, 422).
 * - The database not at hand: 503. Anything else: 500, without a word about it.
 */
export function problemOf(error: unknown, instance: string): Problem {
  if (error instanceof RemoteRefusal) return remoteProblem(error, instance);
  if (error instanceof DossierError) {
    return problem({
      ...dataOf(error),
      status: STATUS_OF_KIND[error.kind],
      code: error.code,
      instance,
      detail: error.message,
    });
  }
  if (error instanceof TooManyRequests) return withRetryAfter(httpProblem(error, instance), error.retryAfterS);
  if (error instanceof HttpException) return httpProblem(error, instance);
  if (isDatabaseUnavailable(error)) {
    const detail = 'The database cannot answer at present. Try again, a command with the same Idempotency-Key.';
    return problem({ status: 503, code: 'DATABASE_UNAVAILABLE', instance, detail });
  }
  return problem({ status: 500, code: 'INTERNAL', instance });
}

interface ProblemFacts {
  readonly status: number;
  readonly code: string;
  readonly instance: string;
  readonly detail?: string;
  readonly [member: string]: unknown;
}

function problem({ status, code, instance, detail, ...data }: ProblemFacts): Problem {
  const said = detail === undefined ? {} : { detail };
  const head = { type: `urn:motcua:problem:${code}`, title: titleOf(code), status, ...said, code, instance };
  return { status, headers: headersOf(status, code), body: { ...data, ...head } };
}

function headersOf(status: number, code: string): Record<string, string> {
  const headers = { 'content-type': 'application/problem+json' };
  if (status === 503) return { ...headers, 'retry-after': String(RETRY_AFTER_S) };
  if (status !== 401) return headers;
  // RFC 6750: no error where no token was sent.
  return { ...headers, 'www-authenticate': code === 'TOKEN_MISSING' ? 'Bearer' : 'Bearer error="invalid_token"' };
}

function withRetryAfter(refused: Problem, seconds: number): Problem {
  return { ...refused, headers: { ...refused.headers, 'retry-after': String(seconds) } };
}

/** `DOSSIER_NOT_FOUND` is "Dossier not found". */
function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A single field has the shape of many, so that one code has one form. */
function dataOf(error: DossierError): Record<string, unknown> {
  if (error instanceof FieldInvalid) return { errors: [{ field: error.field, rule: error.rule }] };
  const notData = new Set(['name', 'message', 'stack', 'cause', 'code', 'kind']);
  return Object.fromEntries(Object.entries(error).filter(([name]) => !notData.has(name)));
}

function remoteProblem({ kind, status, code, detail, problem: said }: RemoteRefusal, instance: string): Problem {
  if (kind !== 'unavailable' && status !== null) return problem({ ...said, status, code, instance, detail });
  return problem({
    status: 503,
    code: 'REMOTE_UNAVAILABLE',
    instance,
    detail: 'A service this needs cannot answer; try again.',
  });
}

function httpProblem(error: HttpException, instance: string): Problem {
  const status = error.getStatus();
  // body-parser's message quotes the body.
  if (error.cause instanceof SyntaxError) {
    return problem({ status: 400, code: 'JSON_MALFORMED', instance, detail: 'The body is not valid JSON.' });
  }
  const code = error.errorCode ?? CODE_OF_STATUS[status] ?? (status >= 500 ? 'INTERNAL' : 'REQUEST_INVALID');
  // Nest's own message for an unknown route quotes the whole URL with its query.
  const quotesUrl = status === 404 && error.errorCode === undefined;
  return problem({ status, code, instance, ...(quotesUrl || status >= 500 ? {} : { detail: error.message }) });
}
