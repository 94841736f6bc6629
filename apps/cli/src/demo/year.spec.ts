import { dueAt, localDate, parseWorkCalendar, withinWorkingTime, workingMsBetween } from '#calendar';
import { answersTo, organisationDefects, parseOrganisation, parseProcedureVersion } from '#domain';
import { demoContent } from '../start/content';
import { absencesAround, type DemoAbsence } from './absences';
import type { DemoCommand, Life, YearSources } from './life';
import { demoOffices } from './offices';
import { threeOffices } from './organisation';
import { lettersBack, voicesOf } from './voices';
import { pastOf, presentOf, yearBefore } from './year';

const DAY_MS = 24 * 3_600_000;
const content = demoContent();
const calendar = parseWorkCalendar(content.calendars.find((one) => (one as { id: string }).id === 'vn-office'));
const procedures = content.procedures.map(parseProcedureVersion);
const now = '2026-11-21T00:00:00.000Z';
const sources: YearSources = {
  seed: 7,
  now,
  calendar,
  procedures,
  offices: demoOffices,
  absences: absencesAround(now),
};
const lives = yearBefore(sources);

test('one seed makes one year, and another another', () => {
  const small = { ...sources, offices: demoOffices.map((office) => ({ ...office, dossiers: 20 })) };

  expect(yearBefore(small)).toEqual(yearBefore(small));
  expect(yearBefore({ ...small, seed: 8 })).not.toEqual(yearBefore(small));
});

test('what is past is recorded with its instant, in each office by whoever may; what is to come is done by its people', () => {
  for (const { at, by, body } of lives.flat()) {
    expect(by.officialId === 'kien').toBe(at <= now);
    expect(body['occurredAt']).toBe(at <= now ? at : undefined);
  }
  expect(pastOf(now, lives)).toHaveLength(lives.flat().filter(({ at }) => at <= now).length);
});

test('each dossier’s acts follow one another, while the office is open', () => {
  for (const life of lives) {
    const instants = life.map(({ at }) => at);
    expect(instants).toEqual([...instants].sort());
    expect(instants.map((at) => withinWorkingTime(calendar, at))).toEqual(instants);
  }
});

test('the year has the published figures: nine of ten in time, land the late field, five of six online', () => {
  const online = lives.filter((life) => bodyOf(life, 'channel') === 'online').length / lives.length;
  const lateOf = (id: string) =>
    shareOf(
      inOffice(id).filter((life) => life.some(isProcessing)),
      isLate,
    );
  const all = shareOf(
    lives.filter((life) => life.some(isProcessing)),
    isLate,
  );
  const figures = {
    online,
    all,
    doLuong: lateOf('do-luong'),
    thanhVinh: lateOf('thanh-vinh'),
    ngheAn: lateOf('nghe-an'),
  };

  expect(figures).toEqual({
    online: within(0.75, 0.88),
    all: within(0.06, 0.16),
    doLuong: within(0.1, 0.24),
    thanhVinh: within(0.02, 0.09),
    ngheAn: within(0.06, 0.16),
  });
});

test('days and months are unlike: the busiest day, the days behind Tết, the months before the school year', () => {
  const perDay = counted(lives.map(([first]) => localDate(calendar, first!.at)));
  const busiest = Math.max(...perDay.values());
  const perMonth = counted(
    lives.filter((life) => bodyOf(life, 'procedureCode') === 'S1.000017').map(([first]) => first!.at.slice(5, 7)),
  );
  const afterTet = [...perDay].filter(([day]) => day >= '2026-02-23' && day <= '2026-02-27').map(([, count]) => count);

  expect(busiest / (lives.length / 250)).toEqual(within(2, 6));
  expect((perMonth.get('08') ?? 0) / (perMonth.get('03') ?? 1)).toBeGreaterThan(4);
  expect(afterTet.reduce((sum, one) => sum + one, 0) / 5 / (lives.length / 250)).toEqual(within(1.3, 4));
});

test('results take as many days in the mean as provinces report', () => {
  const days = lives
    .filter((life) => life.some(isProcessing))
    .map((life) => workingMsBetween(calendar, begunAt(life), life.find(isProcessing)!.at) / (DAY_MS / 3));

  expect(days.reduce((sum, one) => sum + one, 0) / days.length).toEqual(within(2.4, 6.6));
});

test('what lay while its official was away is late; of what was given to a colleague not more than half', () => {
  const minhs = absencesAround(now).find(({ officialId }) => officialId === 'minh')!;
  const lay = lives.filter((life) => liesMeanwhile(life, minhs));
  const given = lives.filter((life) => life.some(({ name }) => name === 'reassign'));

  expect(lay.length).toBeGreaterThan(4);
  expect(shareOf(lay, isLate)).toBeGreaterThan(shareOf(inOffice('do-luong'), isLate));
  expect(given.length).toBeGreaterThan(0);
  expect(shareOf(given, isLate)).toBeLessThanOrEqual(0.5);
});

test('a year holds what an office meets: supplements, payments, apologies, withdrawals, refusals, complaints', () => {
  const names = counted(lives.flat().map(({ name }) => name));

  for (const name of ['request-supplement', 'request-payment', 'extend', 'confirm-withdrawal', 'refuse', 'reassign']) {
    expect([name, names.get(name) ?? 0]).toEqual([name, within(1, 400)]);
  }
  expect(lives.filter((life) => bodyOf(life, 'about') !== undefined).length).toBeGreaterThan(0);
});

