import { Temporal } from 'temporal-polyfill';
import type { Language } from '#contracts';
import type { ExplainedDay, Explanation } from './explanation';
import type { Instant, LocalDate } from './instant';
import type { CountingRule, Limit } from './limit';

/** An explanation in sentences a citizen understands, in the zone of the office. */
export function sentencesOf(explanation: Explanation, language: Language): readonly string[] {
  const say = words[language];
  const at = (instant: Instant) => wallClock(instant, explanation.timeZone, say);
  if (explanation.kind === 'taken-over') return [say.takenOver(at(explanation.dueAt))];
  const { startedAt, countedFrom, days, dueAt, limit, rule, calendar, estimatedAfter } = explanation;
  return [
    countedFrom === startedAt ? say.begun(at(startedAt)) : say.begunClosed(at(startedAt), at(countedFrom)),
    say.limit(limitOf(limit, rule, say), calendar),
    ...days.map((day) => sentenceOf(day, language)),
    say.due(at(dueAt)),
    ...(estimatedAfter === null ? [] : [say.estimated(say.date(estimatedAfter))]),
  ];
}

/** A limit as a citizen reads it, without the full stop: "10 working days". */
export function limitInWords(limit: Limit, rule: CountingRule, language: Language): string {
  return limitOf(limit, rule, words[language]);
}

/** A moment as the clock on the office's wall showed it, written out for a citizen. `timeZone` is an IANA name. */
export function wallTimeInWords(instant: Instant, timeZone: string, language: Language): string {
  return wallClock(instant, timeZone, words[language]);
}

/** One language's words. Dates and times come written out already. */
interface Words {
  readonly date: (date: LocalDate) => string;
  readonly at: (date: string, time: string) => string;
  readonly begun: (at: string) => string;
  readonly begunClosed: (at: string, countedFrom: string) => string;
  readonly limit: (limit: string, calendar: string) => string;
  readonly counted: (date: string, how: Exclude<ExplainedDay['counts'], 'no'>, time: string) => string;
  readonly notCounted: (date: string, why: string) => string;
  readonly dayOfRest: string;
  readonly due: (at: string) => string;
  readonly estimated: (until: string) => string;
  readonly takenOver: (at: string) => string;
  readonly amount: (amount: number, unit: Exclude<Limit['unit'], 'SAME_DAY'>) => string;
  readonly asHours: string;
  readonly sameDay: (cutOff: string, dueBy: string) => string;
  readonly time: (hours: number, minutes: number) => string;
}

const many = (amount: number, one: string, more: string) => `${amount} ${amount === 1 ? one : more}`;
const [year, month, day] = [
  (date: string) => date.slice(0, 4),
  (date: string) => date.slice(5, 7),
  (date: string) => date.slice(8),
];

