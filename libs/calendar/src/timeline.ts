import { Temporal } from 'temporal-polyfill';
import { instantOf, localDate, type Instant, type LocalDate } from './instant';
import type { WallTime } from './limit';
import {
  CalendarNotValid,
  inSeason,
  weekdays,
  type OpeningStretch,
  type SpecialDay,
  type WorkCalendar,
} from './work-calendar';

const DAY_MS = 86_400_000;

/** One day of an office: when it is open, and why it is not what its weekday says. */
export interface Day {
  readonly date: LocalDate;
  /** In order, in milliseconds after the day begins; empty on a day off. Days alike share one. */
  readonly open: Stretches;
  /** Null on a day like every other of its weekday. */
  readonly special: Pick<SpecialDay, 'kind' | 'name' | 'legalBasis'> | null;
}

type Stretches = readonly (readonly [fromMs: number, toMs: number])[];

/**
 * A calendar worked out day by day, once: the zone's arithmetic is the dear part. Working time is a function W that rises with
 * time while the office is open; how much lies between two instants is a difference of W, when so much is over its inverse.
 * Both are a look into tables.
 */
export class Timeline {
  private static readonly known = new WeakMap<WorkCalendar, Timeline>();

  readonly days: readonly Day[];
  /** When each day begins in the zone, and where the last ends. */
  private readonly beginMs: Float64Array;
  /** Working time before each day, and all of it. */
  private readonly workedMs: Float64Array;
  /** Working days before each day. */
  private readonly workingDaysBefore: Int32Array;
  /** The indexes of the working days, in order. */
  private readonly workingDays: readonly number[];
  /** The index at which each month begins, from that of the first day to the one after the last; the first may lie before. */
  private readonly monthBegins: readonly number[];

  /** The tables of a calendar, made when first asked for. */
  static of(calendar: WorkCalendar): Timeline {
    const before = Timeline.known.get(calendar);
    if (before) return before;
    const timeline = new Timeline(calendar);
    Timeline.known.set(calendar, timeline);
    return timeline;
  }

  private constructor(private readonly calendar: WorkCalendar) {
    const { days, begins } = workedOut(calendar);
    this.days = days;
    this.beginMs = Float64Array.from(begins);
    this.workedMs = new Float64Array(days.length + 1);
    this.workingDaysBefore = new Int32Array(days.length + 1);
    const workingDays: number[] = [];
    days.forEach(({ open }, index) => {
      const workingMs = open.reduce((sum, [fromMs, toMs]) => sum + toMs - fromMs, 0);
      this.workedMs[index + 1] = this.at(this.workedMs, index) + workingMs;
      this.workingDaysBefore[index + 1] = workingDays.length + (open.length > 0 ? 1 : 0);
      if (open.length > 0) workingDays.push(index);
    });
    this.workingDays = workingDays;
    this.monthBegins = monthBeginsOf(calendar);
  }

  /** The day at an index. @throws CalendarNotValid outside of the calendar */
  day(index: number): Day {
    const day = this.days[index];
    if (!day) throw new CalendarNotValid(this.reference, this.dateAt(index));
    return day;
  }

  /** When the office closes on the day at an index; null on a day off. @throws CalendarNotValid */
  closing(index: number): number | null {
    const last = this.day(index).open.at(-1);
    return last ? this.at(this.beginMs, index) + last[1] : null;
  }

  /** The working time of the day at an index that lies between two instants. @throws CalendarNotValid */
  workedOn(index: number, fromMs: number, toMs: number): number {
    const beginMs = this.at(this.beginMs, index);
    return this.day(index).open.reduce(
      (sum, [opens, closes]) => sum + Math.max(0, Math.min(beginMs + closes, toMs) - Math.max(beginMs + opens, fromMs)),
      0,
    );
  }

  /** When the day at an index is over in the office's zone. */
  endOfDay(index: number): number {
    this.day(index);
    return this.at(this.beginMs, index + 1);
  }

  /** When the office's wall clock shows a time on the day at an index. @throws CalendarNotValid */
  wallTimeOn(index: number, time: WallTime): number {
    const { date } = this.day(index);
    return wallTimeOn(date, this.at(this.beginMs, index), this.at(this.beginMs, index + 1), this.calendar)(time);
  }

