import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call';
import type { components } from '../../api/gateway';

export type Account = components['schemas']['AccountView'];
export type Invitation = components['schemas']['InvitationView'];

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async ({ signal }) =>
    (await call<{ readonly accounts: readonly Account[] }>('/api/accounts', { signal })).body.accounts,
});

/** Does something to an account. @throws Problem */
export async function onAccount<Done>(officialId: string, what: string): Promise<Done> {
  const path = `/api/accounts/${encodeURIComponent(officialId)}/${what}`;
  return (await call<Done>(path, { method: 'POST', body: {} })).body;
}