test('a wait and what ended it are recorded right behind one another: nobody was silent', () => {
  const past = pastOf(now, lives);
  const waits = past.flatMap(({ name, trace }, place) => (name.startsWith('request-') ? [{ trace, place }] : []));
  const ended = waits.filter(({ trace, place }) => past.slice(place + 1).some((later) => later.trace === trace));

  expect(ended.length).toBeGreaterThan(50);
  expect(ended.filter(({ trace, place }) => past[place + 1]!.trace !== trace)).toEqual([]);
});

test('of the last weeks fees are charged and paid, once a dossier', () => {
  const charged = lives.filter((life) => life.some(({ name }) => name === 'charge-fee'));

  expect(charged.length).toEqual(within(20, 120));
  for (const life of charged) {
    const names = life.map(({ name }) => name).filter((name) => /-fee|-payment/.test(name));
    expect(names).toEqual(['charge-fee', 'pay-fee']);
  }
});

test('who declares a death answers the e-form of that, as its schema asks', () => {
  const { eForm } = procedures.find(({ code }) => code === 'S1.000003')!.description!;
  const declared = lives.filter((life) => bodyOf(life, 'procedureCode') === 'S1.000003');

  expect(declared.length).toBeGreaterThan(20);
  for (const life of declared) {
    expect(answersTo(eForm, bodyOf(life, 'eForm') as object)).toHaveLength(8);
  }
});

test('applicants of each office write, rate and complain, and papers lie there as files; nothing of it outlives its dossier', () => {
  const voices = voicesOf(lives, sources);
  const answers = lettersBack(voices, lives, sources);
  const kinds = counted(voices.map(({ kind }) => kind));
  const officesOf = (kind: string) =>
    demoOffices.filter(({ id }) =>
      voices.some((voice) => voice.kind === kind && inOffice(id).includes(lives[voice.trace]!)),
    );

  expect(Object.fromEntries(kinds)).toEqual({
    message: within(6, 40),
    rating: within(15, 80),
    complaint: 2,
    file: within(10, 90),
  });
  expect(officesOf('message')).toHaveLength(3);
  expect(officesOf('rating')).toHaveLength(3);
  expect(answers.length).toEqual(within(2, kinds.get('message')!));
  for (const { at, trace } of answers) expect([at > now, lives[trace]!.at(-1)!.at > at]).toEqual([true, true]);
  expect(voices).toEqual(voicesOf(lives, sources));
  expect(voices.length + pastOf(now, lives).length).toBeLessThan(7_745 * 1.15); // What a start recorded before there were any.
});

test('in the first five days of watching, dates are kept, come near and pass, and new dossiers come in', () => {
  const until = new Date(Date.parse(now) + 7 * DAY_MS).toISOString();
  const week: DemoCommand[] = [];
  for (const command of presentOf(sources, lives)) {
    if (command.at > until) break;
    week.push(command);
  }
  const open = lives.filter((life) => life.at(-1)!.at > now && life.some(({ name }) => name === 'hand-over'));
  const passing = open.filter((life) => {
    const due = promisedAt(life);
    const processed = life.find(isProcessing);
    return due > now && due < until && (processed === undefined || processed.at > due);
  });

  expect(week.filter(({ name }) => name === 'receive' || name === 'submit').length).toEqual(within(30, 90));
  expect(week.filter(({ name }) => name === 'return').length).toEqual(within(20, 90));
  expect(passing.length).toEqual(within(1, 40));
});

test('the three offices are one organisation without a defect', () => {
  const organisation = parseOrganisation(threeOffices(content, now).organisation);
  expect(organisationDefects(organisation, now)).toEqual([]);
});

/** A number of at least and at most so much. */
function within(least: number, most: number): unknown {
  return {
    asymmetricMatch: (number: number) => number >= least && number <= most,
    toString: () => `${least} to ${most}`,
  };
}

function bodyOf([first]: Life, field: string): unknown {
  return first?.body[field];
}

function isProcessing({ name }: DemoCommand): boolean {
  return name === 'mark-processed';
}

function begunAt(life: Life): string {
  return (life.find(({ name }) => name === 'accept') ?? life[0])!.at;
}

/** The first promise, as the desk makes it: from the acceptance of what came in online. */
function promisedAt(life: Life): string {
  const { serviceLevel } = procedures.find(({ code }) => code === bodyOf(life, 'procedureCode'))!;
  const { legalLimit, appointmentLimit, onlineLimit, counting } = serviceLevel;
  const limits = [legalLimit, appointmentLimit, bodyOf(life, 'channel') === 'online' ? onlineLimit : null];
  return limits.flatMap((limit) => (limit ? [dueAt(calendar, begunAt(life), limit, counting)] : [])).sort()[0]!;
}

function isLate(life: Life): boolean {
  if (life.some(({ name }) => name.startsWith('request-'))) return false; // Its promise moved.
  return (life.find(isProcessing)?.at ?? now) > promisedAt(life);
}

function shareOf<T>(things: readonly T[], isSo: (thing: T) => boolean): number {
  return things.filter(isSo).length / things.length;
}

function counted(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function inOffice(id: string): readonly Life[] {
  const { places } = demoOffices.find((office) => office.id === id)!;
  return lives.filter((life) => places.includes((bodyOf(life, 'applicant') as { address: string }).address));
}

/** Handed to somebody before they came back, and not done before they went. */
function liesMeanwhile(life: Life, { officialId, from, until }: DemoAbsence): boolean {
  const handedOver = life.find(({ name }) => name === 'hand-over');
  const to = handedOver?.body['to'] as { officialId: string } | undefined;
  return to?.officialId === officialId && handedOver!.at < until && (life.find(isProcessing)?.at ?? from) > from;
}
