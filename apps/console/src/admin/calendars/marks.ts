import type { CalendarDay } from './calendar-reads';

/** How a day is told apart in the picture of a year: by shape and sign, so that no colour is needed. */
export const marks = [
  'holiday',
  'substitute-day',
  'closure',
  'moved-working-day',
  'half-day',
  'rest',
  'ordinary',
] as const;
export type Mark = (typeof marks)[number];

export function markOf({ special, isWorked }: CalendarDay): Mark {
  return special?.kind ?? (isWorked ? 'ordinary' : 'rest');
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The column of a weekday, from 1; weeks begin on Monday. */
export function columnOf({ weekday }: Pick<CalendarDay, 'weekday'>): number {
  return weekdays.indexOf(weekday) + 1;
}

/** The days of a year by month, in the order of the calendar. */
export function monthsOf(year: string, days: readonly CalendarDay[]): readonly (readonly CalendarDay[])[] {
  const months = new Map<string, CalendarDay[]>();
  for (const day of days.filter(({ date }) => date.startsWith(year))) {
    const month = day.date.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), day]);
  }
  return [...months.values()];
}
