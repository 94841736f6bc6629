import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDayWords, useMonthWords } from '../../parts/day-words';
import { HeadRow } from '../../parts/head-row';
import { TableRegion } from '../../parts/table-region';
import type { Language } from '../../words/words';
import type { CalendarDay, CalendarView } from './calendar-reads';
import { columnOf, markOf, marks, monthsOf } from './marks';

interface YearProps {
  readonly year: string;
  readonly calendar: CalendarView;
}

/**
 * A year at a glance, and beside it the list of its special days with the law behind each. The picture is for eyes alone: all
 * that it says beyond the weekdays is in the list.
 */
export function Year({ year, calendar: { days, changes } }: YearProps) {
  const { t } = useTranslation('calendars');
  const changed = new Set(changes.map(({ date }) => date));
  const special = days.filter((day) => day.date.startsWith(year) && day.special !== null);
  return (
    <div className="motcua-year">
      <div aria-hidden="true">
        <div className="motcua-months">
          {monthsOf(year, days).map((month) => (
            <Month key={month[0]?.date} days={month} changed={changed} />
          ))}
        </div>
        <div className="motcua-legend">
          {marks.map((mark) => (
            <span key={mark}>
              <span className="motcua-day" data-mark={mark}>
                8
              </span>{' '}
              {t(`kind.${mark}`)}
            </span>
          ))}
          {changed.size > 0 && (
            <span>
              <span className="motcua-day" data-changed>
                8
              </span>{' '}
              {t('changed')}
            </span>
          )}
        </div>
      </div>
      <SpecialDays year={year} days={special} changed={changed} />
    </div>
  );
}

interface MonthProps {
  readonly days: readonly CalendarDay[];
  readonly changed: ReadonlySet<string>;
}

function Month({ days, changed }: MonthProps) {
  const { t, i18n } = useTranslation('calendars');
  const monthWords = useMonthWords();
  const [first] = days;
  if (!first) return null;
  return (
    <div>
      <div className="motcua-month-name">{monthWords(first.date)}</div>
      <div className="motcua-days">
        {t('weekdays')
          .split(' ')
          .map((name) => (
            <span key={name} className="motcua-weekday">
              {name}
            </span>
          ))}
        {days.map((day) => (
          <span
            key={day.date}
            className="motcua-day"
            data-mark={markOf(day)}
            data-changed={changed.has(day.date) || undefined}
            style={day === first ? { gridColumnStart: columnOf(day) } : undefined}
            title={
              day.special ? `${day.special.name[i18n.language as Language]} · ${day.special.legalBasis}` : undefined
            }
          >
            {Number(day.date.slice(8))}
          </span>
        ))}
      </div>
    </div>
  );
}

interface SpecialDaysProps extends MonthProps {
  readonly year: string;
}

function SpecialDays({ year, days, changed }: SpecialDaysProps) {
  const { t, i18n } = useTranslation('calendars');
  const dayWords = useDayWords();
  const label = t('special-days', { year });
  if (days.length === 0) return <Text size="sm">{t('no-special-days', { year })}</Text>;
  return (
    <TableRegion label={label} className="motcua-special-days">
      <Table aria-label={label}>
        <HeadRow labels={[t('day'), t('what'), t('legal-basis')]} />
        <Table.Tbody>
          {days.map(({ date, special }) => (
            <Table.Tr key={date}>
              <Table.Th scope="row">{dayWords(date)}</Table.Th>
              <Table.Td>
                {special?.name[i18n.language as Language]}
                <Text size="xs" c="dimmed">
                  {t(`kind.${special?.kind ?? 'ordinary'}`)}
                  {changed.has(date) && ` · ${t('changed')}`}
                </Text>
              </Table.Td>
              <Table.Td>{special?.legalBasis}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}
