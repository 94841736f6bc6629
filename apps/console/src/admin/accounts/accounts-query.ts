import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, withQuery } from '../../api/call';
import type { components } from '../../api/gateway';

export type Account = components['schemas']['AccountView'];
/** Somebody of another sign-in service. */
export type Identity = components['schemas']['IdentityView'];
export type AccountProposal = components['schemas']['AccountProposalView'];
type IdentitiesPage = components['schemas']['IdentitiesPage'];
type AccountProposalPage = components['schemas']['AccountProposalPage'];

const FIRST_PAGE: { readonly cursor?: string } = {};
const nextOf = ({ next }: { readonly next: string | null }) => (next === null ? undefined : { cursor: next });

/** Begins the keys of all that is shown of accounts. */
export const ACCOUNTS = 'accounts';

export const accountsQuery = queryOptions({
  queryKey: [ACCOUNTS],
  queryFn: async ({ signal }) =>
    (await call<{ readonly accounts: readonly Account[] }>('/api/accounts', { signal })).body.accounts,
});

/** Who of another sign-in service was bound to an official, or barred. */
export const identitiesQuery = infiniteQueryOptions({
  queryKey: [ACCOUNTS, 'identities'],
  queryFn: async ({ pageParam, signal }) =>
    (await call<IdentitiesPage>(withQuery('/api/accounts/identities', { ...pageParam }), { signal })).body,
  initialPageParam: FIRST_PAGE,
  getNextPageParam: nextOf,
});

/** What was proposed, newest first: what waits, or all of it. */
export const accountProposalsQuery = (state: 'open' | undefined) =>
  infiniteQueryOptions({
    queryKey: [ACCOUNTS, 'proposals', state ?? 'all'],
    queryFn: async ({ pageParam, signal }) =>
      (await call<AccountProposalPage>(withQuery('/api/accounts/proposals', { ...pageParam, state }), { signal })).body,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: nextOf,
  });
