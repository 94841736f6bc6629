import { checkAgainst, DossierError, schema } from '#contracts';
import type { LocalDate } from './instant';

/** One stretch of opening time by the clock on the office's wall: `['07:30', '11:30']`. */
export type OpeningStretch = readonly [opens: string, closes: string];

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Opening hours by weekday, in order; a weekday without stretches is a day off. */
export type WeeklyHours = { readonly [Day in Weekday]: readonly OpeningStretch[] };

/** A day that is not what its weekday says, with its legal basis. */
export interface SpecialDay {
  readonly date: LocalDate;
  /** A moved working day has the opening hours of `hoursOf`'s weekday: a Saturday worked for a free Friday. */
  readonly kind: 'holiday' | 'closure' | 'moved-working-day';
  readonly hoursOf: Weekday | null;
  readonly name: string;
  readonly legalBasis: string;
  /** True for an estimate: the announcement is still to come. */
  readonly provisional: boolean;
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
  readonly days: readonly SpecialDay[];
  /** First and last day the calendar speaks of. */
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate;
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

const { matching, oneOf, orNull, record, text, flag } = schema;
const localDate = matching('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$');
const wallTime = '^([01][0-9]|2[0-3]):[0-5][0-9]$';

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

const broken = checkAgainst(
  record<WorkCalendar>({
    id: matching('^[a-z0-9][a-z0-9-]*$'),
    version: matching('^[A-Za-z0-9][A-Za-z0-9.-]*$'),
    timeZone: text,
    workingHoursPerDay: schema.integer(1),
    weekly: record<WeeklyHours>({
      monday: stretches,
      tuesday: stretches,
      wednesday: stretches,
      thursday: stretches,
      friday: stretches,
      saturday: stretches,
      sunday: stretches,
    }),
    days: schema.listOf(
      record<SpecialDay>({
        date: localDate,
        kind: oneOf(['holiday', 'closure', 'moved-working-day']),
        hoursOf: orNull(oneOf(weekdays)),
        name: text,
        legalBasis: text,
        provisional: flag,
      }),
    ),
    validFrom: localDate,
    validTo: localDate,
  }),
  'calendar',
);

/** The calendar a JSON value holds. @throws CalendarInvalid naming the first rule broken */
export function parseWorkCalendar(value: unknown): WorkCalendar {
  const rule = broken(value) ?? contradiction(value as WorkCalendar);
  if (rule !== null) throw new CalendarInvalid(rule);
  return value as WorkCalendar;
}

/** What no schema can say: order, overlap, repeats. */
function contradiction({ weekly, days, validFrom, validTo, timeZone }: WorkCalendar): string | null {
  if (!isTimeZone(timeZone)) return `timeZone ${timeZone} is unknown`;
  if (validFrom > validTo) return 'validFrom lies after validTo';
  const unordered = weekdays.find((day) => !inOrder(weekly[day].flat()));
  if (unordered) return `weekly.${unordered}: stretches must be in order and must not overlap`;
  const dates = days.map(({ date }) => date);
  const twice = dates.find((date, index) => dates.indexOf(date) !== index);
  if (twice) return `days: ${twice} stands twice`;
  const without = days.find(({ kind, hoursOf }) => (kind === 'moved-working-day') !== (hoursOf !== null));
  if (without) return `days: ${without.date} must name hoursOf exactly when it is a moved-working-day`;
  return null;
}

function inOrder(times: readonly string[]): boolean {
  return times.every((time, index) => index === 0 || (times[index - 1] ?? '') < time);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // The platform's way of saying that it does not know the zone.
  }
}
