import { infiniteQueryOptions } from '@tanstack/react-query';
import { call, withQuery } from '../../api/call';
import type { components } from '../../api/gateway';

export type SignInLine = components['schemas']['SignInLine'];
type SignInsPage = components['schemas']['SignInsPage'];

/** Which lines are asked for, by the filters of the route; undefined for all. */
export type LinesAsked = Readonly<Record<'official' | 'kind' | 'from' | 'until', string | undefined>>;

const FIRST_PAGE: { readonly cursor?: string } = {};

/** The log of sign-ins, newest first. Each reading is a look that stands in the access log: none is repeated by itself. */
export const signInsQuery = (asked: LinesAsked) =>
  infiniteQueryOptions({
    queryKey: ['sign-ins', asked],
    queryFn: async ({ pageParam, signal }) =>
      (await call<SignInsPage>(withQuery('/api/accounts/sign-ins', { ...asked, ...pageParam }), { signal })).body,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: ({ next }) => (next === null ? undefined : { cursor: next }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
