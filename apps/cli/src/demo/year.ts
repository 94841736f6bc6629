import { shiftByWorkingTime, workingMsBetween, type Instant, type WorkCalendar } from '#calendar';
import { lifeOf, type DemoCommand, type Life, type Wanted, type YearSources } from './life';
import type { Offered, OfficeCharacter } from './offices';
import { Random } from './random';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WORKING_DAY_MS = 8 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
const YEAR_MS = 365 * DAY_MS;

/** The lives that began in the year before now, in the order of their beginning; what of them is not past yet is done by officials. */
export function yearBefore(sources: YearSources): readonly Life[] {
  const now = Date.parse(sources.now);
  return livesBetween(sources, { from: now - YEAR_MS, until: now, share: 1, firstTrace: 0, stream: 0 });
}

/** How much more comes in while somebody watches than came in before: a queue should be seen to move. */
const LIVELINESS = 2;

/**
 * What begins from now on, week by week and without an end, what is left to be done of the year before, and what is done beside that
 * (`also`); in the order of time.
 */
export function* presentOf(
  sources: YearSources,
  before: readonly Life[],
  also: readonly DemoCommand[] = [],
): Generator<DemoCommand, never> {
  let pending = [...before.flat(), ...also].filter(({ at }) => at > sources.now);
  let firstTrace = before.length;
  for (let week = 0; ; week += 1) {
    const from = Date.parse(sources.now) + week * WEEK_MS;
    const until = from + WEEK_MS;
    const share = (LIVELINESS * WEEK_MS) / YEAR_MS;
    const lives = livesBetween(sources, { from, until, share, firstTrace, stream: week + 1 });
    firstTrace += lives.length;
    const all = inOrder([...pending, ...lives.flat()]);
    const end = instantOf(until);
    yield* all.filter(({ at }) => at <= end);
    pending = all.filter(({ at }) => at > end);
  }
}

/** What is past, some dossiers side by side, each dossier's commands one after another: as fast as a desk takes them. */
export function pastOf(now: Instant, lives: readonly Life[]): readonly DemoCommand[] {
  const SIDE_BY_SIDE = 24;
  const past = lives.map((life) => turnsOf(life.filter(({ at }) => at <= now)));
  const groups = Array.from({ length: Math.ceil(past.length / SIDE_BY_SIDE) }, (_, group) =>
    past.slice(group * SIDE_BY_SIDE, (group + 1) * SIDE_BY_SIDE),
  );
  return groups.flatMap((group) => {
    const longest = Math.max(...group.map(({ length }) => length));
    return Array.from({ length: longest }, (_, turn) => group.flatMap((life) => life[turn] ?? [])).flat();
  });
}

/**
 * A life's acts one by one, but a wait together with what ended it: between the two the desk would find the applicant silent for
 * months, and do at once what the law names for that.
 */
function turnsOf(life: Life): readonly Life[] {
  const turns: DemoCommand[][] = [];
  for (const command of life) {
    const last = turns.at(-1);
    if (last?.at(-1)?.name.startsWith('request-')) last.push(command);
    else turns.push([command]);
  }
  return turns;
}

interface Period {
  /** In milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** Of the dossiers of a year. */
  readonly share: number;
  readonly firstTrace: number;
  /** Periods of one seed are drawn apart from one another. */
  readonly stream: number;
}

function livesBetween(sources: YearSources, period: Period): readonly Life[] {
  const random = new Random(sources.seed * 1_000 + period.stream);
  const [begin, end] = [instantOf(period.from), instantOf(period.until)];
  const open = workingMsBetween(sources.calendar, begin, end);
  const begun = sources.offices.flatMap((office) =>
    Array.from({ length: open === 0 ? 0 : Math.round(office.dossiers * period.share) }, () => {
      return drawn(random, office, begin, open, sources.calendar);
    }),
  );
  return begun
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .map((one, index) => lifeOf(period.firstTrace + index, one, random, sources));
}

/** No instant is wanted more than so many times the usual. */
const MOST = 8;

/** When somebody comes, and for what: more after the office was closed, each procedure in its season, mornings before afternoons. */
function drawn(random: Random, office: OfficeCharacter, begin: Instant, open: number, calendar: WorkCalendar): Wanted {
  const offers = office.sections.flatMap((section) => section.offers.map((offered) => ({ section, offered })));
  const usual = sumOf(offers.map(({ offered }) => offered.weight));
  for (;;) {
    const anywhen = random.next() * open;
    const earlier = random.is(0.4) ? (anywhen % WORKING_DAY_MS) * random.next() : 0;
    const at = shiftByWorkingTime(calendar, begin, Math.max(1, Math.floor(anywhen - earlier)));
    const weights = offers.map(({ offered }) => offered.weight * seasonAt(offered, at));
    const wanted = (sumOf(weights) / usual) * pentUpAt(calendar, at);
    if (!random.is(wanted / MOST)) continue;
    const chosen = offers[placeOf(weights, random.next() * sumOf(weights))];
    if (chosen) return { office, at, ...chosen };
  }
}

function seasonAt({ season }: Offered, at: Instant): number {
  return season?.[Number(at.slice(5, 7)) - 1] ?? 1;
}

/** What piled up while the office was closed: Mondays a third more, after Tết three times as much for some days. */
function pentUpAt(calendar: WorkCalendar, at: Instant): number {
  const openIn = (days: number, usualDays: number) => {
    const open = workingMsBetween(calendar, instantOf(Date.parse(at) - days * DAY_MS), at);
    return (usualDays * WORKING_DAY_MS) / Math.max(open, WORKING_DAY_MS);
  };
  const long = Math.min(3, Math.max(1, openIn(10, 6.5)));
  const short = openIn(2, 1) > 0.9 ? 1.3 : 1;
  return long * short;
}

/** The place in a list of weights that a number below their sum falls on. */
function placeOf(weights: readonly number[], drawnNumber: number): number {
  let left = drawnNumber;
  return weights.findIndex((weight) => (left -= weight) < 0);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

function inOrder(commands: readonly DemoCommand[]): readonly DemoCommand[] {
  return [...commands].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

function instantOf(ms: number): Instant {
  return new Date(ms).toISOString();
}
