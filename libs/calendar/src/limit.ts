/** A time on the clock of the office's wall, `07:30`. */
export type WallTime = string;

/** How long something may take. ISO 8601 durations cannot say "working day". */
export type Limit =
  | { readonly unit: 'WORKING_HOUR' | 'WORKING_DAY' | 'CALENDAR_DAY' | 'MONTH'; readonly amount: number }
  /** What comes in before `cutOff` is due at `dueBy` on the same working day, what comes later on the next. */
  | { readonly unit: 'SAME_DAY'; readonly cutOff: WallTime; readonly dueBy: WallTime };

/** How a limit is counted. Laws and authorities differ, so each is a rule of the procedure and no constant. */
export interface CountingRule {
  /** Whether the day it begins is the first of a limit in days or months. */
  readonly firstDay: 'excluded' | 'included';
  /** What comes in outside of opening time begins at the next opening, or on its own day all the same. */
  readonly outOfHours: 'next-opening' | 'own-day';
  /** A limit in calendar days or months that ends on a day off ends with the next working day, or with that day. */
  readonly endOnDayOff: 'moves-forward' | 'stays';
  /** A working day ends when the office closes, or is so many hours of opening time, to the minute ("8 hours = 1 day"). */
  readonly workingDay: 'whole' | 'hours';
}

/** Civil Code of Viet Nam 2015: the first day is not counted (Art. 147), an end on a day off moves forward (Art. 148). */
export const civilCode: CountingRule = {
  firstDay: 'excluded',
  outOfHours: 'next-opening',
  endOnDayOff: 'moves-forward',
  workingDay: 'whole',
};
