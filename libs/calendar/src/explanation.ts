import type { Localized } from '#contracts';
import { counted, type Counted } from './due';
import { instantOf, type Instant, type LocalDate } from './instant';
import type { CountingRule, Limit } from './limit';
import { Timeline, type Day } from './timeline';
import type { SpecialKind, WorkCalendar } from './work-calendar';

/** What one day did to a deadline. */
export type ExplainedDay = { readonly date: LocalDate } & (
  | { /** So much working time of it was used. */ readonly counts: 'hours'; readonly workingMs: number }
  | { /** It counted as one day of the limit. */ readonly counts: 'day' }
  | { /** The day it began, where the rule does not count it. */ readonly counts: 'first-day' }
  | { /** The limit ended on a day off before it and moved here. */ readonly counts: 'moved-here' }
  | { readonly counts: 'no' }
) & {
    /** Null for an ordinary working day. */
    readonly because: {
      readonly reason: 'day-of-rest' | SpecialKind;
      readonly name: Localized | null;
      readonly legalBasis: string | null;
    } | null;
  };

/** Why a due instant is what it is, as data: day by day, with the versions used; or taken over from elsewhere. */
export type Explanation =
  | {
      readonly kind: 'counted';
      readonly limit: Limit;
      readonly rule: CountingRule;
      readonly startedAt: Instant;
      /** Where the counting began: later than `startedAt` for what came in outside of opening time. */
      readonly countedFrom: Instant;
      readonly days: readonly ExplainedDay[];
      readonly dueAt: Instant;
      /** `id/version` */
      readonly calendar: string;
      readonly timeZone: string;
      /** The last announced day where the limit reaches beyond it: days off after it are an estimate. Else null. */
      readonly estimatedAfter: LocalDate | null;
    }
  | { readonly kind: 'taken-over'; readonly dueAt: Instant; readonly timeZone: string };

/** When something begun at an instant is due, and why, day by day. @throws CalendarNotValid */
export function explainedDue(
  calendar: WorkCalendar,
  start: Instant,
  limit: Limit,
  rule: CountingRule,
): Extract<Explanation, { kind: 'counted' }> {
  const counting = counted(calendar, start, limit, rule);
  const { id, version, timeZone, announcedUntil } = calendar;
  const days = daysOf(Timeline.of(calendar), counting, limit);
  return {
    kind: 'counted',
    limit,
    rule,
    startedAt: start,
    countedFrom: instantOf(counting.fromMs),
    days,
    dueAt: instantOf(counting.dueMs),
    calendar: `${id}/${version}`,
    timeZone,
    estimatedAfter: (days.at(-1)?.date ?? '') > announcedUntil ? announcedUntil : null,
  };
}

function daysOf(timeline: Timeline, counting: Counted, limit: Limit): readonly ExplainedDay[] {
  const { isByHours, fromMs, firstDay, dueMs } = counting;
  const dueDay = timeline.indexAt(dueMs - 1); // One that ends with a day is due at the first instant of the next.
  return timeline.days.slice(firstDay, dueDay + 1).map((day, offset) => {
    const index = firstDay + offset;
    const explained = { date: day.date, because: becauseOf(day) };
    if (!isByHours) return { ...explained, counts: countsOf(day, index, dueDay, counting, limit) };
    const workingMs = timeline.workedOn(index, fromMs, dueMs);
    return workingMs > 0 ? { ...explained, counts: 'hours', workingMs } : { ...explained, counts: 'no' };
  });
}

/** What a day is to a limit in days or months. */
function countsOf(
  { open }: Day,
  index: number,
  dueDay: number,
  { firstDay, isFirstCounted, lastDay }: Counted,
  { unit }: Limit,
): 'first-day' | 'day' | 'moved-here' | 'no' {
  const isFirstLeftOut = unit === 'SAME_DAY' ? dueDay > firstDay : !isFirstCounted;
  if (index === firstDay && isFirstLeftOut) return 'first-day';
  if (lastDay === null) return open.length > 0 ? 'day' : 'no';
  if (index <= lastDay) return 'day';
  return index === dueDay && open.length > 0 ? 'moved-here' : 'no';
}

function becauseOf({ open, special }: Day): ExplainedDay['because'] {
  if (special) return { reason: special.kind, name: special.name, legalBasis: special.legalBasis };
  return open.length > 0 ? null : { reason: 'day-of-rest', name: null, legalBasis: null };
}

/** Explains an instant that another system promised. */
export function takenOver(dueAt: Instant, timeZone: string): Explanation {
  return { kind: 'taken-over', dueAt, timeZone };
}
