import { Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendDecision, type Decision } from '../api/commands';
import { meQuery, useNames } from '../api/reads';
import type { Approval, EFormAnswer } from '../api/views';
import { answerInWords } from '../e-form/answers';
import { useEForm } from '../e-form/use-e-form';
import { Decisions } from '../parts/decisions';
import { localeOf, Moment } from '../parts/moment';
import { useReasonWords } from '../parts/reason-words';
import { Failed, Loading } from '../parts/states';
import type { Language } from '../words/words';
import './approvals.css';

interface ProposalProps {
  readonly approval: Approval;
  /** Told what the reader has done with it. */
  readonly done?: (verb: Decision['verb']) => void;
}

/** Who proposes what, and what the reader can do about it: a second person decides, and whoever proposed it takes it back. */
export function Proposal({ approval, done }: ProposalProps) {
  const { t } = useTranslation('approvals');
  const names = useNames();
  const { data: me } = useSuspenseQuery(meQuery);
  const send = useSendDecision();
  const isMine = approval.proposedBy.officialId === me.official.id;
  return (
    <>
      <dl className="motcua-proposal-facts">
        <Fact name={t('proposed-by')}>
          {names.official(approval.proposedBy.officialId)}, <Moment at={approval.proposedAt} />
        </Fact>
        {approval.command === 'extend' && approval.state === 'open' && approval.appointmentAt !== null && (
          <Fact name={t('dossier:fact.appointment')}>
            <Moment at={approval.appointmentAt} />
          </Fact>
        )}
        {Object.entries(approval.body).map(([name, value]) => (
          <Fact key={name} name={t(`dossier:field.${name}`)}>
            {name === 'eForm' ? (
              <ProposedAnswers dossierId={approval.dossierId} answers={value as ProposedEForm} />
            ) : (
              <Said name={name} value={value} />
            )}
          </Fact>
        ))}
      </dl>
      <Standing approval={approval} />
      <Decisions
        mayApprove={approval.mayDecide}
        mayDecline={approval.mayDecide}
        mayWithdraw={isMine && (approval.state === 'open' || approval.state === 'outdated')}
        send={(decision) => send({ approval, ...decision })}
        {...(done && { done })}
      />
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A field of a command's body in the reader's words. */
function Said({ name, value }: { readonly name: string; readonly value: unknown }) {
  const { t, i18n } = useTranslation('approvals');
  const names = useNames();
  const language = i18n.language as Language;
  const inWords = useReasonWords();
  if (name === 'to') {
    const { officialId, postId } = value as { readonly officialId: string; readonly postId: string };
    return `${names.official(officialId)}, ${names.post(postId)}`;
  }
  const text = String(value);
  if (name === 'until') return new Intl.DateTimeFormat(localeOf(language), day).format(Date.parse(text));
  if (name === 'reasonCode') return inWords(text);
  if (name === 'field') return t(`dossier:word.${text.replaceAll('.', '-')}`, { defaultValue: text });
  if (name === 'signedBy' || name === 'approvedBy') return names.official(text);
  return text;
}

type ProposedEForm = Readonly<Record<string, EFormAnswer['value']>>;

/** What would be answered where it differs from what is known: before and after. The look is logged. */
function ProposedAnswers({ dossierId, answers }: { readonly dossierId: string; readonly answers: ProposedEForm }) {
  const { t, i18n } = useTranslation(['approvals', 'e-form']);
  const language = i18n.language as Language;
  const { data, error, refetch } = useEForm(dossierId, { enabled: true });
  const said = { language, yes: t('e-form:true'), no: t('e-form:false') };
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const changed = (data.questions ?? []).flatMap((question) => {
    const known = data.answers?.find(({ name }) => name === question.name);
    const proposed = answers[question.name];
    return known?.value === proposed ? [] : [{ question, was: known?.words[language] ?? '–', proposed }];
  });
  return (
    <ul className="motcua-proposed-answers">
      {changed.map(({ question, was, proposed }) => (
        <li key={question.name}>
          {question.titles[language]}: <del>{was}</del> <ins>{answerInWords(question, proposed, said)}</ins>
        </li>
      ))}
    </ul>
  );
}

/** A day of the office's calendar has no zone any more. */
const day = { weekday: 'short', day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' } as const;

function Standing({ approval: { state, decidedBy, reasonCode } }: Pick<ProposalProps, 'approval'>) {
  const { t } = useTranslation('approvals');
  const names = useNames();
  const inWords = useReasonWords();
  if (state === 'open') return null;
  const reason = inWords(reasonCode);
  return (
    <Text size="sm" fw={700}>
      {t(`state.${state}`, { name: names.official(decidedBy?.officialId ?? null), reason })}
    </Text>
  );
}
