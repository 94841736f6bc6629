import type { WorkCalendar } from '#calendar';

const DAY_MS = 86_400_000;
const weekend = ['Sat', 'Sun'];

/**
 * Working days as they are counted where nobody thought of tables: day after day, asking the platform for the weekday and a set
 * for the holiday. It knows no hours: its answer is the last day.
 */
export class DayWalk {
  private readonly off: ReadonlySet<string>;
  private readonly worked: ReadonlySet<string>;
  private readonly day: Intl.DateTimeFormat;
  private readonly weekday: Intl.DateTimeFormat;

  constructor({ days, timeZone }: WorkCalendar) {
    const isWorked = ({ kind }: WorkCalendar['days'][number]) => kind === 'moved-working-day' || kind === 'half-day';
    this.worked = new Set(days.filter(isWorked).map(({ date }) => date));
    this.off = new Set(days.filter((day) => !isWorked(day)).map(({ date }) => date));
    this.day = new Intl.DateTimeFormat('sv-SE', { timeZone });
    this.weekday = new Intl.DateTimeFormat('en', { timeZone, weekday: 'short' });
  }

  /** The day on which so many working days are over, the first not counted. */
  lastDay(start: string, workingDays: number): string {
    let ms = Date.parse(start);
    for (let left = workingDays; left > 0;) {
      ms += DAY_MS;
      if (this.isWorked(ms)) left -= 1;
    }
    return this.day.format(ms);
  }

  private isWorked(ms: number): boolean {
    const date = this.day.format(ms);
    return this.worked.has(date) || (!this.off.has(date) && !weekend.includes(this.weekday.format(ms)));
  }
}
