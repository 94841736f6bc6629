import { queryOptions } from '@tanstack/react-query';
import { problemFrom, unreachable, type Problem } from './problem';

/** How far a right reaches, as in the table of rights. */
export type Scope = 'own-dossier' | 'own-office' | 'offices-below' | 'everywhere';

export interface Post {
  readonly id: string;
  readonly name: string;
  readonly officeId: string;
  readonly officeName: string;
}

/** Who is signed in, in which post, and what that allows. Nothing here is kept by the browser beyond the page. */
export interface Session {
  readonly official: { readonly id: string; readonly name: string };
  /** Null where somebody holds several posts and has chosen none, or holds none. */
  readonly post: Post | null;
  readonly posts: readonly Post[];
  readonly rights: Readonly<Record<string, Scope>>;
  readonly language: string;
  readonly csrf: string;
  /** When they last showed who they are (UTC); null where nobody can say. */
  readonly authenticatedAt: string | null;
  readonly demo: boolean;
}

/** The session as last heard; requests take their CSRF token from it. */
let current: Session | null = null;

/** Asks the gateway who is signed in. @throws Problem `SIGNED_OUT` (401) */
export async function askSession(): Promise<Session> {
  const response = await fetch('/api/session', { headers: { accept: 'application/json' } }).catch(throwUnreachable);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemFrom(response.status, body);
  current = body as Session;
  return current;
}

export function csrfToken(): string {
  return current?.csrf ?? '';
}

/** Of the session as last heard. */
export function authenticatedAt(): string | null {
  return current?.authenticatedAt ?? null;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: askSession,
  staleTime: Infinity,
  retry: false,
});

/** Where to sign in so that one comes back to this page. */
export function signInAddress(to: string): string {
  return `/sign-in?to=${encodeURIComponent(to)}`;
}

/** The same for whoever is signed in, to show anew who they are. */
export function signInAgainAddress(to: string): string {
  return `${signInAddress(to)}&again=true`;
}

function throwUnreachable(cause: unknown): never {
  const problem: Problem = unreachable(cause);
  throw problem;
}
