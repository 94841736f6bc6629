import { List, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNames } from '../api/reads';
import { workingTimeWords } from '../clock/use-clock-words';
import { Moment } from '../parts/moment';
import { Failed, Loading } from '../parts/states';
import { responsibilityQuery, type Lateness } from './audit-reads';
import { Mark } from './mark';

/** Who held the dossier when what was promised passed; counted by desk from the journal alone. */
export function WhoseLateness({ dossierId }: { readonly dossierId: string }) {
  const { t } = useTranslation('audit');
  const { data, error, refetch } = useQuery(responsibilityQuery(dossierId));
  return (
    <Paper withBorder p="sm" mb="md" component="section" aria-labelledby="lateness-title">
      <Title order={2} size="h5" id="lateness-title" mb={4}>
        {t('lateness.title')}
      </Title>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Said lateness={data.lateness.appointment ?? data.lateness.legal ?? data.lateness.acceptance} />}
    </Paper>
  );
}

/** Against the first promise: what was promised later mends nothing. */
function Said({ lateness }: { readonly lateness: Lateness | null }) {
  const { t } = useTranslation('audit');
  const { t: ofClock } = useTranslation('clock');
  const names = useNames();
  if (lateness === null) return <Text size="sm">{t('lateness.no-promise')}</Text>;
  const { promisedAt, breach, lateMs, shares } = lateness;
  const promised = (
    <Text size="sm">
      {t('lateness.promised')} <Moment at={promisedAt} />
    </Text>
  );
  if (breach === null)
    return (
      <>
        {promised}
        <Text size="sm">
          <Mark agrees>{t('lateness.in-time')}</Mark>
        </Text>
      </>
    );
  const { holder } = breach;
  return (
    <>
      {promised}
      <Text fw={700}>
        {t('lateness.breach')} <Moment at={breach.at} />:{' '}
        {holder === null
          ? t('lateness.elsewhere')
          : [names.official(holder.officialId), names.post(holder.postId), names.office(holder.officeId)].join(', ')}
      </Text>
      <Text size="sm">{t('lateness.late-by', { time: workingTimeWords(ofClock, lateMs) })}</Text>
      <List size="sm">
        {shares
          .filter(({ heldLateMs }) => heldLateMs > 0)
          .map(({ holder: one, heldLateMs }) => (
            <List.Item key={`${one.officialId} ${one.postId}`}>
              {names.official(one.officialId)}, {names.post(one.postId)}:{' '}
              {t('lateness.held-late', { time: workingTimeWords(ofClock, heldLateMs) })}
            </List.Item>
          ))}
      </List>
    </>
  );
}
