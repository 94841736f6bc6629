import { instantOf, type Instant } from './instant';
import { Timeline } from './timeline';
import type { WorkCalendar } from './work-calendar';

/**
 * The instant so many milliseconds of working time later, or earlier when negative. A pause of d moves it by exactly d. What
 * ends with the working day ends that evening, and what begins with it begins that morning. Zero leaves the instant where it
 * is, also outside of opening time.
 *
 * @throws CalendarNotValid when it would lie outside of the calendar
 */
export function shiftByWorkingTime(calendar: WorkCalendar, instant: Instant, workingMs: number): Instant {
  if (workingMs === 0) return instant;
  const timeline = Timeline.of(calendar);
  const target = timeline.workedUntil(Date.parse(instant)) + workingMs;
  return instantOf(workingMs > 0 ? timeline.firstInstantWith(target) : timeline.lastInstantWith(target));
}

/**
 * The instant itself where the office works then, its opening and its closing included; otherwise when it opens next.
 *
 * @throws CalendarNotValid when it would lie outside of the calendar
 */
export function withinWorkingTime(calendar: WorkCalendar, instant: Instant): Instant {
  const timeline = Timeline.of(calendar);
  const worked = timeline.workedUntil(Date.parse(instant));
  const isWorking = instantOf(timeline.firstInstantWith(worked)) === instant;
  return isWorking ? instant : instantOf(timeline.lastInstantWith(worked));
}

/** The working time between two instants in milliseconds; 0 when the second is not later. @throws CalendarNotValid */
export function workingMsBetween(calendar: WorkCalendar, from: Instant, to: Instant): number {
  const timeline = Timeline.of(calendar);
  return Math.max(0, timeline.workedUntil(Date.parse(to)) - timeline.workedUntil(Date.parse(from)));
}
