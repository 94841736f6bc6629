import { Button, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryQuery, proceduresQuery, useNames } from '../api/reads';
import { QueueLink } from '../parts/queue-link';
import { sessionQuery } from '../api/session';
import { CommandOnDossier } from '../dossier/command-on-dossier';
import { WaitingApprovals } from '../approvals/waiting-approvals';
import { Empty, Failed, Loading } from '../parts/states';
import { useLive } from '../live/live';
import { useNow } from '../now';
import { AcknowledgeDialog } from './acknowledge-dialog';
import { AlertItem, isCommand, type AlertAct, type AlertDone } from './alert-item';
import { alertsShown, holdersOfMany, withTold, type Alert, type ToldAlerts } from './alert-list';
import './alerts.css';
import { ALERTS_AT_ONCE, alertsQuery } from './alerts-query';
import { alertWords } from './open-alerts';
import { AskDialog } from './ask-dialog';
import { useStandings } from './standings';

interface Begun {
  readonly act: AlertAct;
  readonly alert: Alert;
}

/** What was told to the reader and nobody has taken up, earliest due first, with what can be done about it; live. */
export default function AlertsPage() {
  const { t, i18n } = useTranslation('alerts');
  useQuery(directoryQuery); // Names are there before the first alert comes.
  useQuery(proceduresQuery(i18n.language));
  const { data, error, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(alertsQuery);
  const [told, setTold] = useState<ToldAlerts>(new Map());
  const [begun, setBegun] = useState<Begun | null>(null);
  const names = useNames();
  const [done, setDone] = useState<ReadonlyMap<string, AlertDone>>(new Map());
  const nowMs = useNow();
  useLive('alert', (alert) => setTold((before) => withTold(before, alert)));
  const all = useMemo(() => alertsShown(data?.pages.flatMap(({ alerts }) => alerts) ?? [], told), [data, told]);
  const shown = all.slice(0, (data?.pages.length ?? 0) * ALERTS_AT_ONCE);
  const open = all.filter(({ state }) => state === 'open').length;
  const close = () => setBegun(null);
  const isDone = ({ alert }: Begun, how: AlertDone) => setDone((before) => new Map(before).set(alert.seq, how));
  const { data: session } = useSuspenseQuery(sessionQuery);
  const standings = useStandings(shown);
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      {'approve' in session.rights && <WaitingApprovals />}
      {data && open > 0 && (
        <Text size="sm" mb="sm">
          {alertWords(t, { count: open, isAtLeast: hasNextPage })}
        </Text>
      )}
      {holdersOfMany(all).map(({ officialId, count }) => (
        <Text key={officialId} size="sm" mb={4}>
          {t('many', { name: names.official(officialId), count })}{' '}
          <QueueLink underline="always" search={{ q: 'all', holder: officialId }}>
            {t('act-on-many')}
          </QueueLink>
        </Text>
      ))}
      {data?.pages[0]?.standsInFor === null && <Text size="sm">{t('stands-in-unknown')}</Text>}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && all.length === 0 && <Empty>{t('nothing')}</Empty>}
      {shown.length > 0 && (
        <ol className="motcua-alerts" aria-label={t('title')}>
          {shown.map((alert) => (
            <AlertItem
              key={alert.seq}
              alert={alert}
              nowMs={nowMs}
              standing={standings.get(alert.dossierId) ?? null}
              done={done.get(alert.seq) ?? null}
              begin={(act) => setBegun({ act, alert })}
            />
          ))}
        </ol>
      )}
      {data && (hasNextPage || shown.length < all.length) && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      <Suspense>
        {begun?.act === 'acknowledge' && (
          <AcknowledgeDialog alert={begun.alert} close={close} done={() => isDone(begun, begun.act)} />
        )}
        {begun?.act === 'ask' && <AskDialog alert={begun.alert} close={close} done={() => isDone(begun, begun.act)} />}
        {begun !== null && isCommand(begun.act) && (
          <CommandOnDossier
            name={begun.act}
            dossierId={begun.alert.dossierId}
            close={close}
            done={(isProposed) => isDone(begun, isProposed ? 'proposed' : begun.act)}
          />
        )}
      </Suspense>
    </>
  );
}
