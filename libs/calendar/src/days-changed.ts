import type { Localized } from '#contracts';
import { localDate, type Instant, type LocalDate } from './instant';
import { Timeline, type Day } from './timeline';
import type { WorkCalendar } from './work-calendar';

/** A day whose opening time is another in another calendar, and what each says of it; null where it is like its weekday. */
export interface ChangedDay {
  readonly date: LocalDate;
  readonly was: Localized | null;
  readonly is: Localized | null;
  /** Of what the newer says, else of what the older said; null where both say nothing: the hours of the week are others. */
  readonly legalBasis: string | null;
}

/** The days of which two calendars of one zone say another opening time, where both say something, oldest first. */
export function daysChanged(before: WorkCalendar, then: WorkCalendar): readonly ChangedDay[] {
  if (before === then) return [];
  const older = new Map(Timeline.of(before).days.map((day) => [day.date, day]));
  return Timeline.of(then).days.flatMap((day) => {
    const other = older.get(day.date);
    if (!other || opensAlike(other, day)) return [];
    const legalBasis = day.special?.legalBasis ?? other.special?.legalBasis ?? null;
    return [{ date: day.date, was: other.special?.name ?? null, is: day.special?.name ?? null, legalBasis }];
  });
}

/** Those that lie between two instants, or on their days in the calendar's zone. */
export function changedBetween(
  calendar: WorkCalendar,
  days: readonly ChangedDay[],
  from: Instant,
  to: Instant,
): readonly ChangedDay[] {
  const [first, last] = [localDate(calendar, from), localDate(calendar, to)];
  return days.filter(({ date }) => first <= date && date <= last);
}

function opensAlike(one: Day, other: Day): boolean {
  return JSON.stringify(one.open) === JSON.stringify(other.open);
}
