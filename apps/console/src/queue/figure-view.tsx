import { Anchor, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/ask';
import { useMomentWords } from '../parts/moment';
import { Empty, Failed, Loading } from '../parts/states';
import { useGroupWords } from '../figures/group-words';
import { BulkBar } from '../bulk/bulk-bar';
import { useChoice } from './choice';
import type { FigureAsked } from './figure';
import { QueueTable } from './queue-table';

const PAGE = 200;
const FIRST_PAGE: { readonly cursor?: string } = {};

/** The dossiers that a figure counts, those that have ended too, oldest first. */
export function FigureView({ figure }: { readonly figure: FigureAsked }) {
  const { t } = useTranslation('figures');
  const words = useMomentWords();
  const groupWords = useGroupWords();
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['figure', figure],
    queryFn: async ({ pageParam, signal }) =>
      (await ask('/statistics/dossiers', { query: { ...figure, ...pageParam, limit: PAGE }, signal })).body,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: ({ next }) => (next === null ? undefined : { cursor: next }),
  });
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const choice = useChoice();
  const more = () => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  };
  const group = figure.by && figure.key ? groupWords(figure.by, figure.key) : null;
  const title = [t(`title-of.${figure.figure}`), group].filter((part) => part !== null).join(' – ');
  return (
    <>
      <Title order={1} size="h3">
        {title}
      </Title>
      <Text size="sm">{t('counted', { from: words(figure.from), until: words(figure.until) })}</Text>
      <Text size="sm">
        {t('column.how')}: {t(`how.${figure.figure}`)}
      </Text>
      <Text size="sm" fw={700} role="status">
        {data && t(hasNextPage ? 'behind-at-least' : 'behind', { count: rows.length })}
      </Text>
      <Anchor component="button" type="button" size="sm" onClick={() => history.back()}>
        {t('back')}
      </Anchor>
      <BulkBar
        chosen={rows.filter(({ dossierId }) => choice.chosen.has(dossierId))}
        clear={() => choice.chooseAll([])}
      />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && rows.length === 0 && <Empty>{t('nothing-behind')}</Empty>}
      {rows.length > 0 && <QueueTable rows={rows} all={rows.length} label={title} more={more} choice={choice} />}
    </>
  );
}
