import { Temporal } from 'temporal-polyfill';
import { instantOf, type Instant } from './instant';

/** A month of the wall calendar, or the part of it that lies within a period. */
export interface Month {
  /** `2026-11` */
  readonly month: string;
  readonly from: Instant;
  /** Exclusive. */
  readonly until: Instant;
}

interface Zoned {
  readonly timeZone: string;
}

/** The months of a zone's wall calendar that a period (end exclusive) lies in, the first and last cut to it. */
export function monthsWithin(
  { timeZone }: Zoned,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): readonly Month[] {
  const months: Month[] = [];
  for (let start = from; start < until;) {
    const local = Temporal.Instant.from(start).toZonedDateTimeISO(timeZone);
    const first = local.toPlainDate().with({ day: 1 });
    const next = startOf(first.add({ months: 1 }), timeZone);
    const end = next < until ? next : until;
    months.push({ month: first.toPlainYearMonth().toString(), from: start, until: end });
    start = end;
  }
  return months;
}

/** The midnight at which the week of an instant ends, from Sunday to Monday on the wall of a zone; `later` weeks on. */
export function endOfWeek({ timeZone }: Zoned, at: Instant, later = 0): Instant {
  const today = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate();
  return startOf(today.add({ days: 8 - today.dayOfWeek + 7 * later }), timeZone);
}

function startOf(day: Temporal.PlainDate, timeZone: string): Instant {
  return instantOf(day.toZonedDateTime(timeZone).epochMilliseconds);
}
