import { Button, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call';
import type { Decision } from '../../api/commands';
import { meQuery, useNames } from '../../api/reads';
import '../../approvals/approvals.css';
import { useUnasked } from '../../live/unasked';
import { Decisions } from '../../parts/decisions';
import { Moment } from '../../parts/moment';
import { useReasonWords } from '../../parts/reason-words';
import { Empty, Failed } from '../../parts/states';
import { PROPOSALS_AGAIN_MS } from '../../parts/two-persons';
import { accountProposalsQuery, ACCOUNTS, type AccountProposal } from './accounts-query';
import type { AccountActDone } from './use-act';

interface ProposalsProps {
  /** Told what came of one that the reader approved: its link may have to be handed on. */
  readonly approved: (done: AccountActDone) => void;
}

/** What was proposed about accounts and waits for another administrator; upon request also what was decided. */
export function Proposals({ approved }: ProposalsProps) {
  const { t } = useTranslation('admin-accounts');
  const [state, setState] = useState<'open' | undefined>('open');
  const query = useInfiniteQuery(accountProposalsQuery(state));
  useUnasked(() => void query.refetch(), PROPOSALS_AGAIN_MS, false);
  const [said, setSaid] = useState('');
  const proposals = query.data?.pages.flatMap((page) => page.proposals) ?? [];
  const nothingWaits = state === 'open' && proposals.length === 0;
  return (
    <section aria-label={t('proposals.title')} className="motcua-account-proposals">
      {!nothingWaits && (
        <Title order={2} size="h4">
          {t('proposals.title')}
        </Title>
      )}
      <Text role="status" size="sm" fw={700}>
        {said}
      </Text>
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && proposals.length === 0 && !nothingWaits && <Empty>{t('proposals.none')}</Empty>}
      <ul className="motcua-proposals">
        {proposals.map((proposal) => (
          <li key={proposal.proposalId} className="motcua-proposal">
            <Proposal proposal={proposal} approved={approved} done={(verb) => setSaid(t(`proposals.done.${verb}`))} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button size="compact-sm" variant="default" mr="xs" onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setState(state === 'open' ? undefined : 'open')}>
        {t(state === 'open' ? 'proposals.all' : 'proposals.open')}
      </Button>
    </section>
  );
}

interface ProposalProps extends ProposalsProps {
  readonly proposal: AccountProposal;
  readonly done: (verb: Decision['verb']) => void;
}

function Proposal({ proposal, approved, done }: ProposalProps) {
  const { t } = useTranslation('admin-accounts');
  const names = useNames();
  const queries = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const { act, officialId, username, issuer, subject, proposedBy, proposedAt, state, mayDecide } = proposal;
  const send = async ({ verb, body }: Decision) => {
    try {
      const path = `/api/accounts/proposals/${proposal.proposalId}/${verb}`;
      const answer = await call<AccountActDone>(path, { method: 'POST', body: body ?? {} });
      if (verb === 'approve') approved(answer.body);
    } finally {
      await queries.invalidateQueries({ queryKey: [ACCOUNTS] });
    }
  };
  return (
    <>
      <Title order={3} size="h6">
        {t(`proposals.act.${act}`, { who: names.official(officialId), username, subject })}
      </Title>
      <Text size="sm" mb="xs" className="motcua-breaking">
        {issuer !== null && (
          <>
            {subject}, {issuer}
            <br />
          </>
        )}
        {t('proposals.by', { who: names.official(proposedBy) })} <Moment at={proposedAt} />
      </Text>
      <Standing proposal={proposal} />
      <Decisions
        mayApprove={mayDecide}
        mayDecline={mayDecide}
        mayWithdraw={state === 'open' && proposedBy === me.official.id}
        send={send}
        done={done}
      />
    </>
  );
}

function Standing({ proposal: { state, decidedBy, reasonCode } }: Pick<ProposalProps, 'proposal'>) {
  const { t } = useTranslation('admin-accounts');
  const names = useNames();
  const inWords = useReasonWords();
  if (state === 'open') return null;
  const reason = inWords(reasonCode);
  return (
    <Text size="sm" fw={700}>
      {t(`proposals.state.${state}`, { who: names.official(decidedBy), reason })}
    </Text>
  );
}
