import { shiftByWorkingTime, workingMsBetween, type Instant, type Limit, type WorkCalendar } from '#calendar';
import type { PlannedCommand } from '../replay/plan';
import { applicant } from './people';
import { Random } from './random';

const HOUR_MS = 3_600_000;
const WORKING_DAY_MS = 8 * HOUR_MS;

/** What a year is made from. */
export interface YearSources {
  /** The same seed makes the same year. */
  readonly seed: number;
  /** Where the past ends and the present begins. */
  readonly now: Instant;
  readonly calendar: WorkCalendar;
  readonly procedures: readonly DemoProcedure[];
}

/** As much of a procedure as its demo dossiers need. */
export interface DemoProcedure {
  readonly code: string;
  readonly serviceLevel: { readonly legalLimit: Limit | null };
  readonly description?: { readonly components: readonly { readonly code: string }[] } | null;
}

/** A command, and who gives it: an official in the present, of null whoever takes over what is past. */
export interface DemoCommand extends PlannedCommand {
  readonly by: string | null;
}

/** A field of work: how much of it there is, how much of it is late, and whose it is. */
interface Field {
  readonly share: number;
  readonly lateShare: number;
  readonly procedures: readonly [string, ...string[]];
  readonly officials: readonly [string, ...string[]];
  readonly postId: string;
}

/**
 * Of a commune, by the notes on volumes (domain notes, section 6): about nine of ten in time over all, land the late field,
 * five of six handed in online.
 */
const fields: readonly [Field, ...Field[]] = [
  {
    share: 0.35,
    lateShare: 0.2,
    procedures: ['1.012786', '1.012753', 'S1.000010'],
    officials: ['minh', 'son'],
    postId: 'do-luong-land-officer',
  },
  {
    share: 0.65,
    lateShare: 0.06,
    procedures: ['1.001193', '1.004873', 'S1.000005', 'S1.000002', 'S1.000012', 'S1.000015', 'S1.000011'],
    officials: ['tuan'],
    postId: 'do-luong-civil-officer',
  },
];
const clerks = ['lan', 'huong'] as const;
const clerksPost = 'do-luong-centre-clerk';

/** How much work there is: a small commune's, so that a start takes seconds. */
const pastDossiers = 240;
const presentDossiers = 240;
const PAST_MS = 365 * 24 * HOUR_MS;
const PRESENT_MS = 45 * 24 * HOUR_MS;

/**
 * A year of a commune until now, and the weeks that follow. What lies before now carries its instant (`occurredAt`) and is recorded
 * by whoever may record the past; the rest is done by officials when its time comes. In the order of time.
 */
export function demoYear(sources: YearSources): readonly DemoCommand[] {
  const random = new Random(sources.seed);
  const now = Date.parse(sources.now);
  const past = dossiersBetween(now - PAST_MS, now, pastDossiers);
  const present = dossiersBetween(now, now + PRESENT_MS, presentDossiers);
  return [...past, ...present]
    .flatMap((receivedAt, index) => lifeOf(index, receivedAt, random, sources))
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));

  /** While the office is open, and more in the first half of a day than in the second. */
  function dossiersBetween(from: number, until: number, count: number): readonly Instant[] {
    const [begin, end] = [instantOf(from), instantOf(until)];
    const open = workingMsBetween(sources.calendar, begin, end);
    return Array.from({ length: count }, () => {
      const at = random.next() * open;
      const inDay = at % WORKING_DAY_MS;
      const earlier = random.is(0.4) ? inDay * random.next() : 0;
      return shiftByWorkingTime(sources.calendar, begin, Math.max(1, Math.floor(at - earlier)));
    });
  }
}

/** From the counter to the applicant's hand. */
function lifeOf(trace: number, receivedAt: Instant, random: Random, sources: YearSources): readonly DemoCommand[] {
  const { calendar } = sources;
  const field = random.is(fields[0].share) ? fields[0] : (fields[1] ?? fields[0]);
  const procedure = procedureIn(field, random, sources);
  const clerk = random.pick(clerks);
  const official = random.pick(field.officials);
  const later = (from: Instant, workingMs: number) =>
    shiftByWorkingTime(calendar, from, Math.max(1, Math.floor(workingMs)));
  const limitMs = limitOf(procedure);
  const neededMs = limitMs * (random.is(field.lateShare) ? random.between(1.1, 2) : random.between(0.15, 0.9));
  const handedOverAt = later(receivedAt, random.between(0.1, 1) * Math.min(HOUR_MS, neededMs / 4));
  const asksForMore = limitMs > WORKING_DAY_MS && random.is(0.12);
  const askedAt = later(handedOverAt, neededMs * 0.3);
  const answeredAt = asksForMore ? later(askedAt, random.between(1, 5) * WORKING_DAY_MS) : askedAt;
  const processedAt = later(answeredAt, neededMs * 0.6);
  const returnedAt = later(processedAt, random.between(0.2, 6) * HOUR_MS);
  const channel = channelOf(random);
  const command = commandsOf(trace, sources.now);
  const holder = { officialId: clerk, postId: clerksPost };
  const more = {
    reasonCode: 'document-missing',
    components: [componentOf(procedure)],
    remark: 'Thiếu giấy tờ kèm theo.',
  };
  return [
    command('receive', clerk, receivedAt, {
      procedureCode: procedure.code,
      channel,
      applicant: applicant(random),
      responsible: holder,
    }),
    command('hand-over', clerk, handedOverAt, { to: { officialId: official, postId: field.postId } }),
    ...(asksForMore
      ? [command('request-supplement', official, askedAt, more), command('receive-supplement', official, answeredAt)]
      : []),
    command('mark-processed', official, processedAt, { result: 'granted' }),
    command('return', clerk, returnedAt, { to: 'applicant', proof: 'signature' }),
  ];
}

function commandsOf(trace: number, now: Instant) {
  return (name: PlannedCommand['name'], by: string, at: Instant, body: object = {}): DemoCommand => {
    const isPast = at <= now;
    return {
      at,
      trace,
      part: name,
      name,
      by: isPast ? null : by,
      body: { ...body, ...(isPast && { occurredAt: at }) },
    };
  };
}

function procedureIn(field: Field, random: Random, { procedures }: YearSources): DemoProcedure {
  const code = random.pick(field.procedures);
  const found = procedures.find((one) => one.code === code);
  if (!found) throw new Error(`The demo's catalogue has no procedure ${code}.`);
  return found;
}

function limitOf({ serviceLevel: { legalLimit } }: DemoProcedure): number {
  switch (legalLimit?.unit) {
    case 'WORKING_HOUR':
      return legalLimit.amount * HOUR_MS;
    case 'WORKING_DAY':
      return legalLimit.amount * WORKING_DAY_MS;
    case 'CALENDAR_DAY':
      return (legalLimit.amount * WORKING_DAY_MS * 5) / 7;
    case 'MONTH':
      return legalLimit.amount * 21 * WORKING_DAY_MS;
    case 'SAME_DAY':
    case undefined:
      return 4 * HOUR_MS;
  }
}

function channelOf(random: Random): string {
  const drawn = random.next();
  return drawn < 0.83 ? 'online' : drawn < 0.98 ? 'desk' : 'post';
}

function componentOf({ description }: DemoProcedure): string {
  return description?.components[0]?.code ?? 'application-form';
}

function instantOf(ms: number): Instant {
  return new Date(ms).toISOString();
}
