import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryQuery, meQuery, useNames } from '../../api/reads';
import { instantsOf, writtenDay } from '../../figures/period';
import { useAddress, type Address } from '../../parts/address';
import { ChoiceField, DayField } from '../../parts/fields';
import { Moment } from '../../parts/moment';
import { Empty, Failed, Loading } from '../../parts/states';
import { TableRegion } from '../../parts/table-region';
import { typedDay } from '../../parts/typed-moment';
import { signInsQuery, type LinesAsked, type SignInLine } from './sign-ins-query';

const kinds = ['sessions', 're-authentications', 'refusals', 'lock-outs', 'changes'] as const;

/** Who signed in and who was refused, from where, and what became of accounts. To read it is a look, which is logged. */
export default function SignInsPage() {
  const { t } = useTranslation('admin-sign-ins');
  const [address] = useAddress();
  const { data: me } = useSuspenseQuery(meQuery);
  const [from, until] = [typedDay(address['from'] ?? ''), typedDay(address['until'] ?? '')];
  const instants = (day: string) => instantsOf({ from: day, until: day }, me.timeZone);
  const kind = kinds.find((one) => one === address['kind']);
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <Text size="sm">{t('about')}</Text>
      <Filters key={JSON.stringify(address)} address={address} />
      <Lines
        asked={{
          ...(address['official'] && { official: address['official'] }),
          ...(kind && { kind }),
          ...(from !== null && { from: instants(from).from }),
          ...(until !== null && { until: instants(until).until }),
        }}
      />
    </>
  );
}

type Filter = 'official' | 'kind' | 'from' | 'until';

/** What is asked for, all of it in the address. */
function Filters({ address }: { readonly address: Address }) {
  const { t, i18n } = useTranslation('admin-sign-ins');
  const [, change] = useAddress();
  const { data: directory } = useQuery(directoryQuery);
  const dayOf = (name: Filter) => {
    const day = typedDay(address[name] ?? '');
    return day === null ? '' : writtenDay(day, i18n.language);
  };
  const [typed, setTyped] = useState<Readonly<Record<Filter, string>>>({
    official: address['official'] ?? '',
    kind: address['kind'] ?? '',
    from: dayOf('from'),
    until: dayOf('until'),
  });
  const [wrong, setWrong] = useState<readonly Filter[]>([]);
  const field = (name: Filter) => ({
    name,
    label: t(name),
    value: typed[name],
    change: (value: string) => setTyped({ ...typed, [name]: value }),
    error: wrong.includes(name) ? t('frame:form.date-wrong') : undefined,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const bad = (['from', 'until'] as const).filter((name) => typed[name] !== '' && typedDay(typed[name]) === null);
    setWrong(bad);
    if (bad.length > 0) return;
    change({ ...typed, from: typedDay(typed.from) ?? '', until: typedDay(typed.until) ?? '' });
  };
  const byName = new Intl.Collator(i18n.language).compare;
  const officials = (directory?.officials ?? [])
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((one, other) => byName(one.label, other.label));
  return (
    <form onSubmit={submit} noValidate className="motcua-no-print">
      <Group align="end" gap="sm" my="sm">
        <ChoiceField {...field('official')} isFilter options={officials} />
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
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column} scope="col">
                  {t(`column.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
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
