import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call';
import type { components } from '../../api/gateway';
import { useUnasked } from '../../live/unasked';
import { HeadRow } from '../../parts/head-row';
import { Moment } from '../../parts/moment';
import { Failed, Loading } from '../../parts/states';
import { TableRegion } from '../../parts/table-region';
import './health.css';

type ServiceView = components['schemas']['ServiceView'];

/** How often the page asks by itself. */
const AGAIN_MS = 15_000;

/** How each part is, by how much what is late is late, since when, and what to do about it. */
export default function HealthPage() {
  const { t } = useTranslation('admin-health');
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['health'],
    queryFn: async ({ signal }) =>
      (await call<{ readonly services: readonly ServiceView[] }>('/api/health', { signal })).body.services,
  });
  useUnasked(() => void refetch(), AGAIN_MS, false);
  const isWell = data?.every(({ state }) => state === 'ok') ?? false;
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('title')}
        </Title>
        <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t('again')}
        </Button>
      </Group>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <Text role="status" my="xs" fw={700}>
          {t(isWell ? 'all-well' : 'not-well')}
        </Text>
      )}
      <Stack gap="lg" mt="sm">
        {data?.map((service) => (
          <Service key={service.service} seen={service} />
        ))}
      </Stack>
      {data && (
        <Text size="sm" c="dimmed" mt="md">
          {t('since-about')}
        </Text>
      )}
    </>
  );
}

function Service({ seen }: { readonly seen: ServiceView }) {
  const { t } = useTranslation('admin-health');
  const { service, state, since, checks } = seen;
  return (
    <section>
      <Title order={2} size="h4">
        {t(`service.${service}`)}
      </Title>
      <Text>
        <strong className={`motcua-health-${state}`}>{t(`state.${state}`)}</strong>, {t('since')} <Moment at={since} />.{' '}
        {state !== 'ok' && t(`do.${state}`)}
      </Text>
      {checks.length > 0 && (
        <TableRegion label={t(`service.${service}`)}>
          <Table>
            <HeadRow labels={(['what', 'state', 'lag', 'since', 'do'] as const).map((name) => t(`column.${name}`))} />
            <Table.Tbody>
              {checks.map((check) => (
                <Check key={check.name} check={check} />
              ))}
            </Table.Tbody>
          </Table>
        </TableRegion>
      )}
    </section>
  );
}

function Check({ check }: { readonly check: ServiceView['checks'][number] }) {
  const { t } = useTranslation('admin-health');
  const { name, ok, lag, since } = check;
  return (
    <Table.Tr>
      <Table.Td>{t(`check.${name}.name`, { defaultValue: name })}</Table.Td>
      <Table.Td>
        <strong className={ok ? 'motcua-health-ok' : 'motcua-health-behind'}>{t(ok ? 'fine' : 'wrong')}</strong>
      </Table.Td>
      <Table.Td>
        {lag === null
          ? t(`check.${name}.unknown`, { defaultValue: t('nobody-knows') })
          : t(`check.${name}.lag`, { lag, defaultValue: String(lag) })}
      </Table.Td>
      <Table.Td>
        <Moment at={since} />
      </Table.Td>
      <Table.Td>
        {!ok && t(`check.${name}.do`, { defaultValue: t('do.behind') })}{' '}
        {!ok && (name === 'deadLetters' || name === 'blockedDossiers') && (
          <Link to="/admin/dead-letters">{t('to-letters')}</Link>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
