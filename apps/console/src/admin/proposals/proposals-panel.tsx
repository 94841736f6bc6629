import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../api/commands';
import { meQuery, useNames } from '../../api/reads';
import { sessionQuery } from '../../api/session';
import '../../approvals/approvals.css';
import { useUnasked } from '../../live/unasked';
import { Decisions } from '../../parts/decisions';
import { Moment } from '../../parts/moment';
import { useReasonWords } from '../../parts/reason-words';
import { Failed, Loading } from '../../parts/states';
import { PROPOSALS_AGAIN_MS } from '../../parts/two-persons';
import {
  proposalsQuery,
  proposedQuery,
  useSendDocumentDecision,
  type DocumentAct,
  type DocumentProposal,
  type ProposedDocument,
} from './document-proposals';
import { worthShowing } from './worth-showing';

/** A proposal that is looked at. */
export interface LookedAt {
  readonly proposed: ProposedDocument;
  readonly state: DocumentProposal['state'];
  /** What the reader can do then; it stands below what they were shown. */
  readonly decisions: (canBeLoaded: boolean) => ReactNode;
}

/** How a kind of document is shown. */
interface Showing {
  /** One line that says what would be loaded. */
  readonly titleOf: (proposed: ProposedDocument) => ReactNode;
  /** All that it would change by now. */
  readonly changesOf: (lookedAt: LookedAt) => ReactNode;
  /** Gives its author back what they proposed, when it is taken back or was declined; absent where they have it as a file. */
  readonly takeUp?: (proposed: ProposedDocument) => void;
}

interface ProposalsPanelProps extends Showing {
  readonly act: DocumentAct;
}

/** What was proposed and waits for a second person, stands no longer, or was declined; nothing where there is none. */
export function ProposalsPanel({ act, ...showing }: ProposalsPanelProps) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return act in session.rights ? <Proposals act={act} {...showing} /> : null;
}

function Proposals({ act, ...showing }: ProposalsPanelProps) {
  const { t } = useTranslation('approvals');
  const { data, error, refetch } = useQuery(proposalsQuery(act));
  useUnasked(() => void refetch(), PROPOSALS_AGAIN_MS, false);
  const [done, setDone] = useState<Decision['verb'] | null>(null);
  const shown = worthShowing(data ?? []);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  return (
    <>
      <Text role="status" size="sm" fw={700}>
        {done !== null && t(`document.done.${done === 'withdraw' && showing.takeUp ? 'taken-up' : done}`)}
      </Text>
      {shown.length > 0 && (
        <Paper withBorder p="sm" my="sm" component="section" aria-labelledby="proposals-title">
          <Title order={2} size="h5" id="proposals-title" mb="xs">
            {t('proposed')}
          </Title>
          <Stack gap="md">
            {shown.map((proposal) => (
              <Proposal key={proposal.proposalId} proposal={proposal} done={setDone} {...showing} />
            ))}
          </Stack>
        </Paper>
      )}
    </>
  );
}

interface ProposalProps extends Showing {
  readonly proposal: DocumentProposal;
  readonly done: (verb: Decision['verb']) => void;
}

function Proposal({ proposal, ...showing }: ProposalProps) {
  const { data, error, refetch } = useQuery(proposedQuery(proposal));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return data ? <Read proposal={proposal} proposed={data} {...showing} /> : <Loading />;
}

function Read({
  proposal,
  proposed,
  done,
  titleOf,
  changesOf,
  takeUp,
}: ProposalProps & { readonly proposed: ProposedDocument }) {
  const { t } = useTranslation('approvals');
  const names = useNames();
  const { data: me } = useSuspenseQuery(meQuery);
  const send = useSendDocumentDecision();
  const [isOpen, setIsOpen] = useState(false);
  const { state, proposedBy, proposedAt, proposalId, mayDecide } = proposal;
  const isMine = proposedBy.officialId === me.official.id;
  const mayWithdraw = isMine && state !== 'declined';
  const titleId = `proposal-${proposalId}`;
  const sent = (decision: Decision) => send(proposal, decision);
  const ended = (verb: Decision['verb']) => {
    if (verb === 'withdraw') takeUp?.(proposed);
    done(verb);
  };
  const decisions = (canBeLoaded: boolean) => (
    <>
      {mayDecide && <Text size="sm">{t(canBeLoaded ? 'document.once-approved' : 'document.cannot')}</Text>}
      <Decisions
        mayApprove={mayDecide && canBeLoaded}
        mayDecline={mayDecide}
        mayWithdraw={false}
        send={sent}
        done={ended}
      />
    </>
  );
  return (
    <article aria-labelledby={titleId} className="motcua-proposal">
      <Title order={3} size="h6" id={titleId}>
        {titleOf(proposed)}
      </Title>
      <Text size="sm">
        {t('proposed-by')}: {names.official(proposedBy.officialId)}, <Moment at={proposedAt} />
      </Text>
      <Standing proposal={proposal} />
      <Stack gap="xs" mt="xs">
        <Decisions mayApprove={false} mayDecline={false} mayWithdraw={mayWithdraw} send={sent} done={ended}>
          <Button size="sm" variant="default" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {t(isOpen ? 'document.hide' : mayDecide ? 'document.look-and-decide' : 'document.look')}
          </Button>
          {takeUp && isMine && state === 'declined' && (
            <Button size="sm" variant="default" onClick={() => takeUp(proposed)}>
              {t('document.take-up')}
            </Button>
          )}
        </Decisions>
        {isOpen && changesOf({ proposed, state, decisions })}
      </Stack>
    </article>
  );
}

/** What has become of it, and what there is to do then. */
function Standing({ proposal: { state, decidedBy, reasonCode } }: Pick<ProposalProps, 'proposal'>) {
  const { t } = useTranslation('approvals');
  const names = useNames();
  const inWords = useReasonWords();
  if (state === 'open') return null;
  if (state === 'outdated')
    return (
      <Text size="sm" fw={700}>
        {t('document.outdated')}
      </Text>
    );
  const reason = inWords(reasonCode);
  return (
    <Text size="sm" fw={700}>
      {t(`state.${state}`, { name: names.official(decidedBy?.officialId ?? null), reason })}
    </Text>
  );
}
