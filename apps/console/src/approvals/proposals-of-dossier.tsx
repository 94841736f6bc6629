import { Paper, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { approvalsQuery } from '../api/reads';
import { Failed } from '../parts/states';
import { Proposal } from './proposal';
import { worthShowing } from './worth-showing';

/** What is proposed of a dossier and waits, does not fit any more, or was declined. What was approved, the history tells. */
export function ProposalsOfDossier({ dossierId }: { readonly dossierId: string }) {
  const { t } = useTranslation('approvals');
  const { data, error, refetch } = useQuery(approvalsQuery(dossierId));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  const shown = worthShowing(data?.approvals ?? []);
  if (shown.length === 0) return null;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="proposals-title">
      <Title order={2} size="h5" id="proposals-title" mb="xs">
        {t('proposed')}
      </Title>
      <Stack gap="md">
        {shown.map((approval) => (
          <section key={approval.approvalId} aria-label={t(`dossier:command.${approval.command}`)}>
            <Title order={3} size="h6">
              {t(`dossier:command.${approval.command}`)}
            </Title>
            <Proposal approval={approval} />
          </section>
        ))}
      </Stack>
    </Paper>
  );
}
