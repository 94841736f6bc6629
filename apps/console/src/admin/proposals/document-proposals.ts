import { queryOptions, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { ask } from '../../api/ask';
import { call } from '../../api/call';
import type { Decision } from '../../api/commands';
import type { components } from '../../api/desk';
import { directoryQuery, meQuery } from '../../api/reads';
import { useTwoPersons } from '../../parts/two-persons';
import { everythingOfCatalogue } from '../catalogue/catalogue-reads';
import { organisationQuery } from '../organisation/organisation-query';

type Schemas = components['schemas'];

/** What is loaded for all offices. */
export type DocumentAct = Schemas['DocumentProposalView']['act'];
export type DocumentProposal = Schemas['DocumentProposalView'];
/** The same with what would be loaded. */
export type ProposedDocument = Schemas['ProposedDocument'];

const streams = { 'load-organisation': 'organisation', 'load-catalogue': 'catalogue' } as const;

const proposalsKey = (act: DocumentAct) => ['document-proposals', act];

/** The newest that were made, decided ones among them. */
export const proposalsQuery = (act: DocumentAct) =>
  queryOptions({
    queryKey: proposalsKey(act),
    queryFn: async () => (await ask(`/${streams[act]}/proposals`)).body.proposals,
  });

export const proposedQuery = ({ act, proposalId }: DocumentProposal) =>
  queryOptions({
    queryKey: ['proposed-document', proposalId],
    queryFn: async () => (await ask(`/${streams[act]}/proposals/{proposalId}`, { params: { proposalId } })).body,
    staleTime: Infinity, // What was proposed never changes; how it stands the list says.
  });

interface Sent {
  /** The version that was edited; null where the document is not made from one. */
  readonly etag: string | null;
  /** The same for every repeat. */
  readonly key: string;
}

/** Loads a document, or proposes it where that takes two; `takesTwo` says which it will be, and is put right by a refusal. */
export function useLoadOrPropose(act: DocumentAct) {
  const queries = useQueryClient();
  const { takesTwo, learn } = useTwoPersons(act);
  /** @throws Problem */
  const send = async <Body>(document: object, { etag, key }: Sent): Promise<Body> => {
    try {
      const headers = { 'idempotency-key': key, ...(etag !== null && { 'if-match': etag }) };
      const path = `/api/desk/${streams[act]}${takesTwo ? '/proposals' : ''}`;
      const { body } = await call<Body>(path, { method: 'POST', body: document, headers });
      await askAnew(queries, act);
      return body;
    } catch (problem) {
      learn(problem);
      throw problem;
    }
  };
  return { takesTwo, send };
}

/** Decides a proposal, or takes it back; what it would change is asked anew, also after a refusal. @throws Problem */
export function useSendDocumentDecision(): (proposal: DocumentProposal, decision: Decision) => Promise<void> {
  const queries = useQueryClient();
  return async ({ act, proposalId }, { verb, body = {}, key }) => {
    try {
      const headers = { 'idempotency-key': key };
      await call(`/api/desk/${streams[act]}/proposals/${proposalId}/${verb}`, { method: 'POST', body, headers });
    } finally {
      await askAnew(queries, act);
    }
  };
}

async function askAnew(queries: QueryClient, act: DocumentAct): Promise<void> {
  const loaded = act === 'load-catalogue' ? [everythingOfCatalogue] : [organisationQuery, directoryQuery, meQuery];
  const shown = [proposalsKey(act), ...loaded.map(({ queryKey }) => queryKey)];
  await Promise.all(shown.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
