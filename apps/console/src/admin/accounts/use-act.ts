import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call';
import type { components } from '../../api/gateway';
import { useTwoPersons } from '../../parts/two-persons';
import { useSending } from '../../parts/use-sending';
import { ACCOUNTS, type AccountProposal } from './accounts-query';

type Key = Readonly<Record<'issuer' | 'subject', string>>;

/** What is done to an account, or to somebody of another sign-in service. */
export type AccountAct =
  | { readonly act: 'opening'; readonly officialId: string; readonly username: string; readonly language: string }
  | { readonly act: 'invitation' | 'enabling' | 'disabling' | 'signing-out'; readonly officialId: string }
  | ({ readonly act: 'binding'; readonly officialId: string } & Key)
  | ({ readonly act: 'unbinding' | 'barring' | 'unbarring' } & Key);

export type AccountActDone = components['schemas']['AccountActDone'];

const routes: Readonly<Record<AccountAct['act'], string>> = {
  opening: '',
  invitation: '/:officialId/invitation',
  enabling: '/:officialId/enabling',
  disabling: '/:officialId/disabling',
  'signing-out': '/:officialId/sessions/end',
  binding: '/identities',
  unbinding: '/identities/end',
  barring: '/identities/bar',
  unbarring: '/identities/unbar',
};

/** One person can always do these: they only shut out. */
const shutting: readonly AccountAct['act'][] = ['disabling', 'signing-out', 'barring'];

interface After {
  readonly done: (done: AccountActDone) => void;
  readonly proposed: (proposal: AccountProposal) => void;
}

interface Act {
  /** Whether it would be proposed, and another would have to approve. */
  readonly isProposal: boolean;
  readonly isSending: boolean;
  readonly refusal: unknown;
  readonly send: (act: AccountAct) => Promise<void>;
}

/** Does something to an account, or proposes it where it takes two; where only the service knows, it is told by its refusal. */
export function useAct(act: AccountAct['act'], { done, proposed }: After): Act {
  const queries = useQueryClient();
  const { takesTwo, learn } = useTwoPersons('manage-accounts');
  const { isSending, refusal, run } = useSending();
  const isProposal = takesTwo && !shutting.includes(act);
  const send = (said: AccountAct) =>
    run(async () => {
      try {
        if (isProposal) proposed((await call<AccountProposal>('/api/accounts/proposals', posted(said))).body);
        else done(await carriedOut(said));
        await queries.invalidateQueries({ queryKey: [ACCOUNTS] });
      } catch (problem) {
        learn(problem);
        throw problem;
      }
    });
  return { isProposal, isSending, refusal, send };
}

/** @throws Problem */
async function carriedOut(said: AccountAct): Promise<AccountActDone> {
  const { act, ...body } = said;
  const route = routes[act];
  if (!route.includes(':officialId') || !('officialId' in said)) {
    return (await call<AccountActDone>(`/api/accounts${route}`, posted(body))).body;
  }
  const path = `/api/accounts${route.replace(':officialId', encodeURIComponent(said.officialId))}`;
  return (await call<AccountActDone>(path, posted({}))).body;
}

function posted(body: object) {
  return { method: 'POST', body } as const;
}
