import { instantAt } from '../parts/typed-moment';

const DAY_MS = 86_400_000;

/** Days of a calendar, `YYYY-MM-DD`, both included. */
export interface Days {
  readonly from: string;
  readonly until: string;
}

export const presets = ['this-month', 'last-month', 'this-year'] as const;
export type Preset = (typeof presets)[number];

/** The days of a preset, as seen from a day. What lasts still is counted up to now, so its last day may lie ahead. */
export function daysOf(preset: Preset, today: string): Days {
  const [year = 0, month = 1] = today.split('-').map(Number);
  switch (preset) {
    case 'this-month':
      return monthOf(year, month);
    case 'last-month':
      return month === 1 ? monthOf(year - 1, 12) : monthOf(year, month - 1);
    case 'this-year':
      return { from: `${year}-01-01`, until: `${year}-12-31` };
  }
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

function monthOf(year: number, month: number): Days {
  const next = month === 12 ? firstOf(year + 1, 1) : firstOf(year, month + 1);
  return { from: firstOf(year, month), until: moved(next, -1) };
}

function firstOf(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}-01`;
}

/** A day so many days later. The days of a calendar have no zone, so each is as long as the other. */
function moved(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + by * DAY_MS).toISOString().slice(0, 10);
}
