import { problemFrom, unreachable } from './problem';
import { csrfToken } from './session';
import { shownAnew, signedInAgain } from './signed-out';

const CHANGES_NOTHING = new Set(['GET', 'HEAD']);

/**
 * `fetch` with what the gateway asks for: the CSRF token where something may change. Where the session has ended it waits until
 * the person has signed in again, in the dialog, and then sends the same request, Idempotency-Key included: a command that had
 * been carried out before is not carried out twice. The same where the act needs a newer sign-in, unless they would rather not.
 *
 * @throws Problem `UNREACHABLE`
 */
export async function signedFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await sent(request);
  if (response.status === 401) {
    await signedInAgain();
    return sent(again);
  }
  const isLeft = !(await needsNewerSignIn(response)) || !(await shownAnew());
  return isLeft ? response : signedFetch(again);
}

async function needsNewerSignIn(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const said: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return problemFrom(response.status, said).code === 'SIGN_IN_AGAIN';
}

async function sent(request: Request): Promise<Response> {
  if (!CHANGES_NOTHING.has(request.method)) request.headers.set('x-csrf-token', csrfToken());
  return fetch(request).catch((cause: unknown) => {
    throw unreachable(cause);
  });
}

interface Call {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** It arrives although the page that sends it is being closed. */
  readonly keepalive?: boolean;
}

export interface Answer<Body> {
  readonly body: Body;
  /** The version that was answered, for If-Match; null where it has none. */
  readonly etag: string | null;
}

/** Asks a route of this origin for JSON. @throws Problem for everything but a 2xx */
export async function call<Body>(
  path: string,
  { method = 'GET', body, headers, signal, keepalive = false }: Call = {},
): Promise<Answer<Body>> {
  const request = new Request(new URL(path, location.origin), {
    method,
    keepalive,
    headers: {
      accept: 'application/json, application/problem+json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const response = await signedFetch(request);
  const said: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemFrom(response.status, said);
  return { body: said as Body, etag: response.headers.get('etag') };
}

/** A path with a query; what is undefined is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const said = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return said.length === 0 ? path : `${path}?${new URLSearchParams(said).toString()}`;
}
