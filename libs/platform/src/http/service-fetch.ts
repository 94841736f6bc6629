import { DossierError, type ErrorKind } from '#domain';

/** Where a service is, what proves who calls, and how long an answer may take, body included. */
export interface ServiceFetchOptions {
  readonly baseUrl: string;
  /** The default token of a call: `serviceTokens(...)`. */
  readonly token: () => Promise<string>;
  readonly timeoutMs: number;
}

/** One call. `token` replaces the default, to hand on a person's own (`caller.token`). */
export interface ServiceCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, beginning with a slash. */
  readonly path: string;
  /** A Blob goes as it is and by its own type, everything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}

/** An answer of the 200s. `body` is taken at its word, as it comes from a service of ours; it is undefined when empty. */
export interface ServiceAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export type ServiceFetch = <Body = unknown>(call: ServiceCall) => Promise<ServiceAnswer<Body>>;

/** What a service answered instead of 2xx, or that it did not answer. */
interface Refused {
  readonly url: string;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly code: string;
  readonly kind: ErrorKind;
  readonly detail: string;
  /** The problem document of the service; null when what answered was not a service of ours. */
  readonly problem: Readonly<Record<string, unknown>> | null;
}

/**
 * Thrown when another service refuses a call, fails, or cannot be reached within the time.
 *
 * `code` and `problem` are the service's own. `unavailable` are: no answer, 429, any 5xx, an answer that is no problem
 * document of ours (something in between gave it), and 401, because two services that do not accept each other's tokens
 * are an operator's matter that passes.
 */
export class RemoteRefusal extends DossierError {
  readonly url: string;
  readonly status: number | null;
  readonly code: string;
  readonly kind: ErrorKind;
  readonly detail: string;
  readonly problem: Readonly<Record<string, unknown>> | null;

  constructor({ url, status, code, kind, detail, problem }: Refused, options?: ErrorOptions) {
    super(`${url}: ${detail}`);
    this.url = url;
    this.status = status;
    this.code = code;
    this.kind = kind;
    this.detail = detail;
    this.problem = problem;
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/**
 * A JSON client for one of our services. It tries once: the caller knows whether a repeat does harm.
 *
 * Every call throws RemoteRefusal for anything but a 2xx with JSON or nothing in it.
 */
export function serviceFetch({ baseUrl, token, timeoutMs }: ServiceFetchOptions): ServiceFetch {
  return async <Body>(call: ServiceCall): Promise<ServiceAnswer<Body>> => {
    const url = new URL(call.path, baseUrl);
    const bearer = call.token ?? (await token());
    const { response, text } = await exchanged(url, call, bearer, timeoutMs);
    const body = parsed(text);
    if (!response.ok) throw refusalOf(named(url), response.status, body);
    if (body === NOT_JSON) throw unanswered(named(url), response.status, 'answered with what is no JSON');
    return { status: response.status, headers: response.headers, body: body as Body };
  };
}

async function exchanged(url: URL, { method, body, headers }: ServiceCall, bearer: string, timeoutMs: number) {
  try {
    const response = await fetch(url, {
      method,
      headers: {
        ...headers,
        accept: 'application/json, application/problem+json',
        authorization: `Bearer ${bearer}`,
        ...(body === undefined || body instanceof Blob ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      redirect: 'error', // The token is for this service, not for where it points to.
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { response, text: await response.text() };
  } catch (cause) {
    throw unanswered(named(url), null, silenceOf(cause, timeoutMs), { cause });
  }
}

/** A refused connection is told apart from a silent service: it sends the operator elsewhere. */
function silenceOf(cause: unknown, timeoutMs: number): string {
  if (cause instanceof Error && cause.name === 'TimeoutError') return `gave no answer within ${timeoutMs} ms`;
  const reason = cause instanceof Error ? (cause.cause as NodeJS.ErrnoException | undefined)?.code : undefined;
  return `could not be reached or broke off${reason === undefined ? '' : ` (${reason})`}`;
}

const NOT_JSON = Symbol('not JSON');

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON; // The caller of this function turns it into a typed error.
  }
}

function refusalOf(url: string, status: number, body: unknown): RemoteRefusal {
  if (!isProblem(body)) return unanswered(url, status, `answered ${status} without a problem document`);
  const detail = typeof body['detail'] === 'string' ? body['detail'] : body.code;
  return new RemoteRefusal({ url, status, code: body.code, kind: kindOf(status), detail, problem: body });
}

function isProblem(body: unknown): body is Record<string, unknown> & { code: string } {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
}

function unanswered(url: string, status: number | null, detail: string, options?: ErrorOptions): RemoteRefusal {
  const refused: Refused = { url, status, code: 'REMOTE_UNAVAILABLE', kind: 'unavailable', detail, problem: null };
  return new RemoteRefusal(refused, options);
}

function kindOf(status: number): ErrorKind {
  if (status >= 500 || status === 401 || status === 429) return 'unavailable';
  switch (status) {
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 412:
      return 'stale';
    default:
      return 'invalid';
  }
}

/** Without the query, which may hold what somebody searched for. */
function named({ origin, pathname }: URL): string {
  return origin + pathname;
}
