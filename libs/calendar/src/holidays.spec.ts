import Holidays from 'date-holidays';
import { netherlands, vietNam } from '../test/calendars';
import { endOfWorkingDay, localDate, type WorkCalendar } from './index';

/* Our data beside that of a package of others: each public holiday it knows is off in ours. It knows no moved working days. */

const HOUR = 3_600_000;

/** The public holidays and substitute days of a year, by their days on the wall. */
function publicHolidays(country: string, year: number, calendar: WorkCalendar): readonly string[] {
  const found = new Holidays(country).getHolidays(year).filter(({ type }) => type === 'public');
  return found.flatMap(({ start, end }) => {
    const days = Math.round((end.getTime() - start.getTime()) / (24 * HOUR));
    return Array.from({ length: days }, (_, day) =>
      localDate(calendar, new Date(start.getTime() + (24 * day + 1) * HOUR).toISOString()),
    );
  });
}

test.each([
  ...[2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027].map((year) => ['VN', year, vietNam] as const),
  ...[2010, 2011, 2012, 2013].map((year) => ['NL', year, netherlands] as const),
])('%s %i: every public holiday that others know is off here', (country, year, calendar) => {
  const known = publicHolidays(country, year, calendar).filter((date) => date.startsWith(String(year)));

  expect(known.length).toBeGreaterThanOrEqual(8);
  expect(known.filter((date) => endOfWorkingDay(calendar, date) !== null)).toEqual([]);
});
