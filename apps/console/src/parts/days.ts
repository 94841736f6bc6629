import { instantAt } from './typed-moment';

const DAY_MS = 86_400_000;

/** Days of a calendar, `YYYY-MM-DD`, both included. */
export interface Days {
  readonly from: string;
  readonly until: string;
}

/** Which day a zone’s calendar (null: the computer’s) shows at an instant in milliseconds of the epoch. */
export function dayAt(atMs: number, timeZone: string | null): string {
  return new Intl.DateTimeFormat('en-CA', { ...(timeZone === null ? {} : { timeZone }), dateStyle: 'short' }).format(
    atMs,
  );
}

/** A day as it is typed and read: 26/11/2026, in German 26.11.2026. */
export function writtenDay(day: string, language: string): string {
  return day
    .split('-')
    .reverse()
    .join(language === 'de' ? '.' : '/');
}

/** The instants at which the first day begins and the last one has ended, as desk takes them. */
export function instantsOf({ from, until }: Days, timeZone: string | null): Days {
  return { from: instantAt(from, '00:00', timeZone), until: instantAt(moved(until, 1), '00:00', timeZone) };
}

/** A day so many days later. The days of a calendar have no zone, so each is as long as the other. */
export function moved(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + by * DAY_MS).toISOString().slice(0, 10);
}
