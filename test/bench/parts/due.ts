import { addBusinessDays } from 'date-fns';
import { civilCode, dueAt, explainedDue, localDate, parseWorkCalendar, type Limit } from '#calendar';
import { demoContent } from '../../../apps/cli/src/start/content';
import type { Bench } from '../bench';
import { DayWalk } from '../bare/day-walk';
import { median, type Findings, type Line } from '../figures';

/** Received at any minute of nine years: what is remembered from one to the next is no help. */
const starts = Array.from({ length: 20_000 }, (_, index) =>
  new Date(Date.parse('2018-02-01T03:00:00.000Z') + index * 14_000_000).toISOString(),
);

const limits: readonly (readonly [string, Limit])[] = [
  ['15 working days', { amount: 15, unit: 'WORKING_DAY' }],
  ['8 working hours', { amount: 8, unit: 'WORKING_HOUR' }],
  ['30 calendar days', { amount: 30, unit: 'CALENDAR_DAY' }],
  ['a month', { amount: 1, unit: 'MONTH' }],
  ['the same day', { unit: 'SAME_DAY', cutOff: '15:00', dueBy: '17:00' }],
];

/** (due) How many due instants one core computes, beside a walk over the days and a library that knows weekends only. */
export function measureDue({ sizes, report }: Bench): Promise<Findings> {
  report('(due) due instants by one core, beside a day-walk and date-fns');
  const calendar = parseWorkCalendar(demoContent().calendars.find(isOfVietNam));
  const walk = new DayWalk(calendar);
  requireAgreement(calendar, walk);
  const perSecond = (work: (start: string) => unknown) =>
    median(Array.from({ length: sizes.rounds }, () => ratePerSecond(work)));
  const line = (what: string, ours: number, reference: number | null, aim: Line['aim']): Line => ({
    part: 'due',
    what,
    unit: '/s',
    ours,
    reference,
    aim,
  });
  const byWalk = perSecond((start) => walk.lastDay(start, 15));
  const byLibrary = perSecond((start) => addBusinessDays(start, 15));
  const [days, ...others] = limits.map(([name, limit]) => ({
    name,
    plain: perSecond((start) => dueAt(calendar, start, limit, civilCode)),
    explained: perSecond((start) => explainedDue(calendar, start, limit, civilCode)),
  }));
  if (!days) throw new RangeError('There is a first limit.');
  const aim = { of: 'ours', atLeast: 200_000 } as const;
  return Promise.resolve({
    lines: [
      line(`due instants, ${days.name} (bare: a walk over the days)`, days.plain, byWalk, aim),
      line(`due instants, ${days.name} (bare: date-fns, weekends only)`, days.plain, byLibrary, null),
      line(`due instants with their explanation, ${days.name}`, days.explained, null, null),
      ...others.flatMap(({ name, plain, explained }) => [
        line(`due instants, ${name}`, plain, null, aim),
        line(`due instants with their explanation, ${name}`, explained, null, null),
      ]),
    ],
  });
}

function ratePerSecond(work: (start: string) => unknown): number {
  const beganAt = performance.now();
  for (const start of starts) work(start);
  return starts.length / ((performance.now() - beganAt) / 1_000);
}

/** A reference that counts something else proves nothing. */
function requireAgreement(calendar: Parameters<typeof dueAt>[0], walk: DayWalk): void {
  for (const start of starts.slice(0, 200)) {
    const due = dueAt(calendar, start, { amount: 15, unit: 'WORKING_DAY' }, { ...civilCode, outOfHours: 'own-day' });
    if (localDate(calendar, due) !== walk.lastDay(start, 15))
      throw new Error(`The day-walk disagrees from ${start} on.`);
  }
}

function isOfVietNam(calendar: unknown): boolean {
  return (calendar as { readonly id: string }).id === 'vn-office';
}
