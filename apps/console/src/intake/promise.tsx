import { Alert, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProcedureInForce, PromisedDates } from '../api/views';
import { useUnasked } from '../live/unasked';
import { Moment } from '../parts/moment';
import { moneyInWords } from '../parts/money';
import { Failed, Loading } from '../parts/states';
import type { Language } from '../words/words';
import { ANEW_MS, promiseQuery } from './intake-reads';

/** The date that would be promised now, and why: before anybody says yes. */
export function PromisePanel({
  procedure,
  channel,
}: {
  readonly procedure: ProcedureInForce | null;
  readonly channel: string;
}) {
  const { t } = useTranslation('intake');
  const isOffered = procedure !== null && procedure.channels.some((one) => one === channel);
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="promise-title">
      <Title order={2} size="h5" id="promise-title" mb="xs">
        {t('promise.title')}
      </Title>
      {isOffered ? (
        <Asked procedure={procedure} channel={channel} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('promise.choose')}
        </Text>
      )}
    </Paper>
  );
}

function Asked({ procedure, channel }: { readonly procedure: ProcedureInForce; readonly channel: string }) {
  const { i18n } = useTranslation('intake');
  const { data, error, refetch } = useQuery(promiseQuery(procedure.code, channel, i18n.language));
  useUnasked(() => void refetch(), ANEW_MS, false);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <Promised dates={data} procedure={procedure} />;
}

function Promised({ dates, procedure }: { readonly dates: PromisedDates; readonly procedure: ProcedureInForce }) {
  const { t, i18n } = useTranslation('intake');
  const promised = dates.appointment ?? dates.legal;
  const { fee } = procedure;
  return (
    <Stack gap="xs">
      {promised === null ? (
        <Text>{t('promise.none')}</Text>
      ) : (
        <Text size="xl" fw={700} role="status">
          <Moment at={promised.dueAt} />
        </Text>
      )}
      {dates.legal && dates.legal.dueAt !== promised?.dueAt && (
        <Text size="sm">
          {t('promise.legal')} <Moment at={dates.legal.dueAt} />
        </Text>
      )}
      {fee && (
        <Text size="sm">
          {t('promise.fee')} {moneyInWords(fee.amountMinor, fee.currency, i18n.language as Language)}
        </Text>
      )}
      {dates.sample && (
        <Alert color="orange" role="note">
          {t('promise.sample')}
        </Alert>
      )}
      {promised && (
        <>
          <Title order={3} size="h6">
            {t('promise.why')}
          </Title>
          <List size="sm" type="ordered">
            {promised.why.map((sentence, index) => (
              <List.Item key={index}>{sentence}</List.Item>
            ))}
          </List>
        </>
      )}
      <Text size="xs" c="dimmed">
        {t('promise.versions', { procedure: dates.procedureVersion, calendar: dates.calendar })}
      </Text>
    </Stack>
  );
}
