import { checkAgainst, DossierError, inEveryLanguage, localizedSchema, schema, type Localized } from '#contracts';
import type { LocalDate } from './instant';
import type { WallTime } from './limit';

/** One stretch of opening time by the clock on the office's wall: `['07:30', '11:30']`. What lies between is a break. */
export type OpeningStretch = readonly [opens: WallTime, closes: WallTime];

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Opening hours by weekday, in order; a weekday without stretches is a day off. */
export type WeeklyHours = { readonly [Day in Weekday]: readonly OpeningStretch[] };

/** Other opening hours in a part of each year, from one day to another (`MM-DD`, both included), also over New Year. */
export interface Season {
  readonly from: string;
  readonly until: string;
  readonly weekly: WeeklyHours;
  readonly legalBasis: string;
}

/** What a day can be that is not what its weekday says. */
export const specialKinds = ['holiday', 'substitute-day', 'closure', 'moved-working-day', 'half-day'] as const;
export type SpecialKind = (typeof specialKinds)[number];

/** A day that is not what its weekday says, with its legal basis. */
export interface SpecialDay {
  readonly date: LocalDate;
  /**
   * Off: a `holiday`, a `substitute-day` for a holiday on a day of rest or for a moved working day, a `closure` of this office.
   * Worked: a `moved-working-day` (a Saturday for a free Friday) with the hours of the weekday `hoursOf`, a `half-day` with the
   * hours `open`.
   */
  readonly kind: SpecialKind;
  readonly hoursOf: Weekday | null;
  readonly open: readonly OpeningStretch[] | null;
  readonly name: Localized;
  readonly legalBasis: string;
}

/** The working time of an office, as data with its legal basis. A version never changes: a new decree is a new version. */
export interface WorkCalendar {
  readonly id: string;
  readonly version: string;
  /** IANA name, for example `Asia/Ho_Chi_Minh`. */
  readonly timeZone: string;
  /** How many working hours the law takes for a working day, whatever the opening hours are. */
  readonly workingHoursPerDay: number;
  readonly weekly: WeeklyHours;
  readonly seasons: readonly Season[];
  readonly days: readonly SpecialDay[];
  /** First and last day the calendar speaks of. */
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate;
  /** The last day whose days off have been announced; what lies after it is an estimate. */
  readonly announcedUntil: LocalDate;
}

/**
 * What an office has of its own on top of the calendar of the office above it: other hours, closures, days worked. Its days
 * stand in place of the other's of the same date.
 */
export interface OwnCalendar {
  readonly id: string;
  readonly version: string;
  /** The id of the calendar above. */
  readonly inherits: string;
  /** Null keeps the hours and seasons of the calendar above. */
  readonly hours: Pick<WorkCalendar, 'weekly' | 'seasons'> | null;
  readonly days: readonly SpecialDay[];
}

/** Thrown for calendar data that breaks a rule; names the path and the rule. */
export class CalendarInvalid extends DossierError {
  readonly code = 'CALENDAR_INVALID';
  readonly kind = 'invalid';

  constructor(readonly rule: string) {
    super(`The calendar breaks a rule: ${rule}.`);
  }
}

/** Thrown when a date lies outside what the calendar speaks of: a wrong date on a receipt is worse than an error. */
export class CalendarNotValid extends DossierError {
  readonly code = 'CALENDAR_NOT_VALID';
  readonly kind = 'conflict';

  constructor(
    readonly calendar: string,
    readonly date: LocalDate,
  ) {
    super(`Calendar ${calendar} says nothing of ${date}: load a version that covers it.`);
  }
}

const { matching, oneOf, orNull, record, text } = schema;
const localDate = matching('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$');
const monthDay = matching('^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$');
const wallTime = '^([01][0-9]|2[0-3]):[0-5][0-9]$';
const id = matching('^[a-z0-9][a-z0-9-]*$');
const version = matching('^[A-Za-z0-9][A-Za-z0-9.+-]*$');

const stretch: schema.Schema<OpeningStretch> = {
  json: {
    type: 'array',
    prefixItems: [
      { type: 'string', pattern: wallTime },
      { type: 'string', pattern: wallTime },
    ],
    minItems: 2,
    items: false,
  },
};
const stretches = schema.listOf(stretch);
const weekly = record<WeeklyHours>({
  monday: stretches,
  tuesday: stretches,
  wednesday: stretches,
  thursday: stretches,
  friday: stretches,
  saturday: stretches,
  sunday: stretches,
});
const seasons = schema.listOf(record<Season>({ from: monthDay, until: monthDay, weekly, legalBasis: text }));
const days = schema.listOf(
  record<SpecialDay>({
    date: localDate,
    kind: oneOf(specialKinds),
    hoursOf: orNull(oneOf(weekdays)),
    open: orNull(stretches),
    name: localizedSchema,
    legalBasis: text,
  }),
);

