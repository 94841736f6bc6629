/** A day as typed: 24/11/2026, 24.11.2026, 24-11-2026 or 2026-11-24. Answers `YYYY-MM-DD`; null where it is no day of the calendar. */
export function typedDay(text: string): string | null {
  const parts = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(text.trim());
  const written = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (parts) return dayOf(Number(parts[3]), Number(parts[2]), Number(parts[1]));
  if (written) return dayOf(Number(written[1]), Number(written[2]), Number(written[3]));
  return null;
}

/** A time as typed: 16:30, 16h30, 16.30 or 16. Answers `HH:MM`; null where it is none. */
export function typedTime(text: string): string | null {
  const parts = /^(\d{1,2})(?:[:h.](\d{2}))?h?$/i.exec(text.trim());
  if (!parts) return null;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2] ?? '0')];
  return hours > 23 || minutes > 59 ? null : `${twoDigits(hours)}:${twoDigits(minutes)}`;
}

/** The instant (ISO 8601, UTC, with milliseconds) at which the clocks of a zone show this day and time. */
export function instantAt(day: string, time: string, timeZone: string | null): string {
  const shown = Date.parse(`${day}T${time}:00.000Z`);
  // The offset is that of the moment itself: asked again once the first guess is there, for the nights when it changes.
  const guess = shown - offsetMs(shown, timeZone);
  return new Date(shown - offsetMs(guess, timeZone)).toISOString();
}

/** By how much the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetMs(at: number, timeZone: string | null): number {
  const format = new Intl.DateTimeFormat('en', {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    ...(timeZone === null ? {} : { timeZone }),
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}

function dayOf(year: number, month: number, day: number): string | null {
  const written = `${year}-${twoDigits(month)}-${twoDigits(day)}`;
  const at = new Date(Date.UTC(year, month - 1, day)).toISOString();
  return at.startsWith(written) ? written : null;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
