import { Anchor, List, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { linksQuery } from '../api/reads';
import { dossierPath } from '../parts/dossier-path';
import { Failed } from '../parts/states';

/** The dossiers that this one belongs to and that belong to it, as far as the reader sees them; where there are none, nothing. */
export function Links({ dossierId }: { readonly dossierId: string }) {
  const { t } = useTranslation('dossier');
  const { data: links = [], error, refetch } = useQuery(linksQuery(dossierId));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (links.length === 0) return null;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="links-title">
      <Title order={2} size="h5" id="links-title" mb="xs">
        {t('links')}
      </Title>
      <List size="sm" listStyleType="none" spacing={4}>
        {links.map(({ kind, direction, dossierId: other, code, status }) => (
          <List.Item key={`${kind} ${direction} ${other}`}>
            <Text size="sm" c="dimmed">
              {t(`link.${kind}-${direction}`)}
            </Text>
            <Anchor component={Link} to={dossierPath(code, other)} className="motcua-code">
              {code ?? t('no-code')}
            </Anchor>
            , {t(`clock:status.${status}`)}
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}
