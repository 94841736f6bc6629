import { Temporal } from 'temporal-polyfill';
import { instantOf, type Instant, type LocalDate } from './instant';
import { CalendarNotValid, weekdays, type OpeningStretch, type SpecialDay, type WorkCalendar } from './work-calendar';

/** One day of an office: its opening time as instants, and why it is closed when it is. */
export interface Day {
  readonly date: LocalDate;
  /** In order, in milliseconds since 1970; empty on a day off. */
  readonly open: readonly (readonly [fromMs: number, toMs: number])[];
  /** Null on a working day. */
  readonly off: DayOff | null;
}

/** Why a day is off. */
export interface DayOff {
  readonly reason: 'weekend' | 'holiday' | 'closure';
  readonly name: string | null;
  readonly legalBasis: string | null;
}

/** Days worked out once per calendar: the zone's arithmetic is the dear part. */
const known = new WeakMap<
  WorkCalendar,
  { readonly special: ReadonlyMap<LocalDate, SpecialDay>; readonly days: Map<LocalDate, Day> }
>();

/** The day of an office. @throws CalendarNotValid outside of the calendar's validity */
export function dayOf(calendar: WorkCalendar, date: LocalDate): Day {
  let worked = known.get(calendar);
  if (!worked) {
    worked = { special: new Map(calendar.days.map((day) => [day.date, day])), days: new Map() };
    known.set(calendar, worked);
  }
  let day = worked.days.get(date);
  if (!day) {
    day = workedOut(calendar, date, worked.special.get(date));
    worked.days.set(date, day);
  }
  return day;
}

/** The day on the office's wall calendar at an instant. */
export function localDate({ timeZone }: Pick<WorkCalendar, 'timeZone'>, instant: Instant): LocalDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The date so many days later, or earlier. */
export function datePlus(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The date so many months later; a day that month lacks becomes its last. */
export function datePlusMonths(date: LocalDate, months: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

/** When work ends on that day; null on a day off. */
export function endOfWorkingDay(calendar: WorkCalendar, date: LocalDate): Instant | null {
  const last = dayOf(calendar, date).open.at(-1);
  return last ? instantOf(last[1]) : null;
}

function workedOut(calendar: WorkCalendar, date: LocalDate, special: SpecialDay | undefined): Day {
  const { id, version, validFrom, validTo, weekly } = calendar;
  if (date < validFrom || date > validTo) throw new CalendarNotValid(`${id}/${version}`, date);
  if (special && special.hoursOf === null) {
    const { kind, name, legalBasis } = special;
    return { date, open: [], off: { reason: kind === 'closure' ? 'closure' : 'holiday', name, legalBasis } };
  }
  const plain = Temporal.PlainDate.from(date);
  const weekday = special?.hoursOf ?? weekdays[plain.dayOfWeek - 1] ?? 'sunday';
  const open = weekly[weekday].map((stretch) => instantsOf(plain, stretch, calendar.timeZone));
  return { date, open, off: open.length > 0 ? null : { reason: 'weekend', name: null, legalBasis: null } };
}

function instantsOf(
  date: Temporal.PlainDate,
  [opens, closes]: OpeningStretch,
  timeZone: string,
): readonly [number, number] {
  const at = (plainTime: string) => date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
  return [at(opens), at(closes)];
}
