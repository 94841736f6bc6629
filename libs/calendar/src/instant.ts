import { Temporal } from 'temporal-polyfill';

/** A moment on the time line: ISO 8601 in UTC with milliseconds, `2026-11-23T01:00:00.000Z`. Such texts sort by time. */
export type Instant = string;

/** A day of the office's own calendar, `2026-11-23`. */
export type LocalDate = string;

export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

/** The day on the wall calendar of a zone at an instant. */
export function localDate({ timeZone }: { readonly timeZone: string }, instant: Instant): LocalDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