const brokenCalendar = checkAgainst(
  record<WorkCalendar>({
    id,
    version,
    timeZone: text,
    workingHoursPerDay: schema.integer(1),
    weekly,
    seasons,
    days,
    validFrom: localDate,
    validTo: localDate,
    announcedUntil: localDate,
  }),
  'calendar',
);

const brokenOwnCalendar = checkAgainst(
  record<OwnCalendar>({
    id,
    version,
    inherits: id,
    hours: orNull(record<Pick<WorkCalendar, 'weekly' | 'seasons'>>({ weekly, seasons })),
    days,
  }),
  'calendar',
);

/**
 * The calendar a JSON value holds. What it leaves out is filled in: no seasons, announced to its end, days without hours of
 * their own; a name that is one text is that text in every language.
 *
 * @throws CalendarInvalid naming the first rule broken
 */
export function parseWorkCalendar(value: unknown): WorkCalendar {
  const given = value as Partial<WorkCalendar>;
  const whole = isObject(value)
    ? { seasons: [], announcedUntil: given.validTo, ...value, days: wholeDays(given.days) }
    : value;
  const rule = brokenCalendar(whole) ?? contradiction(whole as WorkCalendar);
  if (rule !== null) throw new CalendarInvalid(rule);
  return whole as WorkCalendar;
}

/** What an office's own JSON value holds, filled in the same way. @throws CalendarInvalid naming the first rule broken */
export function parseOwnCalendar(value: unknown): OwnCalendar {
  const given = value as Partial<OwnCalendar>;
  const whole = isObject(value) ? { hours: null, ...value, days: wholeDays(given.days ?? []) } : value;
  const rule = brokenOwnCalendar(whole) ?? contradictionOfDays((whole as OwnCalendar).days);
  if (rule !== null) throw new CalendarInvalid(rule);
  return whole as OwnCalendar;
}

/** The calendar of an office that has something of its own on top of the calendar above. @throws CalendarInvalid */
export function inherited(above: WorkCalendar, own: OwnCalendar): WorkCalendar {
  const ownDates = new Set(own.days.map(({ date }) => date));
  return parseWorkCalendar({
    ...above,
    ...own.hours,
    id: own.id,
    version: `${own.version}+${above.id}-${above.version}`,
    days: [...above.days.filter(({ date }) => !ownDates.has(date)), ...own.days],
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function wholeDays(given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  return given.map((day: unknown) => {
    if (!isObject(day)) return day;
    const { name } = day as Partial<SpecialDay>;
    return { hoursOf: null, open: null, ...day, name: typeof name === 'string' ? inEveryLanguage(name) : name };
  });
}

/** What no schema can say: order, overlap, repeats. */
function contradiction(calendar: WorkCalendar): string | null {
  const { weekly: usual, seasons: others, days: special, validFrom, validTo, announcedUntil, timeZone } = calendar;
  if (!isTimeZone(timeZone)) return `timeZone ${timeZone} is unknown`;
  if (validFrom > validTo) return 'validFrom lies after validTo';
  if (announcedUntil > validTo) return 'announcedUntil lies after validTo';
  const hours = [usual, ...others.map((season) => season.weekly)];
  if (hours.some((week) => weekdays.every((day) => week[day].length === 0))) return 'weekly: no weekday is worked';
  const unordered = hours.flatMap((week) => weekdays.filter((day) => !inOrder(week[day]))).at(0);
  if (unordered) return `weekly.${unordered}: stretches must be in order and must not overlap`;
  const overlapping = others.find((one, index) => others.some((other, at) => at > index && overlap(one, other)));
  if (overlapping) return `seasons: the one from ${overlapping.from} overlaps another`;
  return contradictionOfDays(special);
}

function contradictionOfDays(special: readonly SpecialDay[]): string | null {
  const dates = new Set<LocalDate>();
  for (const { date, kind, hoursOf, open } of special) {
    if (dates.has(date)) return `days: ${date} stands twice`;
    dates.add(date);
    if ((kind === 'moved-working-day') !== (hoursOf !== null)) {
      return `days: ${date} must name hoursOf exactly when it is a moved-working-day`;
    }
    if ((kind === 'half-day') !== (open !== null))
      return `days: ${date} must say when it is open exactly when it is a half-day`;
    if (open && (open.length === 0 || !inOrder(open))) {
      return `days: ${date}: stretches must be in order and must not overlap`;
    }
  }
  return null;
}

function inOrder(open: readonly OpeningStretch[]): boolean {
  return open.flat().every((time, index, times) => index === 0 || (times[index - 1] ?? '') < time);
}

function overlap(one: Season, other: Season): boolean {
  return inSeason(one, other.from) || inSeason(other, one.from);
}

/** Whether a day of the year (`MM-DD`) lies in a season. */
export function inSeason({ from, until }: Pick<Season, 'from' | 'until'>, day: string): boolean {
  return from <= until ? from <= day && day <= until : from <= day || day <= until;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // The platform's way of saying that it does not know the zone.
  }
}
