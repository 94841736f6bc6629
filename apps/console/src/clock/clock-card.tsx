import { Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explanationQuery } from '../api/reads';
import type { DossierView, Explanation } from '../api/views';
import { useUnasked } from '../live/unasked';
import { Moment } from '../parts/moment';
import { Failed, Loading } from '../parts/states';
import { ClockBadge } from './clock-badge';
import { clockStateOf } from './clock-state';
import { workingTimeWords } from './use-clock-words';
import { clockOf } from './whose-clock';

/** How often what is left is asked anew; desk alone reckons with working time. */
const EACH_MS = 60_000;

/** The one clock that office, head and applicant see: the moment, what is left of it, whose time runs, and why it is that date. */
export function ClockCard({ view }: { readonly view: DossierView }) {
  const { t, i18n } = useTranslation('clock');
  const { data, error, refetch } = useQuery(explanationQuery(view.dossierId, i18n.language));
  useUnasked(() => void refetch(), EACH_MS, false);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const left = data?.workingMsLeft ?? null;
  const state = clockStateOf(view, left);
  const pause = view.suspensions.find(({ until }) => until === null);
  return (
    <Paper
      withBorder
      p="sm"
      className={`motcua-clock-card motcua-clock-card-${state}`}
      component="section"
      aria-label={t('title')}
    >
      <Stack gap={4}>
        <Group gap="sm">
          <ClockBadge state={state} workingMsLeft={left} />
          <Text fw={700}>{t(`whose.${clockOf(view)}`)}</Text>
        </Group>
        {data === null ? <Text>{t('no-limit')}</Text> : <Due data={data} />}
        {pause && (
          <Text size="sm">
            {t(`paused.${pause.reason}`)}, {t('since')} <Moment at={pause.from} />
            {view.answerDueAt !== null && (
              <>
                {'; '}
                {t('answer-due')} <Moment at={view.answerDueAt} />
              </>
            )}
          </Text>
        )}
        {view.firstDue.appointmentAt !== null && view.firstDue.appointmentAt !== view.due.appointmentAt && (
          <Text size="sm">
            {t('first-promised')} <Moment at={view.firstDue.appointmentAt} />
          </Text>
        )}
        {view.plannedAt !== null && (
          <Text size="sm">
            {t('planned')} <Moment at={view.plannedAt} />
          </Text>
        )}
        {data !== null && <Why data={data} />}
      </Stack>
    </Paper>
  );
}

function Due({ data }: { readonly data: Explanation }) {
  const { t } = useTranslation('clock');
  return (
    <Text>
      {t(`due-at.${data.of}`)}{' '}
      <Text span fw={700} size="lg">
        <Moment at={data.dueAt} />
      </Text>
    </Text>
  );
}

/** Each day that counted and each that did not, the pauses, and by which versions it was reckoned. */
function Why({ data }: { readonly data: Explanation }) {
  const { t } = useTranslation('clock');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div>
      <Button variant="default" size="compact-sm" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {t('why')}
      </Button>
      {isOpen && (
        <Stack gap="xs" mt="xs">
          <Title order={2} size="h5">
            {t('why')}
          </Title>
          <List size="sm" type="ordered">
            {data.why.map((sentence, index) => (
              <List.Item key={index}>{sentence}</List.Item>
            ))}
          </List>
          {data.extension !== null && (
            <Text size="sm">
              {t('extended-on')} <Moment at={data.extension.madeAt} />
            </Text>
          )}
          {data.stops.length > 0 && (
            <>
              <Text size="sm" fw={700}>
                {t('stops')}
              </Text>
              <List size="sm">
                {data.stops.map(({ reason, from, until, workingMs }) => (
                  <List.Item key={from}>
                    {t(`paused.${reason}`)}: <Moment at={from} /> –{' '}
                    {until === null ? t('until-now') : <Moment at={until} />}
                    {workingMs !== null && `, ${t('moved-by', { time: workingTimeWords(t, workingMs) })}`}
                  </List.Item>
                ))}
              </List>
            </>
          )}
          <Text size="sm" c="dimmed">
            {data.workingMsUsed !== null && <>{t('used', { time: workingTimeWords(t, data.workingMsUsed) })}. </>}
            {t('versions', { procedure: data.procedureVersion, calendar: data.calendar })}
          </Text>
        </Stack>
      )}
    </div>
  );
}
