import { Button, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { proceduresQuery, useNames } from '../api/reads';
import type { DossierView, EFormAnswer, EFormStatement } from '../api/views';
import { Moment } from '../parts/moment';
import { useReasonWords } from '../parts/reason-words';
import { Failed, Loading } from '../parts/states';
import type { Language } from '../words/words';
import { useEForm } from './use-e-form';

/** What the applicant answered on the screen. Asked for only when somebody wants to see it: the look is logged. */
export function EFormPanel({ view }: { readonly view: DossierView }) {
  const { t, i18n } = useTranslation('e-form');
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const [isOpen, setIsOpen] = useState(false);
  if (!procedures?.find(({ code }) => code === view.procedureCode)?.eForm) return null;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="e-form-title">
      <Title order={2} size="h5" id="e-form-title" mb="xs">
        {t('title')}
      </Title>
      {isOpen ? (
        <Answered dossierId={view.dossierId} />
      ) : (
        <>
          <Button size="compact-sm" variant="default" className="motcua-no-print" onClick={() => setIsOpen(true)}>
            {t('show')}
          </Button>
          <Text size="xs" c="dimmed" mt={4}>
            {t('is-logged')}
          </Text>
        </>
      )}
    </Paper>
  );
}

function Answered({ dossierId }: { readonly dossierId: string }) {
  const { t } = useTranslation('e-form');
  const { data, error, refetch } = useEForm(dossierId, { enabled: true });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.answers === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('none')}
      </Text>
    );
  }
  const [present, ...earlier] = data.statements.toReversed();
  return (
    <>
      {present && present.reasonCode !== null && <Corrected statement={present} reasonCode={present.reasonCode} />}
      <Answers answers={data.answers} />
      {earlier.map((statement) => (
        <details key={statement.sequence} className="motcua-earlier-answers">
          <summary>
            {t('earlier')}: <Moment at={statement.at} />
          </summary>
          {statement.reasonCode !== null && <Corrected statement={statement} reasonCode={statement.reasonCode} />}
          <Answers answers={statement.answers} />
        </details>
      ))}
    </>
  );
}

interface CorrectedProps {
  readonly statement: EFormStatement;
  readonly reasonCode: string;
}

/** When answers were put right, by whom and why. */
function Corrected({ statement: { at, actor }, reasonCode }: CorrectedProps) {
  const { t } = useTranslation('e-form');
  const names = useNames();
  const inWords = useReasonWords();
  return (
    <Text size="sm" mb="xs">
      {t('corrected')} <Moment at={at} />, {names.official(actor.officialId)}. {t('dossier:fact.reason')}:{' '}
      {inWords(reasonCode)}
    </Text>
  );
}

function Answers({ answers }: { readonly answers: readonly EFormAnswer[] }) {
  const { i18n } = useTranslation('e-form');
  const language = i18n.language as Language;
  return (
    <dl className="motcua-facts">
      {answers.map(({ name, titles, words }) => [
        <dt key={`${name}-asked`}>{titles[language]}</dt>,
        <dd key={name}>{words[language]}</dd>,
      ])}
    </dl>
  );
}
