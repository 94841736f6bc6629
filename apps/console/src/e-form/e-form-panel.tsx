import { Button, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { eFormQuery, proceduresQuery } from '../api/reads';
import type { DossierView } from '../api/views';
import { Failed, Loading } from '../parts/states';
import type { Language } from '../words/words';

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
        <Answers dossierId={view.dossierId} />
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

function Answers({ dossierId }: { readonly dossierId: string }) {
  const { t, i18n } = useTranslation('e-form');
  const language = i18n.language as Language;
  const { data, error, refetch } = useQuery(eFormQuery(dossierId));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.answers === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('none')}
      </Text>
    );
  }
  return (
    <dl className="motcua-facts">
      {data.answers.map(({ name, titles, words }) => [
        <dt key={`${name}-asked`}>{titles[language]}</dt>,
        <dd key={name}>{words[language]}</dd>,
      ])}
    </dl>
  );
}
