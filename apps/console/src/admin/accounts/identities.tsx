import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNames } from '../../api/reads';
import { HeadRow } from '../../parts/head-row';
import { Moment } from '../../parts/moment';
import { Empty, Failed, Loading } from '../../parts/states';
import { TableRegion } from '../../parts/table-region';
import { identitiesQuery, type Identity } from './accounts-query';

export type IdentityAct = 'unbinding' | 'barring' | 'unbarring';

interface IdentitiesProps {
  readonly begin: (identity: Identity, act: IdentityAct) => void;
  /** To say who somebody is whom another service signs in, or that they are let in as nobody. */
  readonly add: (act: 'binding' | 'barring') => void;
}

/** Who of another sign-in service is whom here, and who is let in as nobody. */
export function Identities({ begin, add }: IdentitiesProps) {
  const { t } = useTranslation('admin-accounts');
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(identitiesQuery);
  const identities = data?.pages.flatMap((page) => page.identities);
  return (
    <section>
      <Title order={2} size="h4" mt="lg">
        {t('identity.title')}
      </Title>
      <Text size="sm">{t('identity.about')}</Text>
      <Group my="xs">
        {(['binding', 'barring'] as const).map((act) => (
          <Button key={act} size="compact-sm" variant="default" onClick={() => add(act)}>
            {t(`identity.${act}`)}
          </Button>
        ))}
      </Group>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!identities && !error && <Loading />}
      {identities?.length === 0 && <Empty>{t('identity.none')}</Empty>}
      {identities && identities.length > 0 && (
        <TableRegion label={t('identity.title')}>
          <Table>
            <HeadRow
              labels={(['who', 'identity', 'since', 'sessions', 'act'] as const).map((name) =>
                t(`identity.column.${name}`),
              )}
            />
            <Table.Tbody>
              {identities.map((identity) => (
                <IdentityRow key={`${identity.issuer} ${identity.subject}`} identity={identity} begin={begin} />
              ))}
            </Table.Tbody>
          </Table>
        </TableRegion>
      )}
      {hasNextPage && (
        <Button mt="xs" size="compact-sm" variant="default" onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function IdentityRow({ identity, begin }: { readonly identity: Identity; readonly begin: IdentitiesProps['begin'] }) {
  const { t } = useTranslation('admin-accounts');
  const names = useNames();
  const { issuer, subject, officialId, boundBy, boundAt, barredBy, barredAt, sessions } = identity;
  const acts: readonly IdentityAct[] = barredAt === null ? ['unbinding', 'barring'] : ['unbarring'];
  return (
    <Table.Tr>
      <Table.Td>{officialId === null ? t('identity.nobody') : names.official(officialId)}</Table.Td>
      <Table.Td className="motcua-breaking">
        {subject}
        <Text size="sm" c="dimmed">
          {issuer}
        </Text>
      </Table.Td>
      <Table.Td>
        {t(barredAt === null ? 'identity.bound' : 'identity.barred', { who: names.official(barredBy ?? boundBy) })}{' '}
        <Moment at={barredAt ?? boundAt} />
      </Table.Td>
      <Table.Td>{sessions}</Table.Td>
      <Table.Td>
        <Group gap={4}>
          {acts.map((act) => (
            <Button
              key={act}
              size="compact-sm"
              variant="default"
              onClick={() => begin(identity, act)}
              aria-label={`${t(`change.${act}.act`)}: ${subject}`}
            >
              {t(`change.${act}.act`)}
            </Button>
          ))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
