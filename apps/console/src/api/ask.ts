import { call, withQuery, type Answer } from './call';
import type { paths } from './desk';

/** What desk answers to a GET of a route, by its own document. */
type Answered<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

interface Asked {
  /** What stands in the route's braces. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly signal?: AbortSignal;
}

/** Reads a route of desk, named as in its document; the answer has the document's type. @throws Problem */
export function ask<Path extends keyof paths>(
  route: Path,
  { params = {}, query = {}, signal }: Asked = {},
): Promise<Answer<Answered<Path>>> {
  const path = route.replaceAll(/{(\w+)}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return call(withQuery(`/api/desk${path}`, query), signal ? { signal } : {});
}
