import { addBusinessDays } from 'date-fns';
import { civilCode, dueAt, explainedDue, localDate, parseWorkCalendar, type Limit, type WorkCalendar } from '#calendar';
import { diffOf } from '../../../apps/cli/src/calendar/calendar';
import { administratorOf, serviceFor } from '../../../apps/cli/src/stack-access';
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

/**
 * (due) How many due instants one core computes, beside a walk over the days and a library that knows weekends only; and how
 * fast it is shown what a decree moves.
 */
export async function measureDue(bench: Bench): Promise<Findings> {
  const calendar = parseWorkCalendar(demoContent().calendars.find(isOfVietNam));
  return { lines: [...computed(bench, calendar), await previewed(bench, calendar)] };
}

function computed({ sizes, report }: Bench, calendar: WorkCalendar): readonly Line[] {
  report('(due) due instants by one core, beside a day-walk and date-fns');
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
  return [
    line(`due instants, ${days.name} (bare: a walk over the days)`, days.plain, byWalk, aim),
    line(`due instants, ${days.name} (bare: date-fns, weekends only)`, days.plain, byLibrary, null),
    line(`due instants with their explanation, ${days.name}`, days.explained, null, null),
    ...others.flatMap(({ name, plain, explained }) => [
      line(`due instants, ${name}`, plain, null, aim),
      line(`due instants with their explanation, ${name}`, explained, null, null),
    ]),
  ];
}

/** A decree makes a day of next week free: every open dossier is looked at, most would move. 100,000 in a minute are aimed at. */
async function previewed({ stack: { stack }, report }: Bench, calendar: WorkCalendar): Promise<Line> {
  const desk = serviceFor(stack.services.desk, stack.dataFolder, await administratorOf(stack));
  const date = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  const free = { date, kind: 'closure', name: 'Measured', legalBasis: 'Benchmark' };
  const decree = { ...calendar, version: 'bench', days: [...calendar.days.filter((day) => day.date !== date), free] };
  await desk({ method: 'POST', path: '/catalogue', body: { calendars: [decree], procedures: [] } });
  report('(due) what a decree would move');
  const beganAt = performance.now();
  const { checked, moved } = await diffOf(desk, undefined, { update: () => undefined, stop: () => undefined });
  const ours = checked / ((performance.now() - beganAt) / 1_000);
  const what = `open dossiers looked at for what a decree moves, of ${checked}, ${moved.length} moved`;
  return { part: 'due', what, unit: '/s', ours, reference: null, aim: { of: 'ours', atLeast: 1_667 } };
}

function ratePerSecond(work: (start: string) => unknown): number {
  for (const start of starts.slice(0, 5_000)) work(start); // The compiler has seen it then.
  const beganAt = performance.now();
  for (const start of starts) work(start);
  return starts.length / ((performance.now() - beganAt) / 1_000);
}

/** A reference that counts something else proves nothing. */
function requireAgreement(calendar: WorkCalendar, walk: DayWalk): void {
  for (const start of starts.slice(0, 200)) {
    const due = dueAt(calendar, start, { amount: 15, unit: 'WORKING_DAY' }, { ...civilCode, outOfHours: 'own-day' });
    if (localDate(calendar, due) !== walk.lastDay(start, 15))
      throw new Error(`The day-walk disagrees from ${start} on.`);
  }
}

function isOfVietNam(calendar: unknown): boolean {
  return (calendar as { readonly id: string }).id === 'vn-office';
}
