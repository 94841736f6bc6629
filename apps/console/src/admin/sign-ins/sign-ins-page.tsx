import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery, useNames } from '../../api/reads';
import { useAddress, type Address } from '../../parts/address';
import { ChoiceField, DayField, OfficialField } from '../../parts/fields';
import { HeadRow } from '../../parts/head-row';
import { instantsAsked, useLogFilters } from '../../parts/log-filters';
import { Moment } from '../../parts/moment';
import { Empty, Failed, Loading } from '../../parts/states';
import { TableRegion } from '../../parts/table-region';
import { signInsQuery, type LinesAsked, type SignInLine } from './sign-ins-query';

const kinds = ['sessions', 're-authentications', 'refusals', 'lock-outs', 'changes'] as const;

/** Who signed in and who was refused, from where, and what became of accounts. To read it is a look, which is logged. */
export default function SignInsPage() {
  const { t } = useTranslation('admin-sign-ins');
  const [address] = useAddress();
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <Text size="sm">{t('about')}</Text>
      <Filters key={JSON.stringify(address)} address={address} />
      <Lines
        asked={{
          official: address['official'] === '' ? undefined : address['official'],
          kind: kinds.find((one) => one === address['kind']),
          ...instantsAsked(address, me.timeZone),
        }}
      />
    </>
  );
}

/** What is asked for, all of it in the address. */
function Filters({ address }: { readonly address: Address }) {
  const { t } = useTranslation('admin-sign-ins');
  const { inputOf, submit } = useLogFilters(address, ['kind']);
  const field = (name: Parameters<typeof inputOf>[0]) => ({ ...inputOf(name), label: t(name) });
  return (
    <form onSubmit={submit} noValidate className="motcua-no-print">
      <Group align="end" gap="sm" my="sm">
        <OfficialField {...field('official')} isFilter />
        <ChoiceField
          {...field('kind')}
          isFilter
          options={kinds.map((one) => ({ value: one, label: t(`kind-of.${one}`) }))}
        />
        <DayField {...field('from')} />
        <DayField {...field('until')} />
        <Button type="submit">{t('show')}</Button>
      </Group>
    </form>
  );
}

const columns = ['at', 'who', 'what', 'browser', 'network'] as const;

function Lines({ asked }: { readonly asked: LinesAsked }) {
  const { t } = useTranslation('admin-sign-ins');
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(signInsQuery(asked));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const lines = data.pages.flatMap((page) => page.signIns);
  if (lines.length === 0) return <Empty>{t('nothing')}</Empty>;
  return (
    <>
      <TableRegion label={t('title')}>
        <Table verticalSpacing={4}>
          <HeadRow labels={columns.map((column) => t(`column.${column}`))} />
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

/** So much of an address's mark tells two addresses of one network apart. */
const SHOWN_OF_MARK = 6;

function Line({ line }: { readonly line: SignInLine }) {
  const { t } = useTranslation('admin-sign-ins');
  const names = useNames();
  const { at, officialId, outcome, by, proposedBy, knownBrowser, network, addressMark } = line;
  return (
    <Table.Tr>
      <Table.Td>
        <Moment at={at} detail="second" />
      </Table.Td>
      <Table.Td>{officialId === null ? t('nobody') : names.official(officialId)}</Table.Td>
      <Table.Td>
        {by === null ? t(`outcome.${outcome}`) : t(`change.${outcome}`, { who: names.official(by) })}
        {proposedBy !== null && (
          <Text size="xs" c="dimmed">
            {t('proposed-by', { who: names.official(proposedBy) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{knownBrowser !== null && t(knownBrowser ? 'browser.known' : 'browser.new')}</Table.Td>
      <Table.Td>
        {network}
        {addressMark !== null && (
          <Text size="xs" c="dimmed">
            {t('address', { mark: addressMark.slice(0, SHOWN_OF_MARK) })}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
