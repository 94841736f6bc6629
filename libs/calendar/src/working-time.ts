import { datePlus, dayOf, localDate, type Day } from './day';
import { instantOf, type Instant } from './instant';
import type { WorkCalendar } from './work-calendar';

/** Working time that was counted on one day. */
export interface Counted {
  readonly day: Day;
  readonly workingMs: number;
}

/**
 * The instant so much working time later (or, negative, earlier), with what was counted on each day passed. Zero leaves
 * the instant where it is, also outside of opening time.
 */
export function shifted(
  calendar: WorkCalendar,
  start: Instant,
  workingMs: number,
): { at: Instant; counted: readonly Counted[] } {
  if (workingMs === 0) return { at: start, counted: [] };
  const forward = workingMs > 0;
  const startMs = Date.parse(start);
  const counted: Counted[] = [];
  let leftMs = Math.abs(workingMs);
  for (let date = localDate(calendar, start); ; date = datePlus(date, forward ? 1 : -1)) {
    const day = dayOf(calendar, date);
    let usedMs = 0;
    for (const [fromMs, toMs] of forward ? day.open : day.open.toReversed()) {
      const [beginMs, endMs] = forward ? [Math.max(fromMs, startMs), toMs] : [fromMs, Math.min(toMs, startMs)];
      const availableMs = Math.max(0, endMs - beginMs);
      const takenMs = Math.min(availableMs, leftMs);
      usedMs += takenMs;
      leftMs -= takenMs;
      if (leftMs === 0) {
        counted.push({ day, workingMs: usedMs });
        return { at: instantOf(forward ? beginMs + takenMs : endMs - takenMs), counted };
      }
    }
    counted.push({ day, workingMs: usedMs });
  }
}

/** The instant so many milliseconds of working time later, or earlier when negative. A pause of d moves it by exactly d. */
export function shiftByWorkingTime(calendar: WorkCalendar, instant: Instant, workingMs: number): Instant {
  return shifted(calendar, instant, workingMs).at;
}

/** The working time between two instants in milliseconds; 0 when the second is not later. */
export function workingMsBetween(calendar: WorkCalendar, from: Instant, to: Instant): number {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const last = localDate(calendar, to);
  let sum = 0;
  for (let date = localDate(calendar, from); date <= last; date = datePlus(date, 1)) {
    for (const [opensMs, closesMs] of dayOf(calendar, date).open) {
      sum += Math.max(0, Math.min(closesMs, toMs) - Math.max(opensMs, fromMs));
    }
  }
  return sum;
}

/** The first instant of opening time that is not before this one: when work on it can begin. */
export function nextOpening(calendar: WorkCalendar, instant: Instant): Instant {
  const startMs = Date.parse(instant);
  for (let date = localDate(calendar, instant); ; date = datePlus(date, 1)) {
    const stretch = dayOf(calendar, date).open.find(([, closesMs]) => startMs < closesMs);
    if (stretch) return instantOf(Math.max(stretch[0], startMs));
  }
}
