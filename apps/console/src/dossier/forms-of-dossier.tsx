import { Anchor, List, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { withQuery } from '../api/call';
import { formsQuery } from '../api/reads';
import { Moment } from '../parts/moment';
import { Failed } from '../parts/states';

/** The forms that the entries of this dossier made, with their numbers by the circular of then; each opens on paper, in the page's language. */
export function FormsOfDossier({ dossierId }: { readonly dossierId: string }) {
  const { t, i18n } = useTranslation('dossier');
  const { data, error, refetch } = useQuery(formsQuery(dossierId));
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="forms-title">
      <Title order={2} size="h5" id="forms-title" mb="xs">
        {t('forms')}
      </Title>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('no-forms')}
        </Text>
      )}
      <List size="sm" listStyleType="none">
        {data?.map(({ kind, number, sequence, issuedAt }) => (
          <List.Item key={`${kind}-${sequence}`}>
            <Anchor
              href={withQuery(`/api/desk/dossiers/${dossierId}/forms/${kind}.pdf`, {
                sequence,
                language: i18n.language,
              })}
              target="_blank"
            >
              {t(`form.${kind}`)}
            </Anchor>{' '}
            ({t('form-number', { number })}), <Moment at={issuedAt} detail="day" />
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}
