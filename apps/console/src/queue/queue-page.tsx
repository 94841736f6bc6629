import { Button, Group, Tabs, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { newestQuery, queueQuery, type QueueFilters } from '../api/reads';
import { sessionQuery } from '../api/session';
import type { QueuePage as Page } from '../api/views';
import { useUnasked } from '../live/unasked';
import { useAddress } from '../parts/address';
import { Empty, Failed, Loading } from '../parts/states';
import { BulkBar } from '../bulk/bulk-bar';
import { useChoice } from './choice';
import { figureIn } from './figure';
import { FigureView } from './figure-view';
import { Filters } from './filters';
import './queue.css';
import { QueueTable } from './queue-table';
import { SavedViews } from './saved-views';
import { asOfNow, filtersOf, newSince, queueViews, viewOf, type QueueView } from './views';

/** The day's work: what is due first stands first, late on top. Each view and filter is an address of its own. */
export default function QueuePage() {
  const { t } = useTranslation('queue');
  const [address] = useAddress();
  const view = viewOf(address);
  const filters = filtersOf(address);
  const navigate = useNavigate();
  const figure = figureIn(address);
  const open = (next: string | null) => void navigate({ to: '/queue', search: { q: next ?? 'mine' } });
  if (figure !== null) return <FigureView key={JSON.stringify(figure)} figure={figure} />;
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {t('title')}
        </Title>
        <SavedViews />
      </Group>
      <Tabs value={view} onChange={open} keepMounted={false} mt="xs">
        <Tabs.List aria-label={t('views')}>
          {queueViews.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`frame:view.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={view} pt="xs">
          <View key={view} view={view} filters={filters} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function View({ view, filters }: { readonly view: QueueView; readonly filters: QueueFilters }) {
  const { t } = useTranslation('queue');
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(queueQuery(view, filters));
  const { data: newest } = useQuery({ ...newestQuery(view, filters), enabled: false });
  const rows = useMemo(() => {
    const shown = data?.pages.flatMap((page) => page.rows) ?? [];
    return newest ? asOfNow(shown, newest.rows) : shown;
  }, [data, newest]);
  const counts = data?.pages[0]?.counts;
  const choice = useChoice();
  const { chosen, chooseAll } = choice;
  const more = () => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  };
  return (
    <>
      <Filters counts={counts ?? null} />
      <BulkBar chosen={rows.filter(({ dossierId }) => chosen.has(dossierId))} clear={() => chooseAll([])} />
      {data && <News view={view} filters={filters} shown={data.pages} />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && rows.length === 0 && (
        <Empty action={Object.keys(filters).length > 0 ? <ClearFilters view={view} /> : <WhereWorkWaits view={view} />}>
          {Object.keys(filters).length > 0 ? t('nothing-matches') : t(`nothing.${view}`)}
        </Empty>
      )}
      {rows.length > 0 && counts && (
        <QueueTable rows={rows} all={counts.all} label={t(`frame:view.${view}`)} more={more} choice={choice} />
      )}
    </>
  );
}

function ClearFilters({ view }: { readonly view: QueueView }) {
  const { t } = useTranslation('queue');
  const navigate = useNavigate();
  return (
    <Button variant="default" onClick={() => void navigate({ to: '/queue', search: { q: view } })}>
      {t('clear')}
    </Button>
  );
}

/** Who takes in holds little, and finds the day's work in another view. */
function WhereWorkWaits({ view }: { readonly view: QueueView }) {
  const { t } = useTranslation('queue');
  const navigate = useNavigate();
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (view !== 'mine' || !('accept' in session.rights)) return null;
  return (
    <Button variant="default" onClick={() => void navigate({ to: '/queue', search: { q: 'to-accept' } })}>
      {t('to-accept')}
    </Button>
  );
}

interface NewsProps {
  readonly view: QueueView;
  readonly filters: QueueFilters;
  readonly shown: readonly Page[];
}

/** How often the list is compared where the live connection is not to be had. */
const WITHOUT_LIVE_MS = 60_000;

/** Says that there is something new, and shows it when asked to: the list does not move under the reader's eyes. */
function News({ view, filters, shown }: NewsProps) {
  const { t } = useTranslation('queue');
  const queries = useQueryClient();
  const { data: newest, refetch } = useQuery({ ...newestQuery(view, filters), enabled: false });
  useUnasked(() => void refetch(), WITHOUT_LIVE_MS, true);
  const seen = useMemo(() => {
    const rows = shown.flatMap((page) => page.rows);
    return { ids: new Set(rows.map(({ dossierId }) => dossierId)), all: shown[0]?.counts.all ?? 0 };
  }, [shown]);
  const count = newest ? newSince(seen, newest) : 0;
  const show = () => void queries.resetQueries({ queryKey: ['queue', view] });
  return (
    <Group role="status" className="motcua-news" mih={count > 0 ? 34 : 0}>
      {count > 0 && (
        <>
          <Text size="sm">{t('new', { count })}</Text>
          <Button size="compact-sm" variant="default" onClick={show}>
            {t('show')}
          </Button>
        </>
      )}
    </Group>
  );
}