  /** The index of the day an instant lies in. @throws CalendarNotValid */
  indexAt(ms: number): number {
    const isIn = (day: number) => this.at(this.beginMs, day) <= ms && ms < this.at(this.beginMs, day + 1);
    const guess = Math.floor((ms - this.at(this.beginMs, 0)) / DAY_MS);
    // With summer time a day has 23 or 25 hours: what lies between is off by one of them.
    const index = [guess, guess - 1, guess + 1].find((day) => this.days[day] && isIn(day));
    if (index === undefined) throw new CalendarNotValid(this.reference, localDate(this.calendar, instantOf(ms)));
    return index;
  }

  /** The index of a date. @throws CalendarNotValid */
  indexOf(date: LocalDate): number {
    const index = (Date.parse(date) - Date.parse(this.calendar.validFrom)) / DAY_MS;
    // Of a day that no month has the platform makes another.
    if (this.days[index]?.date !== date) throw new CalendarNotValid(this.reference, date);
    return index;
  }

  /**
   * The index of the same day so many months later, or of the day before it where the first day counts; a day that month lacks
   * becomes its last.
   */
  monthsLater(index: number, months: number, isFirstCounted: boolean): number {
    const { date } = this.day(index);
    const month = monthsBetween(this.calendar.validFrom, date) + months;
    const begin = this.monthBegins[month];
    const next = this.monthBegins[month + 1];
    if (begin === undefined || next === undefined) return this.days.length;
    return Math.min(begin + Number(date.slice(8)) - (isFirstCounted ? 1 : 0), next) - 1;
  }

  /** W: the working time from the calendar's first day until an instant. @throws CalendarNotValid */
  workedUntil(ms: number): number {
    const index = this.indexAt(ms);
    let sum = this.at(this.workedMs, index);
    const intoDay = ms - this.at(this.beginMs, index);
    for (const [fromMs, toMs] of this.day(index).open) {
      if (intoDay <= fromMs) break;
      sum += Math.min(intoDay, toMs) - fromMs;
    }
    return sum;
  }

  /** The first instant at which so much has been worked: an end. @throws CalendarNotValid */
  firstInstantWith(workedMs: number): number {
    const index = lastBelow(this.workedMs, workedMs);
    let left = workedMs - this.at(this.workedMs, index);
    for (const [fromMs, toMs] of this.day(index).open) {
      if (left <= toMs - fromMs) return this.at(this.beginMs, index) + fromMs + left;
      left -= toMs - fromMs;
    }
    throw new CalendarNotValid(this.reference, this.dateAt(this.days.length));
  }

  /** The last instant at which no more than so much has been worked: a beginning. @throws CalendarNotValid */
  lastInstantWith(workedMs: number): number {
    if (workedMs < 0) throw new CalendarNotValid(this.reference, this.dateAt(-1));
    const index = lastBelow(this.workedMs, workedMs, 'or equal');
    let left = workedMs - this.at(this.workedMs, index);
    for (const [fromMs, toMs] of this.day(index).open) {
      if (left < toMs - fromMs) return this.at(this.beginMs, index) + fromMs + left;
      left -= toMs - fromMs;
    }
    throw new CalendarNotValid(this.reference, this.dateAt(this.days.length));
  }

  /** The first instant of opening time that is not before this one: when work on it can begin. @throws CalendarNotValid */
  nextOpening(ms: number): number {
    for (let index = this.indexAt(ms); ; index = this.workingDayFrom(index + 1)) {
      const beginMs = this.at(this.beginMs, index);
      const stretch = this.day(index).open.find(([, toMs]) => ms < beginMs + toMs);
      if (stretch) return Math.max(beginMs + stretch[0], ms);
    }
  }

  /** The index of the first working day that is not before an index. @throws CalendarNotValid */
  workingDayFrom(index: number): number {
    return this.workingDayAfter(index - 1, 1);
  }

  /** The index of the n-th working day after an index. @throws CalendarNotValid */
  workingDayAfter(index: number, count: number): number {
    const rank = (this.workingDaysBefore[index + 1] ?? this.workingDays.length) + count - 1;
    return this.workingDays[rank] ?? this.days.length;
  }

  private get reference(): string {
    return `${this.calendar.id}/${this.calendar.version}`;
  }

  private dateAt(index: number): LocalDate {
    return Temporal.PlainDate.from(this.calendar.validFrom).add({ days: index }).toString();
  }

  private at(table: Float64Array, index: number): number {
    return table[index] ?? 0;
  }
}

