import { Anchor, Button, Group, Table, Text, Title } from '@mantine/core';
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call, withQuery } from '../api/call';
import type { components } from '../api/desk';
import { meQuery } from '../api/reads';
import { nowMs } from '../now';
import { useAddress } from '../parts/address';
import { dayAt, instantsOf, writtenDay, type Days } from '../parts/days';
import { DayField } from '../parts/fields';
import { HeadRow } from '../parts/head-row';
import { Moment } from '../parts/moment';
import { Empty, Failed, Loading } from '../parts/states';
import { TableRegion } from '../parts/table-region';
import { typedDay } from '../parts/typed-moment';

type Book = components['schemas']['TrackingBookView'];

/** A book is a list of names and each showing of it is logged: it is asked for once, and not again behind the reader's back. */
const bookQuery = (period: Days) =>
  queryOptions({
    queryKey: ['tracking-book', period],
    queryFn: async ({ signal }) =>
      (await call<Book>(withQuery('/api/desk/tracking-book', { ...period }), { signal })).body,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });

/** The tracking book that an office keeps: what was received on some days, by name, and what became of it; to read and to print. */
export default function BookPage() {
  const { t, i18n } = useTranslation('book');
  const { data: me } = useSuspenseQuery(meQuery);
  const [address] = useAddress();
  const [today] = useState(() => dayAt(nowMs(), me.timeZone));
  const from = typedDay(address['from'] ?? '') ?? today;
  const until = typedDay(address['until'] ?? '') ?? from;
  const period = instantsOf({ from, until }, me.timeZone);
  const { data, error, refetch } = useQuery(bookQuery(period));
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('logged')}
      </Text>
      <DaysForm key={`${from} ${until}`} days={{ from, until }} />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <Button
            component="a"
            href={withQuery('/api/desk/tracking-book.pdf', { ...period, language: i18n.language })}
            target="_blank"
            rel="noopener"
            className="motcua-no-print"
            mb="sm"
          >
            {t('print')}
          </Button>
          {data.rows.length === 0 ? <Empty>{t('nothing')}</Empty> : <Lines book={data} />}
        </>
      )}
    </>
  );
}

/** From which day to which, both included; as typed, and kept in the address. */
function DaysForm({ days }: { readonly days: Days }) {
  const { t, i18n } = useTranslation('book');
  const [, change] = useAddress();
  const [typed, setTyped] = useState({
    from: writtenDay(days.from, i18n.language),
    until: writtenDay(days.until, i18n.language),
  });
  const [wrong, setWrong] = useState<{ readonly from?: string | undefined; readonly until?: string | undefined }>({});
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const [from, until] = [typedDay(typed.from), typedDay(typed.until)];
    const isReversed = from !== null && until !== null && from > until;
    setWrong({
      from: from === null ? t('frame:form.date-wrong') : undefined,
      until: until === null ? t('frame:form.date-wrong') : isReversed ? t('order-wrong') : undefined,
    });
    if (from !== null && until !== null && !isReversed) change({ from, until });
  };
  return (
    <form onSubmit={submit} noValidate className="motcua-no-print">
      <Group align="end" gap="sm" my="sm">
        {(['from', 'until'] as const).map((name) => (
          <DayField
            key={name}
            name={name}
            label={t(name)}
            value={typed[name]}
            error={wrong[name]}
            change={(value) => setTyped({ ...typed, [name]: value })}
          />
        ))}
        <Button type="submit" variant="default">
          {t('show')}
        </Button>
      </Group>
    </form>
  );
}

const columns = ['code', 'procedure', 'applicant', 'received', 'due', 'done', 'state'] as const;

function Lines({ book }: { readonly book: Book }) {
  const { t } = useTranslation('book');
  return (
    <TableRegion label={t('title')}>
      <Table>
        <Table.Caption>{t('lines', { count: book.rows.length, office: book.office })}</Table.Caption>
        <HeadRow labels={columns.map((column) => t(`column.${column}`))} />
        <Table.Tbody>
          {book.rows.map((row) => (
            <Line key={row.dossierId} row={row} />
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}

function Line({ row }: { readonly row: Book['rows'][number] }) {
  const { t, i18n } = useTranslation('book');
  const language = i18n.language as keyof typeof row.status;
  const isMoved = row.dueAt !== row.firstDueAt;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Anchor className="motcua-code" href={`/dossiers/${row.code}`}>
          {row.code}
        </Anchor>
      </Table.Th>
      <Table.Td>{row.procedure[language]}</Table.Td>
      <Table.Td>{row.applicant?.name ?? t('nobody')}</Table.Td>
      <Table.Td>
        <Moment at={row.receivedAt} />
      </Table.Td>
      <Table.Td>
        {row.firstDueAt && <Moment at={row.firstDueAt} />}
        {isMoved && row.dueAt && (
          <Text size="sm">
            {t('moved')} <Moment at={row.dueAt} />
          </Text>
        )}
      </Table.Td>
      <Table.Td>{row.processedAt && <Moment at={row.processedAt} />}</Table.Td>
      <Table.Td>
        {row.status[language]}
        {row.outcome && <Text size="sm">{t(`outcome.${row.outcome}`)}</Text>}
      </Table.Td>
    </Table.Tr>
  );
}
