import { instantOf, type Instant } from './instant';
import type { CountingRule, Limit } from './limit';
import { Timeline } from './timeline';
import type { WorkCalendar } from './work-calendar';

const HOUR_MS = 3_600_000;

/** Where the counting of a limit begins and ends. */
export interface Counted {
  /** Whether hours of opening time are counted, and not days. */
  readonly isByHours: boolean;
  /** In milliseconds since 1970; later than the start for what came in outside of opening time. */
  readonly fromMs: number;
  /** The day the counting begins on. */
  readonly firstDay: number;
  /** Whether that day is the first of the limit: by the rule, but never once the office has closed. */
  readonly isFirstCounted: boolean;
  /** Of a limit in calendar days or months the day it ends on before it moves off a day off; else null. */
  readonly lastDay: number | null;
  readonly dueMs: number;
}

/**
 * When something begun at an instant is due, by the limit and the rule it is counted by.
 *
 * @throws CalendarNotValid when a day needed lies outside of the calendar
 */
export function dueAt(calendar: WorkCalendar, start: Instant, limit: Limit, rule: CountingRule): Instant {
  return instantOf(counted(calendar, start, limit, rule).dueMs);
}

/** {@link dueAt}, with what an explanation needs. */
export function counted(calendar: WorkCalendar, start: Instant, limit: Limit, rule: CountingRule): Counted {
  const timeline = Timeline.of(calendar);
  const startMs = Date.parse(start);
  const isByHours = limit.unit === 'WORKING_HOUR' || (limit.unit === 'WORKING_DAY' && rule.workingDay === 'hours');
  const fromMs = rule.outOfHours === 'own-day' && !isByHours ? startMs : timeline.nextOpening(startMs);
  const firstDay = timeline.indexAt(fromMs);
  const isFirstCounted = rule.firstDay === 'included' && fromMs < (timeline.closing(firstDay) ?? Infinity);
  const begin = { isByHours, fromMs, firstDay, isFirstCounted, lastDay: null };
  switch (limit.unit) {
    case 'WORKING_HOUR':
      return { ...begin, dueMs: afterWorking(timeline, fromMs, limit.amount) };
    case 'WORKING_DAY': {
      if (isByHours) {
        return { ...begin, dueMs: afterWorking(timeline, fromMs, limit.amount * calendar.workingHoursPerDay) };
      }
      const before = isFirstCounted ? firstDay - 1 : firstDay;
      return { ...begin, dueMs: closing(timeline, timeline.workingDayAfter(before, limit.amount)) };
    }
    case 'CALENDAR_DAY':
    case 'MONTH': {
      const lastDay =
        limit.unit === 'MONTH'
          ? timeline.monthsLater(firstDay, limit.amount, isFirstCounted)
          : firstDay + limit.amount - (isFirstCounted ? 1 : 0);
      return { ...begin, lastDay, dueMs: endOf(timeline, lastDay, rule) };
    }
    case 'SAME_DAY':
      return { ...begin, dueMs: sameDay(timeline, fromMs, limit) };
  }
}

function afterWorking(timeline: Timeline, fromMs: number, hours: number): number {
  return timeline.firstInstantWith(timeline.workedUntil(fromMs) + hours * HOUR_MS);
}

/** The end of the working day; of a day off that the limit may end on, the end of that day. */
function endOf(timeline: Timeline, lastDay: number, { endOnDayOff }: CountingRule): number {
  const isOff = timeline.day(lastDay).open.length === 0;
  if (isOff && endOnDayOff === 'stays') return timeline.endOfDay(lastDay);
  return closing(timeline, timeline.workingDayFrom(lastDay));
}

/** On a day the office closes before `dueBy`, due when it closes. */
function sameDay(timeline: Timeline, fromMs: number, { cutOff, dueBy }: Extract<Limit, { unit: 'SAME_DAY' }>): number {
  const today = timeline.indexAt(fromMs);
  const isOpen = fromMs < (timeline.closing(today) ?? -Infinity);
  const day = isOpen && fromMs < timeline.wallTimeOn(today, cutOff) ? today : timeline.workingDayFrom(today + 1);
  return Math.min(timeline.wallTimeOn(day, dueBy), closing(timeline, day));
}

/** Of a day off, which no rule asks for, the end of the day. */
function closing(timeline: Timeline, index: number): number {
  return timeline.closing(index) ?? timeline.endOfDay(index);
}