const words: { readonly [L in Language]: Words } = {
  vi: {
    date: (date) => `${day(date)}/${month(date)}/${year(date)}`,
    at: (date, time) => `${time} ngày ${date}`,
    begun: (at) => `Bắt đầu lúc ${at}.`,
    begunClosed: (at, from) => `Bắt đầu lúc ${at}, ngoài giờ làm việc: tính từ ${from}.`,
    limit: (limit, calendar) => `Thời hạn là ${limit}, theo lịch làm việc ${calendar}.`,
    counted: (date, how, time) =>
      ({
        hours: `${date}: tính ${time}.`,
        day: `${date}: tính một ngày.`,
        'first-day': `${date}: ngày bắt đầu không tính.`,
        'moved-here': `${date}: thời hạn kết thúc vào ngày nghỉ nên chuyển sang ngày làm việc này.`,
      })[how],
    notCounted: (date, why) => `${date}: không tính, ${why}.`,
    dayOfRest: 'ngày nghỉ hằng tuần',
    due: (at) => `Hẹn trả lúc ${at}.`,
    estimated: (until) => `Lịch nghỉ sau ngày ${until} chưa được công bố; ngày hẹn có thể thay đổi.`,
    takenOver: (at) => `Thời điểm ${at} được tiếp nhận từ một hệ thống khác.`,
    amount: (amount, unit) =>
      `${amount} ${{ WORKING_HOUR: 'giờ làm việc', WORKING_DAY: 'ngày làm việc', CALENDAR_DAY: 'ngày', MONTH: 'tháng' }[unit]}`,
    asHours: 'tính theo giờ làm việc',
    sameDay: (cutOff, dueBy) => `trong ngày: nộp trước ${cutOff} trả lúc ${dueBy}, nộp sau trả ngày làm việc tiếp theo`,
    time: (hours, minutes) => [hours > 0 && `${hours} giờ`, minutes > 0 && `${minutes} phút`].filter(Boolean).join(' '),
  },
  en: {
    date: (date) => date,
    at: (date, time) => `${date} at ${time}`,
    begun: (at) => `Begun on ${at}.`,
    begunClosed: (at, from) => `Begun on ${at}, outside of opening time: counted from ${from}.`,
    limit: (limit, calendar) => `The limit is ${limit}, by the calendar ${calendar}.`,
    counted: (date, how, time) =>
      ({
        hours: `${date}: ${time} counted.`,
        day: `${date}: counted as one day.`,
        'first-day': `${date}: the day it began is not counted.`,
        'moved-here': `${date}: the limit ended on a day off and moved to this working day.`,
      })[how],
    notCounted: (date, why) => `${date}: not counted, ${why}.`,
    dayOfRest: 'weekly day of rest',
    due: (at) => `Due on ${at}.`,
    estimated: (until) => `Days off after ${until} have not been announced yet; the date may move.`,
    takenOver: (at) => `The date ${at} was taken over from another system.`,
    amount: (amount, unit) =>
      ({
        WORKING_HOUR: many(amount, 'working hour', 'working hours'),
        WORKING_DAY: many(amount, 'working day', 'working days'),
        CALENDAR_DAY: many(amount, 'calendar day', 'calendar days'),
        MONTH: many(amount, 'month', 'months'),
      })[unit],
    asHours: 'counted as working hours',
    sameDay: (cutOff, dueBy) => `the same day: before ${cutOff} due at ${dueBy}, later on the next working day`,
    time: (hours, minutes) => [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`].filter(Boolean).join(' '),
  },
  de: {
    date: (date) => `${day(date)}.${month(date)}.${year(date)}`,
    at: (date, time) => `${date} um ${time} Uhr`,
    begun: (at) => `Begonnen am ${at}.`,
    begunClosed: (at, from) => `Begonnen am ${at}, außerhalb der Öffnungszeit: gezählt ab ${from}.`,
    limit: (limit, calendar) => `Die Frist beträgt ${limit}, nach dem Kalender ${calendar}.`,
    counted: (date, how, time) =>
      ({
        hours: `${date}: ${time} gezählt.`,
        day: `${date}: als ein Tag gezählt.`,
        'first-day': `${date}: der Tag des Beginns zählt nicht.`,
        'moved-here': `${date}: die Frist endete an einem freien Tag und verschiebt sich auf diesen Arbeitstag.`,
      })[how],
    notCounted: (date, why) => `${date}: nicht gezählt, ${why}.`,
    dayOfRest: 'wöchentlicher Ruhetag',
    due: (at) => `Fällig am ${at}.`,
    estimated: (until) => `Freie Tage nach dem ${until} sind noch nicht bekannt gegeben; das Datum kann sich ändern.`,
    takenOver: (at) => `Der Zeitpunkt ${at} wurde aus einem anderen System übernommen.`,
    amount: (amount, unit) =>
      ({
        WORKING_HOUR: many(amount, 'Arbeitsstunde', 'Arbeitsstunden'),
        WORKING_DAY: many(amount, 'Arbeitstag', 'Arbeitstage'),
        CALENDAR_DAY: many(amount, 'Kalendertag', 'Kalendertage'),
        MONTH: many(amount, 'Monat', 'Monate'),
      })[unit],
    asHours: 'als Arbeitsstunden gezählt',
    sameDay: (cutOff, dueBy) => `derselbe Tag: vor ${cutOff} fällig um ${dueBy}, später am nächsten Arbeitstag`,
    time: (hours, minutes) =>
      [hours > 0 && `${hours} Std.`, minutes > 0 && `${minutes} Min.`].filter(Boolean).join(' '),
  },
};

function sentenceOf(explained: ExplainedDay, language: Language): string {
  const say = words[language];
  const date = say.date(explained.date);
  const { because } = explained;
  const name = because?.name?.[language] ?? say.dayOfRest;
  const reason = because?.legalBasis ? `${name} (${because.legalBasis})` : name;
  if (explained.counts === 'no') return say.notCounted(date, reason);
  const sentence = say.counted(
    date,
    explained.counts,
    explained.counts === 'hours' ? duration(explained.workingMs, say) : '',
  );
  // A day worked although its weekday is off, or worked by half, is worth its reason too.
  return because && explained.counts !== 'first-day' ? `${sentence.slice(0, -1)} (${reason}).` : sentence;
}

function limitOf(limit: Limit, { workingDay }: CountingRule, say: Words): string {
  if (limit.unit === 'SAME_DAY') return say.sameDay(limit.cutOff, limit.dueBy);
  const amount = say.amount(limit.amount, limit.unit);
  return limit.unit === 'WORKING_DAY' && workingDay === 'hours' ? `${amount} (${say.asHours})` : amount;
}

function duration(workingMs: number, say: Words): string {
  const minutes = Math.round(workingMs / 60_000);
  return say.time(Math.floor(minutes / 60), minutes % 60) || '0 min';
}

function wallClock(instant: Instant, timeZone: string, say: Words): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return say.at(say.date(local.toPlainDate().toString()), local.toPlainTime().toString({ smallestUnit: 'minute' }));
}
