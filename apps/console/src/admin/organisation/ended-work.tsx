import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/ask';
import { useNames } from '../../api/reads';
import { countsBy } from '../../office/transfer';
import { TransferDialog } from '../../office/transfer-dialog';
import { Failed } from '../../parts/states';

/** So many are looked at and counted; of more, the rest is handed on with them. */
const LOOKED_AT = 5_000;

/**
 * Offices that have ended and in which dossiers are held still: whoever held them acts there no more. Where there are none, nothing. `etag`
 * is of the saved organisation: with another one others may have ended.
 */
export function EndedWork({ etag }: { readonly etag: string | null }) {
  const { t } = useTranslation('admin-organisation');
  const names = useNames();
  const queries = useQueryClient();
  const {
    data = [],
    error,
    refetch,
  } = useQuery({
    queryKey: ['ended-work', etag],
    queryFn: async ({ signal }) =>
      (await ask('/work-transfers', { query: { limit: LOOKED_AT }, signal })).body.dossiers,
  });
  const [officeId, setOfficeId] = useState<string | null>(null);
  const held = countsBy(data, ({ from }) => from.officeId);
  return (
    <>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {held.map(([id, count]) => (
        <Alert
          key={id}
          my="xs"
          variant="outline"
          color="var(--motcua-soon-text)"
          role="group"
          aria-label={names.office(id)}
        >
          <Group justify="space-between">
            <Text size="sm" c="var(--mantine-color-text)">
              {t('ended.held', { count, office: names.office(id) })}
            </Text>
            <Button size="compact-sm" onClick={() => setOfficeId(id)}>
              {t('ended.hand-on')}
            </Button>
          </Group>
        </Alert>
      ))}
      {officeId !== null && (
        <TransferDialog
          title={t('ended.title', { office: names.office(officeId) })}
          whose={{ fromOfficeId: officeId }}
          about={t('ended.about')}
          effect={(moving, to) =>
            to === '' && (
              <Text size="sm">
                {countsBy(moving, (one) => one.to?.officialId ?? '')
                  .map(([id, count]) => `${names.official(id)}: ${count}`)
                  .join(', ')}
              </Text>
            )
          }
          close={() => {
            setOfficeId(null);
            void refetch();
          }}
          done={() => void queries.resetQueries({ queryKey: ['queue'] })}
        />
      )}
    </>
  );
}
