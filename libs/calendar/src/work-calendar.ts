import {
  asLocalized,
  checkAgainst,
  defectsAgainst,
  DossierError,
  localizedSchema,
  schema,
  type Defect,
  type Localized,
} from '#contracts';
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

const { isObject, matching, oneOf, orNull, record, text } = schema;
/** A day, `YYYY-MM-DD`. */
export const localDateSchema = matching('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$');
const monthDay = matching('^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$');
/** A time on the clock of a wall, `HH:MM`. */
export const wallTimeSchema = matching('^([01][0-9]|2[0-3]):[0-5][0-9]$');
const id = matching('^[a-z0-9][a-z0-9-]*$');
const version = matching('^[A-Za-z0-9][A-Za-z0-9.+-]*$');

const stretch: schema.Schema<OpeningStretch> = {
  json: {
    type: 'array',
    prefixItems: [wallTimeSchema.json, wallTimeSchema.json],
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
    date: localDateSchema,
    kind: oneOf(specialKinds),
    hoursOf: orNull(oneOf(weekdays)),
    open: orNull(stretches),
    name: localizedSchema,
    legalBasis: text,
  }),
);

const calendarSchema = record<WorkCalendar>({
  id,
  version,
  timeZone: text,
  workingHoursPerDay: schema.integer(1),
  weekly,
  seasons,
  days,
  validFrom: localDateSchema,
  validTo: localDateSchema,
  announcedUntil: localDateSchema,
});
const ownCalendarSchema = record<OwnCalendar>({
  id,
  version,
  inherits: id,
  hours: orNull(record<Pick<WorkCalendar, 'weekly' | 'seasons'>>({ weekly, seasons })),
  days,
});

const brokenCalendar = checkAgainst(calendarSchema, 'calendar');
const brokenOwnCalendar = checkAgainst(ownCalendarSchema, 'calendar');
const schemaDefects = defectsAgainst(calendarSchema);
const ownSchemaDefects = defectsAgainst(ownCalendarSchema);

/**
 * The calendar a JSON value holds. What it leaves out is filled in: no seasons, announced to its end, days without hours of
 * their own; a name that is one text is that text in every language.
 *
 * @throws CalendarInvalid naming the first rule broken
 */
export function parseWorkCalendar(value: unknown): WorkCalendar {
  const whole = wholeCalendar(value);
  const rule = brokenCalendar(whole) ?? firstOf(contradictions(whole as WorkCalendar));
  if (rule !== null) throw new CalendarInvalid(rule);
  return whole as WorkCalendar;
}

/** What an office's own JSON value holds, filled in the same way. @throws CalendarInvalid naming the first rule broken */
export function parseOwnCalendar(value: unknown): OwnCalendar {
  const whole = wholeOwnCalendar(value);
  const rule = brokenOwnCalendar(whole) ?? firstOf(contradictionsOfDays((whole as OwnCalendar).days));
  if (rule !== null) throw new CalendarInvalid(rule);
  return whole as OwnCalendar;
}

/** All that keeps a JSON value from being a calendar, or an office's own; none means that it can be loaded. */
export function calendarDefects(value: unknown): readonly Defect[] {
  if (isObject(value) && 'inherits' in value) {
    const own = wholeOwnCalendar(value);
    const defects = ownSchemaDefects(own);
    return defects.length > 0 ? defects : [...contradictionsOfDays((own as OwnCalendar).days)];
  }
  const whole = wholeCalendar(value);
  const defects = schemaDefects(whole);
  return defects.length > 0 ? defects : [...contradictions(whole as WorkCalendar)];
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

function wholeCalendar(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { validTo, days: given } = value as Partial<WorkCalendar>;
  return { seasons: [], announcedUntil: validTo, ...value, days: wholeDays(given) };
}

function wholeOwnCalendar(value: unknown): unknown {
  if (!isObject(value)) return value;
  return { hours: null, ...value, days: wholeDays((value as Partial<OwnCalendar>).days ?? []) };
}

function wholeDays(given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  return given.map((day: unknown) => {
    if (!isObject(day)) return day;
    return { hoursOf: null, open: null, ...day, name: asLocalized((day as Partial<SpecialDay>).name) };
  });
}

function firstOf(defects: Iterable<Defect>): string | null {
  for (const { path, rule } of defects) return `${path.join('.')}: ${rule}`;
  return null;
}

/** What no schema can say: order, overlap, repeats. */
function* contradictions(calendar: WorkCalendar): Generator<Defect> {
  const { weekly: usual, seasons: others, days: special, validFrom, validTo, announcedUntil, timeZone } = calendar;
  for (const name of ['validFrom', 'validTo', 'announcedUntil'] as const) {
    if (!isDate(calendar[name])) yield { path: [name], rule: `${calendar[name]} is no day of any month` };
  }
  if (!isTimeZone(timeZone)) yield { path: ['timeZone'], rule: `${timeZone} is unknown` };
  if (validFrom > validTo) yield { path: ['validFrom'], rule: 'lies after validTo' };
  if (announcedUntil > validTo) yield { path: ['announcedUntil'], rule: 'lies after validTo' };
  yield* contradictionsOfWeek(usual, ['weekly']);
  for (const [index, season] of others.entries()) {
    const path = ['seasons', String(index)];
    yield* contradictionsOfWeek(season.weekly, [...path, 'weekly']);
    if (others.some((other, at) => at > index && overlap(season, other))) {
      yield { path, rule: `the one from ${season.from} overlaps another` };
    }
  }
  yield* contradictionsOfDays(special);
}

function* contradictionsOfWeek(week: WeeklyHours, path: readonly string[]): Generator<Defect> {
  if (weekdays.every((day) => week[day].length === 0)) yield { path, rule: 'no weekday is worked' };
  for (const day of weekdays) if (!inOrder(week[day])) yield { path: [...path, day], rule: unordered };
}

const unordered = 'stretches must be in order and must not overlap';

function* contradictionsOfDays(special: readonly SpecialDay[]): Generator<Defect> {
  const dates = new Set<LocalDate>();
  for (const [index, { date, kind, hoursOf, open }] of special.entries()) {
    const path = ['days', String(index)];
    if (!isDate(date)) yield { path, rule: `${date} is no day of any month` };
    if (dates.has(date)) yield { path, rule: `${date} stands twice` };
    dates.add(date);
    if ((kind === 'moved-working-day') !== (hoursOf !== null)) {
      yield { path, rule: `${date} must name hoursOf exactly when it is a moved-working-day` };
    }
    if ((kind === 'half-day') !== (open !== null)) {
      yield { path, rule: `${date} must say when it is open exactly when it is a half-day` };
    }
    if (open && (open.length === 0 || !inOrder(open))) yield { path, rule: `${date}: ${unordered}` };
  }
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

/** The platform makes another day of one that no month has. */
function isDate(date: LocalDate): boolean {
  const ms = Date.parse(date);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // The platform's way of saying that it does not know the zone.
  }
}
