import { datePlus, datePlusMonths, dayOf, localDate, type Day } from './day';
import type { Explanation, ExplainedDay } from './explanation';
import { instantOf, type Instant, type LocalDate } from './instant';
import type { Limit } from './limit';
import type { WorkCalendar } from './work-calendar';
import { nextOpening, shifted } from './working-time';

/** A due instant, and why it is that one. */
export interface Due {
  readonly dueAt: Instant;
  readonly explanation: Explanation;
}

/**
 * When something begun at an instant is due.
 *
 * What comes in outside of opening time counts from the next opening. Working hours count on from there. Limits in days and
 * months do not count the first day (Civil Code 2015, Art. 147) and are due when work ends on the last; one that ends on a
 * day off moves forward to the next working day (Art. 148).
 *
 * @throws CalendarNotValid when a day needed lies outside of the calendar
 */
export function dueAfter(calendar: WorkCalendar, start: Instant, limit: Limit): Due {
  const countedFrom = nextOpening(calendar, start);
  const { dueAt, days } =
    limit.unit === 'WORKING_HOUR' ? byHours(calendar, countedFrom, limit) : byDays(calendar, countedFrom, limit);
  const { id, version, timeZone } = calendar;
  const explanation: Explanation = {
    kind: 'counted',
    limit,
    startedAt: start,
    countedFrom,
    days,
    dueAt,
    calendar: `${id}/${version}`,
    timeZone,
  };
  return { dueAt, explanation };
}

type Counting = Pick<Due, 'dueAt'> & { readonly days: readonly ExplainedDay[] };

function byHours(calendar: WorkCalendar, from: Instant, { amount }: Limit): Counting {
  const { at, counted } = shifted(calendar, from, amount * 3_600_000);
  const days = counted.map(({ day, workingMs }) =>
    day.off ? skipped(day) : { date: day.date, counts: 'hours' as const, workingMs },
  );
  return { dueAt: at, days };
}

function byDays(calendar: WorkCalendar, from: Instant, limit: Limit): Counting {
  let date = localDate(calendar, from);
  const last = lastDateOf(date, limit);
  const days: ExplainedDay[] = [{ date, counts: 'first-day' }];
  for (let counted = 0; last === null ? counted < limit.amount : date < last;) {
    date = datePlus(date, 1);
    const day = dayOf(calendar, date);
    const counts = last !== null || day.off === null;
    if (counts) counted += 1;
    days.push(counts ? { date, counts: 'day' } : skipped(day));
  }
  while (dayOf(calendar, date).off !== null) {
    date = datePlus(date, 1);
    const day = dayOf(calendar, date);
    days.push(day.off === null ? { date, counts: 'moved-here' } : skipped(day));
  }
  return { dueAt: closing(dayOf(calendar, date)), days };
}

/** The last day of a limit that counts every day; null for one that counts working days only. */
function lastDateOf(first: LocalDate, { amount, unit }: Limit): LocalDate | null {
  if (unit === 'MONTH') return datePlusMonths(first, amount);
  return unit === 'CALENDAR_DAY' ? datePlus(first, amount) : null;
}

function skipped({ date, off }: Day): ExplainedDay {
  if (off === null) throw new RangeError(`${date} is a working day.`);
  return { date, counts: 'no', ...off };
}

function closing({ open }: Day): Instant {
  return instantOf(open.at(-1)?.[1] ?? Number.NaN);
}
