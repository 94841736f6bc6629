import { Group, NativeSelect, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../../api/reads';
import { nowMs } from '../../now';
import { useAddress } from '../../parts/address';
import { useDayWords } from '../../parts/day-words';
import { dayAt } from '../../parts/days';
import { Failed, Loading, Notice } from '../../parts/states';
import { CatalogueProposals } from '../catalogue/catalogue-proposals';
import { FilePanel } from '../catalogue/file-panel';
import { calendarQuery, calendarsQuery, type CalendarView } from './calendar-reads';
import './calendars.css';
import { ChangesTable } from './changes-table';
import { RecomputationPanel } from './recomputation-panel';
import { Year } from './year';

/** One calendar as a year, in the version in force or an earlier one; a new version taken in, and what it means. */
export default function CalendarPage() {
  const { t } = useTranslation('calendars');
  const { id = '' }: { readonly id?: string } = useParams({ strict: false });
  const [address] = useAddress();
  const { data, error, refetch } = useQuery(calendarsQuery);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const listed = data.find((one) => one.id === id);
  if (!listed) return <Notice title={t('no-such', { id })}>{t('no-such-text')}</Notice>;
  const version = listed.versions.find((one) => one === address['version']) ?? listed.versions[0] ?? '';
  return (
    <>
      <Title order={1} size="h3">
        {t('title-of', { id })}
      </Title>
      {listed.inherits !== null && <Text size="sm">{t('inherits-from', { id: listed.inherits })}</Text>}
      <CatalogueProposals />
      <Version key={version} id={id} version={version} versions={listed.versions} />
      <FilePanel />
      <RecomputationPanel />
    </>
  );
}

interface VersionProps {
  readonly id: string;
  readonly version: string;
  readonly versions: readonly string[];
}

function Version({ id, version, versions }: VersionProps) {
  const { t } = useTranslation('calendars');
  const [, change] = useAddress();
  const { data, error, refetch } = useQuery(calendarQuery(id, version));
  const choose = (
    <NativeSelect
      label={t('version')}
      value={version}
      data={versions.map((one, index) => ({ value: one, label: index === 0 ? t('newest', { version: one }) : one }))}
      onChange={(event) => change({ version: event.currentTarget.value })}
    />
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <Shown calendar={data} choose={choose} />;
}

function Shown({ calendar, choose }: { readonly calendar: CalendarView; readonly choose: ReactNode }) {
  const { t } = useTranslation('calendars');
  const { data: me } = useSuspenseQuery(meQuery);
  const dayWords = useDayWords();
  const [address, change] = useAddress();
  const years = [...new Set(calendar.days.map(({ date }) => yearOf(date)))];
  const present = yearOf(dayAt(nowMs(), me.timeZone));
  const year = [address['year'], present, years.at(-1)].find((one) => one !== undefined && years.includes(one)) ?? '';
  const { before, changes, announcedUntil, days } = calendar;
  return (
    <>
      <Group align="end" gap="sm" my="xs">
        {choose}
        <NativeSelect
          label={t('year')}
          value={year}
          data={years}
          onChange={(event) => change({ year: event.currentTarget.value })}
        />
        {days.some(({ date }) => yearOf(date) === year && date > announcedUntil) && (
          <Text size="sm">{t('estimate', { day: dayWords(announcedUntil) })}</Text>
        )}
      </Group>
      <Year year={year} calendar={calendar} />
      {before !== null && (
        <details className="motcua-changes">
          <summary>{t('changes-against', { count: changes.length, before })}</summary>
          <ChangesTable changes={changes} />
        </details>
      )}
    </>
  );
}

function yearOf(date: string): string {
  return date.slice(0, 4);
}
