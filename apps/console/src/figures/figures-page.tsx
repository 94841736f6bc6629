import { Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../api/reads';
import { nowMs } from '../now';
import { useAddress, type Address } from '../parts/address';
import { dayAt, instantsOf, type Days } from '../parts/days';
import { Empty, Failed, Loading } from '../parts/states';
import { typedDay } from '../parts/typed-moment';
import { BalancesTable, RatesTable, WhatWasCounted } from './figures-tables';
import './figures.css';
import { groupedBy, GroupingChoice, GroupsTable } from './groups-table';
import { figuresQuery } from './figures-query';
import { daysOf } from './period';
import { PeriodForm } from './period-form';

/** How many dossiers came, were settled and are pending in a period, and how many were on time: each with how it is counted. */
export default function FiguresPage() {
  const { t } = useTranslation('figures');
  const { data: me } = useSuspenseQuery(meQuery);
  const [address] = useAddress();
  const [today] = useState(() => dayAt(nowMs(), me.timeZone));
  const days = daysIn(address) ?? daysOf('this-month', today);
  const officeId = address['office'];
  const by = groupedBy(address['by']);
  const asked = { ...instantsOf(days, me.timeZone), officeId, by: by ?? undefined };
  const { data, error, refetch } = useQuery(figuresQuery(asked));
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <PeriodForm key={`${days.from} ${days.until}`} days={days} officeId={officeId ?? ''} today={today} />
      <GroupingChoice by={by} />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <WhatWasCounted figures={data} />
          {data.received.total === 0 ? (
            <Empty>{t('nothing')}</Empty>
          ) : (
            <>
              {by !== null && <GroupsTable figures={data} by={by} />}
              <BalancesTable figures={data} />
              <RatesTable figures={data} />
            </>
          )}
        </>
      )}
    </>
  );
}

/** The period that an address names; null where it names none that can be. */
function daysIn(address: Address): Days | null {
  const [from, until] = [typedDay(address['from'] ?? ''), typedDay(address['until'] ?? '')];
  return from !== null && until !== null && from <= until ? { from, until } : null;
}
