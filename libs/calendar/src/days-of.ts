import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from './instant';
import { Timeline } from './timeline';
import { weekdays, type SpecialDay, type Weekday, type WorkCalendar } from './work-calendar';

/** One day of a calendar as people read it. */
export interface CalendarDay {
  readonly date: LocalDate;
  readonly weekday: Weekday;
  /** Whether the office is open at all. */
  readonly isWorked: boolean;
  /** Null on a day like every other of its weekday. */
  readonly special: Pick<SpecialDay, 'kind' | 'name' | 'legalBasis'> | null;
}

/** Every day of which a calendar speaks, oldest first. */
export function daysOf(calendar: WorkCalendar): readonly CalendarDay[] {
  return Timeline.of(calendar).days.map(({ date, open, special }) => ({
    date,
    weekday: weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? 'monday',
    isWorked: open.length > 0,
    special: special && { kind: special.kind, name: special.name, legalBasis: special.legalBasis },
  }));
}
