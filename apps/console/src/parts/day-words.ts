import { useTranslation } from 'react-i18next';
import { localeOf } from './moment';

/** A day's date belongs to no zone: it is written as it stands. */
const day = { weekday: 'short', day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' } as const;
const month = { month: 'long', timeZone: 'UTC' } as const;

/** Writes a day of a calendar, `YYYY-MM-DD`, in the page's language. */
export function useDayWords(): (date: string) => string {
  const { i18n } = useTranslation('frame');
  const format = new Intl.DateTimeFormat(localeOf(i18n.language), day);
  return (date) => format.format(Date.parse(date));
}

/** Writes the month of a day, `YYYY-MM-DD`. */
export function useMonthWords(): (date: string) => string {
  const { i18n } = useTranslation('frame');
  const format = new Intl.DateTimeFormat(localeOf(i18n.language), month);
  return (date) => format.format(Date.parse(date));
}
