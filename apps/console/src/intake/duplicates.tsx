import { Anchor, List, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { LikelyDuplicate } from '../api/views';
import { dossierPath } from '../parts/dossier-path';
import { Failed } from '../parts/states';
import { duplicatesQuery } from './intake-reads';

/** Warns, while there is time, that this came before. It never refuses: the same person may have two reasons. */
export function DuplicatesPanel({
  procedureCode,
  applicant,
}: {
  readonly procedureCode: string;
  readonly applicant: object;
}) {
  const { data, error, refetch } = useQuery(duplicatesQuery(procedureCode, applicant));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return <Duplicates likely={data ?? []} />;
}

/** Dossiers of the same applicant, with what they have in common. */
export function Duplicates({ likely }: { readonly likely: readonly LikelyDuplicate[] }) {
  const { t } = useTranslation('intake');
  return (
    <div role="status">
      {likely.length > 0 && (
        <Paper withBorder p="sm" component="section" aria-labelledby="duplicates-title" className="motcua-duplicates">
          <Title order={2} size="h5" id="duplicates-title">
            {t('duplicates.title', { count: likely.length })}
          </Title>
          <Text size="sm">{t('duplicates.text')}</Text>
          <List size="sm">
            {likely.map(({ dossierId, code, why }) => (
              <List.Item key={dossierId}>
                <Anchor component={Link} underline="always" size="sm" to={dossierPath(code, dossierId)}>
                  {code ?? t('duplicates.no-code')}
                </Anchor>{' '}
                ({why.map((one) => t(`duplicates.why.${one}`)).join(', ')})
              </List.Item>
            ))}
          </List>
        </Paper>
      )}
    </div>
  );
}
