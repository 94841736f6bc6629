import { Paper, Tabs, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { historyQuery } from '../api/reads';
import type { DossierView } from '../api/views';
import { useAddress } from '../parts/address';
import { Failed, Loading } from '../parts/states';
import { Record } from './record';
import { Story } from './story-panel';
import { Timeline } from './timeline';

const readings = ['story', 'timeline', 'record'] as const;

/** The same history read in three ways: as people tell it, as a picture, and as it was recorded. */
export function History({ view }: { readonly view: DossierView }) {
  const { t } = useTranslation('dossier');
  const [address, change] = useAddress();
  const { data: entries, error, refetch } = useQuery(historyQuery(view.dossierId));
  const reading = readings.find((one) => one === address['history']) ?? 'story';
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="history-title">
      <Title order={2} size="h5" id="history-title">
        {t('history')}
      </Title>
      <Tabs value={reading} onChange={(next) => change({ history: next ?? 'story' })} keepMounted={false}>
        <Tabs.List aria-label={t('history')}>
          {readings.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`reading.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={reading} pt="sm">
          {error && <Failed error={error} retry={() => void refetch()} />}
          {!entries && !error && <Loading />}
          {entries && reading === 'story' && <Story entries={entries} view={view} />}
          {entries && reading === 'timeline' && <Timeline view={view} />}
          {entries && reading === 'record' && <Record entries={entries} code={view.code ?? view.dossierId} />}
        </Tabs.Panel>
      </Tabs>
    </Paper>
  );
}
