import type { CountingRule, Limit, OpeningStretch, WorkCalendar } from '../src/index';

/**
 * A second implementation, for comparison: slow, by the wall clock alone, minute after minute, sharing nothing with the first.
 * Starts must lie on a whole minute. A change to summer time must lie outside of opening time.
 */
export function slowDueAt(calendar: WorkCalendar, start: string, limit: Limit, rule: CountingRule): string {
  const isByMinutes = limit.unit === 'WORKING_HOUR' || (limit.unit === 'WORKING_DAY' && rule.workingDay === 'hours');
  let wall = wallOf(calendar, start);
  if (isByMinutes || rule.outOfHours === 'next-opening') while (!isOpen(calendar, wall)) wall = minuteLater(wall);
  if (isByMinutes) {
    const inHours = limit.unit === 'WORKING_HOUR' ? limit.amount : limit.amount * calendar.workingHoursPerDay;
    for (let left = inHours * 60; left > 0; wall = minuteLater(wall)) if (isOpen(calendar, wall)) left -= 1;
    return instantOf(calendar, wall);
  }
  return instantOf(calendar, endOf(calendar, wall, limit, rule));
}

interface Wall {
  readonly date: string;
  readonly minute: number;
}

function endOf(calendar: WorkCalendar, wall: Wall, limit: Limit, rule: CountingRule): Wall {
  let { date } = wall;
  const isClosed = isWorked(calendar, date) && wall.minute >= closing(calendar, date);
  const isFirstCounted = rule.firstDay === 'included' && !isClosed;
  switch (limit.unit) {
    case 'SAME_DAY': {
      const isInTime = isWorked(calendar, date) && !isClosed && wall.minute < minuteOf(limit.cutOff);
      if (!isInTime) date = nextDate(date);
      while (!isWorked(calendar, date)) date = nextDate(date);
      return { date, minute: Math.min(closing(calendar, date), minuteOf(limit.dueBy)) };
    }
    case 'WORKING_DAY': {
      let left = limit.amount;
      if (isFirstCounted && isWorked(calendar, date)) left -= 1;
      while (left > 0) {
        date = nextDate(date);
        if (isWorked(calendar, date)) left -= 1;
      }
      return { date, minute: closing(calendar, date) };
    }
    case 'CALENDAR_DAY':
      for (let day = isFirstCounted ? 1 : 0; day < limit.amount; day += 1) date = nextDate(date);
      break;
    case 'MONTH': {
      const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
      const lastOfMonth = new Date(Date.UTC(year, month + limit.amount, 0)).getUTCDate();
      const then = new Date(
        Date.UTC(year, month - 1 + limit.amount, Math.min(day - (isFirstCounted ? 1 : 0), lastOfMonth)),
      );
      date = then.toISOString().slice(0, 10);
      break;
    }
    case 'WORKING_HOUR':
      throw new RangeError('Hours are counted by minutes.');
  }
  if (isWorked(calendar, date)) return { date, minute: closing(calendar, date) };
  if (rule.endOnDayOff === 'stays') return { date: nextDate(date), minute: 0 };
  while (!isWorked(calendar, date)) date = nextDate(date);
  return { date, minute: closing(calendar, date) };
}

function isOpen(calendar: WorkCalendar, { date, minute }: Wall): boolean {
  return openingOf(calendar, date).some(([opens, closes]) => minuteOf(opens) <= minute && minute < minuteOf(closes));
}

function isWorked(calendar: WorkCalendar, date: string): boolean {
  return openingOf(calendar, date).length > 0;
}

function closing(calendar: WorkCalendar, date: string): number {
  return Math.max(...openingOf(calendar, date).map(([, closes]) => minuteOf(closes)));
}

const looked = new WeakMap<WorkCalendar, Map<string, readonly OpeningStretch[]>>();

function openingOf(calendar: WorkCalendar, date: string): readonly OpeningStretch[] {
  const before = looked.get(calendar) ?? new Map<string, readonly OpeningStretch[]>();
  looked.set(calendar, before);
  const opening = before.get(date) ?? lookedUp(calendar, date);
  before.set(date, opening);
  return opening;
}

function lookedUp({ weekly, seasons, days }: WorkCalendar, date: string): readonly OpeningStretch[] {
  const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
  const season = seasons.find(({ from, until }) =>
    from <= until ? date.slice(5) >= from && date.slice(5) <= until : date.slice(5) >= from || date.slice(5) <= until,
  );
  const week = season ? season.weekly : weekly;
  const special = days.find((day) => day.date === date);
  if (special?.open) return special.open;
  if (special?.hoursOf) return week[special.hoursOf];
  return special ? [] : week[names[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'sunday'];
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function minuteLater({ date, minute }: Wall): Wall {
  return minute + 1 < 24 * 60 ? { date, minute: minute + 1 } : { date: nextDate(date), minute: 0 };
}

function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function wallOf({ timeZone }: WorkCalendar, instant: string): Wall {
  const text = new Date(instant).toLocaleString('sv-SE', { timeZone });
  return { date: text.slice(0, 10), minute: minuteOf(text.slice(11, 16)) };
}

/** Tried with each offset there is: right is the one whose wall clock shows it. */
function instantOf(calendar: WorkCalendar, { date, minute }: Wall): string {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  for (let offset = -12 * 60; offset <= 14 * 60; offset += 15) {
    const instant = new Date(asUtc - offset * 60_000).toISOString();
    const wall = wallOf(calendar, instant);
    if (wall.date === date && wall.minute === minute) return instant;
  }
  throw new RangeError(`No clock shows ${date} ${minute}.`);
}
