import { List, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNames } from '../api/reads';
import type { DossierView } from '../api/views';
import { Moment } from '../parts/moment';
import { useReasonWords } from '../parts/reason-words';

type Opinion = DossierView['opinions'][number];

/** Which bodies were asked what, by when they must answer, and what they said; where none was asked, nothing. */
export function OpinionsOfDossier({ opinions }: { readonly opinions: readonly Opinion[] }) {
  const { t } = useTranslation('opinions');
  if (opinions.length === 0) return null;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="opinions-title">
      <Title order={2} size="h5" id="opinions-title" mb="xs">
        {t('of-dossier')}
      </Title>
      <List size="sm" listStyleType="none" spacing="xs">
        {opinions.map((opinion) => (
          <List.Item key={opinion.opinionId}>
            <OfBody opinion={opinion} />
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}

function OfBody({ opinion: { asked, questionCode, dueAt, onSilence, answer } }: { readonly opinion: Opinion }) {
  const { t } = useTranslation('opinions');
  const names = useNames();
  const inWords = useReasonWords();
  return (
    <>
      <Text size="sm" fw={700}>
        {names.office(asked.officeId)}
      </Text>
      <div>
        {names.official(asked.officialId)}: {inWords(questionCode)}
      </div>
      {answer === null ? (
        <>
          {t('column.due')}: <Moment at={dueAt} />
          {onSilence === 'consent' && <div>{t('silence-is-consent')}</div>}
        </>
      ) : (
        <>
          <Text span size="sm" fw={700}>
            {t(answer.presumed ? 'presumed' : `dossier:word.${answer.outcome}`)}
          </Text>
          , <Moment at={answer.at} />
        </>
      )}
    </>
  );
}
