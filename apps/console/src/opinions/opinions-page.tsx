import { Anchor, Button, Table, Text, Title } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/ask';
import type { components } from '../api/desk';
import { dossierIdQuery, proceduresQuery, useNames } from '../api/reads';
import { ClockBadge } from '../clock/clock-badge';
import { clockStateOf } from '../clock/clock-state';
import { useUnasked } from '../live/unasked';
import { dossierPath } from '../parts/dossier-path';
import { HeadRow } from '../parts/head-row';
import { Moment } from '../parts/moment';
import { useReasonWords } from '../parts/reason-words';
import { Empty, Failed, Loading } from '../parts/states';
import { TableRegion } from '../parts/table-region';
import type { Language } from '../words/words';

type OpenOpinion = components['schemas']['OpenOpinion'];

const AT_ONCE = 50;
const FIRST: { readonly after?: string } = {};

/** How often the list is compared where the live connection is not to be had. */
const WITHOUT_LIVE_MS = 60_000;

/** What the reader's office is asked for and has not answered, earliest due first. */
const opinionsQuery = infiniteQueryOptions({
  queryKey: ['opinions'],
  queryFn: async ({ pageParam, signal }) =>
    (await ask('/opinions', { query: { limit: AT_ONCE, ...pageParam }, signal })).body,
  initialPageParam: FIRST,
  getNextPageParam: ({ next }) => (next === null ? undefined : { after: next }),
});

/** What one's office is asked for, earliest due first: each line opens the dossier, where it is read and answered. */
export default function OpinionsPage() {
  const { t } = useTranslation('opinions');
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(opinionsQuery);
  useUnasked(() => void refetch(), WITHOUT_LIVE_MS, true);
  const asked = data?.pages.flatMap(({ opinions }) => opinions) ?? [];
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <Text size="sm" mb="sm">
        {t('about')}
      </Text>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && asked.length === 0 && <Empty>{t('nothing')}</Empty>}
      {asked.length > 0 && <Asked opinions={asked} />}
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

const columns = ['code', 'procedure', 'question', 'clock', 'due', 'asked', 'holder'] as const;

function Asked({ opinions }: { readonly opinions: readonly OpenOpinion[] }) {
  const { t } = useTranslation('opinions');
  return (
    <TableRegion label={t('title')}>
      <Table miw={1080}>
        <HeadRow labels={columns.map((column) => t(`column.${column}`))} />
        <Table.Tbody>
          {opinions.map((opinion) => (
            <Row key={opinion.opinionId} opinion={opinion} />
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}

function Row({ opinion }: { readonly opinion: OpenOpinion }) {
  const { t, i18n } = useTranslation('opinions');
  const names = useNames();
  const inWords = useReasonWords();
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const { procedureCode, questionCode, onSilence, dueAt, workingMsLeft, asked, holder } = opinion;
  const procedure = procedures?.find(({ code }) => code === procedureCode)?.names[i18n.language as Language];
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <DossierLink opinion={opinion} />
      </Table.Th>
      <Table.Td>{procedure ?? procedureCode}</Table.Td>
      <Table.Td>
        {inWords(questionCode)}
        {onSilence === 'consent' && (
          <Text size="xs" fw={700}>
            {t('silence-is-consent')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <ClockBadge state={clockStateOf(waiting, workingMsLeft)} workingMsLeft={workingMsLeft} />
      </Table.Td>
      <Table.Td>
        <Moment at={dueAt} />
      </Table.Td>
      <Table.Td>
        {names.official(asked.officialId)}
        <Text size="xs">{names.office(asked.officeId)}</Text>
      </Table.Td>
      <Table.Td>
        {names.official(holder.officialId)}
        <Text size="xs">{names.office(holder.officeId)}</Text>
      </Table.Td>
    </Table.Tr>
  );
}

/** An opinion's time runs on whatever the dossier waits for. */
const waiting = { status: 'in-process', clockRuns: true } as const;

function DossierLink({ opinion: { code, dossierId } }: { readonly opinion: OpenOpinion }) {
  const { t } = useTranslation('opinions');
  const queries = useQueryClient();
  const address = dossierPath(code, dossierId);
  // The list knows the id already, so the page need not ask which dossier has this code.
  const remember = () => code !== null && queries.setQueryData(dossierIdQuery(code).queryKey, dossierId);
  return (
    <Anchor component={Link} to={address} fw={700} className="motcua-code" onClick={remember}>
      {code ?? t('dossier:no-code')}
    </Anchor>
  );
}
