import { instantAt, typedDay } from '../../parts/typed-moment';

const dayMs = 86_400_000;

/** The day that the office's clock shows at an instant, as people type it: 24/11/2026. */
export function dayShown(at: string, timeZone: string | null): string {
  return shown(Date.parse(at), timeZone);
}

/** The last day before an instant: an end is exclusive, and people say until which day. */
export function lastDayShown(until: string, timeZone: string | null): string {
  return shown(Date.parse(until) - 1, timeZone);
}

/** The instant at which a day begins, as it was typed; null where it is none. */
export function beginOf(typed: string, timeZone: string | null): string | null {
  const day = typedDay(typed);
  return day === null ? null : instantAt(day, '00:00', timeZone);
}

/** The instant at which a day is over. */
export function endOf(typed: string, timeZone: string | null): string | null {
  const day = typedDay(typed);
  if (day === null) return null;
  return instantAt(new Date(Date.parse(`${day}T00:00:00.000Z`) + dayMs).toISOString().slice(0, 10), '00:00', timeZone);
}

function shown(atMs: number, timeZone: string | null): string {
  const format = { day: '2-digit', month: '2-digit', year: 'numeric', ...(timeZone !== null && { timeZone }) } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(atMs);
}
