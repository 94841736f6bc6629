import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from './instant';
import type { Limit } from './limit';

/** What one day did to a deadline. */
export type ExplainedDay =
  /** So much working time of it was used. */
  | { readonly date: LocalDate; readonly counts: 'hours'; readonly workingMs: number }
  /** It counted as one day of the limit. */
  | { readonly date: LocalDate; readonly counts: 'day' }
  /** The day it began, which limits in days do not count. */
  | { readonly date: LocalDate; readonly counts: 'first-day' }
  /** The limit ended on a day off before it and moved here. */
  | { readonly date: LocalDate; readonly counts: 'moved-here' }
  | {
      readonly date: LocalDate;
      readonly counts: 'no';
      readonly reason: 'weekend' | 'holiday' | 'closure';
      readonly name: string | null;
      readonly legalBasis: string | null;
    };

/** Why a due instant is what it is, as data: day by day, with the versions used; or taken over from elsewhere. */
export type Explanation =
  | {
      readonly kind: 'counted';
      readonly limit: Limit;
      readonly startedAt: Instant;
      /** The opening that the counting began with; later than `startedAt` for what came in outside of opening time. */
      readonly countedFrom: Instant;
      readonly days: readonly ExplainedDay[];
      readonly dueAt: Instant;
      /** `id/version` */
      readonly calendar: string;
      readonly timeZone: string;
    }
  | { readonly kind: 'taken-over'; readonly dueAt: Instant };

/** Explains an instant that another system promised. */
export function takenOver(dueAt: Instant): Explanation {
  return { kind: 'taken-over', dueAt };
}

/** The explanation in sentences a citizen understands. */
export function sentencesOf(explanation: Explanation): readonly string[] {
  if (explanation.kind === 'taken-over') return [`The date ${explanation.dueAt} was taken over from another system.`];
  const { startedAt, countedFrom, days, dueAt, limit, timeZone, calendar } = explanation;
  const at = (instant: Instant) => wallClock(instant, timeZone);
  return [
    `Begun on ${at(startedAt)}${countedFrom === startedAt ? '' : `, outside of opening time: counted from ${at(countedFrom)}`}.`,
    `The limit is ${amountOf(limit)}, by the calendar ${calendar}.`,
    ...days.map(sentenceOf),
    `Due on ${at(dueAt)}.`,
  ];
}

function sentenceOf(day: ExplainedDay): string {
  switch (day.counts) {
    case 'hours':
      return `${day.date}: ${hours(day.workingMs)} counted.`;
    case 'day':
      return `${day.date}: counted as one day.`;
    case 'first-day':
      return `${day.date}: the day it began is not counted.`;
    case 'moved-here':
      return `${day.date}: the limit ended on a day off and moved to this working day.`;
    case 'no': {
      const basis = day.legalBasis === null ? '' : ` (${day.legalBasis})`;
      return `${day.date}: not counted, ${day.name ?? day.reason}${basis}.`;
    }
  }
}

const units = {
  WORKING_HOUR: 'working hour',
  WORKING_DAY: 'working day',
  CALENDAR_DAY: 'calendar day',
  MONTH: 'month',
} as const;

function amountOf({ amount, unit }: Limit): string {
  return `${amount} ${units[unit]}${amount === 1 ? '' : 's'}`;
}

function hours(workingMs: number): string {
  const minutes = Math.round(workingMs / 60_000);
  const parts = [
    Math.floor(minutes / 60) > 0 ? `${Math.floor(minutes / 60)} h` : '',
    minutes % 60 > 0 ? `${minutes % 60} min` : '',
  ];
  return parts.filter(Boolean).join(' ') || '0 min';
}

function wallClock(instant: Instant, timeZone: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return `${local.toPlainDate().toString()} at ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}
