import { Temporal } from 'temporal-polyfill';
import { DossierError } from '#contracts';

/** A moment on the time line: ISO 8601 in UTC with milliseconds, `2026-11-23T01:00:00.000Z`. Such texts sort by time. */
export type Instant = string;

/** A day of the office's own calendar, `2026-11-23`. */
export type LocalDate = string;

export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

/** Whether a text is a day that the calendar has, written `YYYY-MM-DD` (RFC 3339 full-date). */
export function isLocalDate(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return false;
  return day >= 1 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

/** The day on the wall calendar of a zone at an instant. */
export function localDate({ timeZone }: { readonly timeZone: string }, instant: Instant): LocalDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Thrown for what is no time on a wall clock. */
export class WallTimeInvalid extends DossierError {
  readonly code = 'WALL_TIME_INVALID';
  readonly kind = 'invalid';

  constructor(readonly wall: string) {
    super(`"${wall}" is no time on a clock; write it like 2026-08-28 09:00.`);
  }
}

/** The instant at which the wall clock of a zone shows a day and a time, `2026-08-28 09:00`. @throws WallTimeInvalid */
export function instantOnWall({ timeZone }: { readonly timeZone: string }, wall: string): Instant {
  try {
    return instantOf(Temporal.PlainDateTime.from(wall.replace(' ', 'T')).toZonedDateTime(timeZone).epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) throw new WallTimeInvalid(wall);
    throw error;
  }
}
