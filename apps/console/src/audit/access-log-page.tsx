import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dossierIdQuery, meQuery, useNames } from '../api/reads';
import { useAddress, type Address } from '../parts/address';
import { ChoiceField, DayField, OfficialField, TextField } from '../parts/fields';
import { HeadRow } from '../parts/head-row';
import { instantsAsked, useLogFilters } from '../parts/log-filters';
import { Moment } from '../parts/moment';
import { Empty, Failed, Loading, isNotFound } from '../parts/states';
import { TableRegion } from '../parts/table-region';
import './audit.css';
import { accessLogQuery, type AccessLine, type LinesAsked } from './audit-reads';
import { DossierLink } from './dossier-link';
import { Mark } from './mark';

const outcomes = ['allowed', 'forbidden', 'not-found'] as const satisfies readonly AccessLine['outcome'][];

/** Who looked at what, and what was refused. To read it is a look too. */
export default function AccessLogPage() {
  const { t } = useTranslation('audit');
  const [address] = useAddress();
  return (
    <>
      <Title order={1} size="h3">
        {t('log.title')}
      </Title>
      <Text size="sm">{t('log.about')}</Text>
      <Filters key={JSON.stringify(address)} address={address} />
      <Asked address={address} />
    </>
  );
}

/** What is asked for, all of it in the address. */
function Filters({ address }: { readonly address: Address }) {
  const { t } = useTranslation('audit');
  const { inputOf, submit } = useLogFilters(address, ['code', 'outcome'], ({ code }) => ({
    code: code.trim().toUpperCase(),
  }));
  const field = (name: Parameters<typeof inputOf>[0]) => ({ ...inputOf(name), label: t(`log.${name}`) });
  return (
    <form onSubmit={submit} noValidate className="motcua-no-print">
      <Group align="end" gap="sm" my="sm">
        <TextField {...field('code')} />
        <OfficialField isFilter {...field('official')} />
        <ChoiceField
          isFilter
          {...field('outcome')}
          options={outcomes.map((one) => ({ value: one, label: t(`log.outcome-of.${one}`) }))}
        />
        <DayField {...field('from')} />
        <DayField {...field('until')} />
        <Button type="submit">{t('log.show')}</Button>
      </Group>
    </form>
  );
}

/** People say a code; the log knows the dossier behind it. */
function Asked({ address }: { readonly address: Address }) {
  const { t } = useTranslation('audit');
  const { data: me } = useSuspenseQuery(meQuery);
  const code = address['code'] ?? '';
  const { data: dossierId, error } = useQuery({ ...dossierIdQuery(code), enabled: code !== '' });
  if (isNotFound(error)) return <Empty>{t('frame:problem.DOSSIER_NOT_FOUND')}</Empty>;
  if (error) return <Failed error={error} />;
  if (code !== '' && dossierId === undefined) return <Loading />;
  return (
    <Lines
      asked={{
        dossierId: code === '' ? undefined : dossierId,
        official: address['official'],
        outcome: outcomes.find((one) => one === address['outcome']),
        ...instantsAsked(address, me.timeZone),
      }}
    />
  );
}

const columns = ['at', 'who', 'what', 'dossier', 'outcome'] as const;

function Lines({ asked }: { readonly asked: LinesAsked }) {
  const { t } = useTranslation('audit');
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(accessLogQuery(asked));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const lines = data.pages.flatMap((page) => page.lines);
  if (lines.length === 0) return <Empty>{t('log.nothing')}</Empty>;
  return (
    <>
      <TableRegion label={t('log.title')} className="motcua-audit-table">
        <Table verticalSpacing={4}>
          <HeadRow labels={columns.map((column) => t(`log.column.${column}`))} />
          <Table.Tbody>
            {lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </Table.Tbody>
        </Table>
      </TableRegion>
      {hasNextPage && (
        <Button mt="xs" size="compact-sm" variant="default" disabled={isFetching} onClick={() => void fetchNextPage()}>
          {t('further-back')}
        </Button>
      )}
    </>
  );
}

function Line({ line }: { readonly line: AccessLine }) {
  const { t } = useTranslation(['audit', 'dossier']);
  const { action, outcome } = line;
  return (
    <Table.Tr>
      <Table.Td>
        <Moment at={line.at} detail="second" />
      </Table.Td>
      <Table.Td>
        <Who line={line} />
      </Table.Td>
      <Table.Td>
        {t(`audit:looked.${action}`, { defaultValue: t(`dossier:command.${action}`, { defaultValue: action }) })}
      </Table.Td>
      <Table.Td>{line.dossierId !== null && <DossierLink code={line.code} dossierId={line.dossierId} />}</Table.Td>
      <Table.Td>
        <Mark agrees={outcome === 'allowed'}>{t(`log.outcome-of.${outcome}`)}</Mark>
      </Table.Td>
    </Table.Tr>
  );
}

/** A person in their post; or a service that looked for nobody who is signed in, as for a citizen. */
function Who({ line: { officialId, postId, officeId } }: { readonly line: AccessLine }) {
  const { t } = useTranslation('audit');
  const names = useNames();
  const [, service] = /^service:(.+)$/.exec(officialId) ?? [];
  if (service !== undefined) return t('log.service', { name: service });
  return (
    <>
      {names.official(officialId)}
      <Text size="xs" c="dimmed">
        {names.post(postId)}, {names.office(officeId)}
      </Text>
    </>
  );
}