/** The last index of a rising table whose value lies below (or equals) what is looked for; 0 when none does. */
function lastBelow(table: Float64Array, value: number, how: 'below' | 'or equal' = 'below'): number {
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    const entry = table[middle] ?? Infinity;
    if (entry < value || (how === 'or equal' && entry === value)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function workedOut(calendar: WorkCalendar): { readonly days: readonly Day[]; readonly begins: readonly number[] } {
  const special = new Map(calendar.days.map((day) => [day.date, day]));
  const last = Temporal.PlainDate.from(calendar.validTo);
  const days: Day[] = [];
  const shared = new Map<readonly OpeningStretch[], Stretches>();
  let date = Temporal.PlainDate.from(calendar.validFrom);
  let beginMs = startOf(date, calendar);
  const begins = [beginMs];
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    const endMs = startOf(date.add({ days: 1 }), calendar);
    const day = special.get(date.toString()) ?? null;
    const hours = hoursOf(calendar, date, day);
    const isLikeOthers = endMs - beginMs === DAY_MS;
    const open =
      (isLikeOthers && shared.get(hours)) || stretchesIn(hours, wallTimeOn(date, beginMs, endMs, calendar), beginMs);
    if (isLikeOthers) shared.set(hours, open);
    days.push({
      date: date.toString(),
      open,
      special: day && { kind: day.kind, name: day.name, legalBasis: day.legalBasis },
    });
    beginMs = endMs;
    begins.push(beginMs);
  }
  return { days, begins };
}

function stretchesIn(hours: readonly OpeningStretch[], at: (time: WallTime) => number, beginMs: number): Stretches {
  return hours.map(([opens, closes]) => [at(opens) - beginMs, at(closes) - beginMs]);
}

function monthBeginsOf({ validFrom, validTo }: WorkCalendar): readonly number[] {
  const first = Temporal.PlainDate.from(validFrom);
  const begins = [1 - first.day];
  for (let month = first.toPlainYearMonth(); begins.length <= monthsBetween(validFrom, validTo) + 1;) {
    begins.push((begins.at(-1) ?? 0) + month.daysInMonth);
    month = month.add({ months: 1 });
  }
  return begins;
}

function monthsBetween(from: LocalDate, to: LocalDate): number {
  const monthOf = (date: LocalDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return monthOf(to) - monthOf(from);
}

function startOf(date: Temporal.PlainDate, { timeZone }: WorkCalendar): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}

/** When the wall clock shows a time on a day. A day of 24 hours needs no arithmetic of zones. */
function wallTimeOn(date: Temporal.PlainDate | LocalDate, beginMs: number, endMs: number, { timeZone }: WorkCalendar) {
  return (plainTime: WallTime): number =>
    endMs - beginMs === DAY_MS
      ? beginMs + (Number(plainTime.slice(0, 2)) * 60 + Number(plainTime.slice(3))) * 60_000
      : Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

function hoursOf(
  { weekly, seasons }: WorkCalendar,
  date: Temporal.PlainDate,
  special: SpecialDay | null,
): readonly OpeningStretch[] {
  const hours = seasons.find((season) => inSeason(season, date.toString().slice(5)))?.weekly ?? weekly;
  switch (special?.kind) {
    case 'holiday':
    case 'substitute-day':
    case 'closure':
      return closed;
    case 'half-day':
      return special.open ?? closed;
    case 'moved-working-day':
      return hours[special.hoursOf ?? 'monday'];
    case undefined:
      return hours[weekdays[date.dayOfWeek - 1] ?? 'sunday'];
  }
}

const closed: readonly OpeningStretch[] = [];

/** When work ends on that day; null on a day off. @throws CalendarNotValid */
export function endOfWorkingDay(calendar: WorkCalendar, date: LocalDate): Instant | null {
  const timeline = Timeline.of(calendar);
  const closingMs = timeline.closing(timeline.indexOf(date));
  return closingMs === null ? null : instantOf(closingMs);
}

/** When work ends on that day, or after a day off on the next working day. @throws CalendarNotValid */
export function endOfWorkingDayFrom(calendar: WorkCalendar, date: LocalDate): Instant {
  const timeline = Timeline.of(calendar);
  const day = timeline.workingDayFrom(timeline.indexOf(date));
  return instantOf(timeline.closing(day) ?? timeline.endOfDay(day));
}

/**
 * Of what was due at the end of a working day, by whatever version of the calendar: the end of that day by this one, or where it
 * is a day off now, of the next working day. @throws CalendarNotValid
 */
export function endOfWorkingDayAt(calendar: WorkCalendar, instant: Instant): Instant {
  const timeline = Timeline.of(calendar);
  const day = timeline.workingDayFrom(timeline.indexAt(Date.parse(instant) - 1)); // Midnight ends the day before.
  return instantOf(timeline.closing(day) ?? timeline.endOfDay(day));
}
