import fc from 'fast-check';
import { randomLives, type RandomLife } from '../test/lives';
import { at, calendar, head, Life, minh, procedure } from '../test/office';
import {
  dossierFrom,
  emptyTally,
  figures,
  groupings,
  groupOf,
  isOfFigure,
  latenessOf,
  ratesOf,
  standingIn,
  tallied,
  type Balances,
  type Fact,
  type Period,
  type ProcedureVersion,
  type Tally,
} from './index';

function timekeepingBy(rule: ProcedureVersion) {
  return { procedure: rule, calendar, presentCalendar: calendar, wakeAt: (instant: string) => instant };
}

function tallyOf(lives: readonly Life[], period: Period): Tally {
  const timekeeping = timekeepingBy(procedure);
  return lives.reduce((tally, { dossier }) => tallied(tally, dossier, timekeeping, period), emptyTally);
}

const week: Period = { from: at('Mon', '00:00'), until: at('Fri', '17:30') };
const granted = { name: 'mark-processed', result: 'granted' } as const;
const exception = { legalBasis: 'law', approvedBy: 'hoa' };

describe('a dossier that was promised for Wednesday at 08:00', () => {
  test.each([
    ['Tue', '17:00', 'early'],
    ['Wed', '08:00', 'onTime'],
    ['Wed', '08:01', 'late'],
  ] as const)('and processed on %s at %s is settled: %s', (day, time, line) => {
    const { settled } = tallyOf([Life.received().then(at(day, time), granted)], week).balances;

    expect(settled).toEqual({ total: 1, early: 0, onTime: 0, late: 0, [line]: 1 });
  });

  test('and open is within its limit until then, and overdue after', () => {
    const lives = [Life.received()];

    expect(tallyOf(lives, { ...week, until: at('Wed', '08:00') }).balances.pending.within).toBe(1);
    expect(tallyOf(lives, { ...week, until: at('Wed', '08:01') }).balances.pending.overdue).toBe(1);
  });

  test('stays late however it is extended, or a supplement asked for afterwards', () => {
    const until = '2026-11-27';
    const extended = Life.received()
      .then(at('Tue', '09:00'), { name: 'extend', reasonCode: 'survey', until, signedBy: 'hoa', ...exception })
      .then(at('Fri', '09:00'), granted);
    const asked = Life.received()
      .then(at('Thu', '09:00'), { name: 'request-supplement', reasonCode: 'missing', components: [], ...exception })
      .then(at('Thu', '16:00'), { name: 'receive-supplement' })
      .then(at('Thu', '17:00'), granted);

    expect(tallyOf([extended, asked], week).balances.settled).toMatchObject({ total: 2, late: 2 });
  });

  test('is promised for later by what the applicant took in time', () => {
    const life = Life.received()
      .then(at('Tue', '09:00'), { name: 'request-supplement', reasonCode: 'missing', components: [], ...exception })
      .then(at('Wed', '09:00'), { name: 'receive-supplement' })
      .then(at('Thu', '08:00'), granted);
    const tally = tallyOf([life], week);

    expect(tally.balances.settled).toMatchObject({ late: 0 });
    expect(tally.keptBy766).toBe(1);
  });
});

describe('by Decision 766, index 2.1,', () => {
  test('a second supplement makes it overdue, and a payment stops no clock', () => {
    const ask = { name: 'request-supplement', reasonCode: 'missing', components: [], ...exception } as const;
    const twice = Life.received()
      .then(at('Mon', '09:00'), ask)
      .then(at('Mon', '10:00'), { name: 'receive-supplement' })
      .then(at('Mon', '11:00'), ask)
      .then(at('Mon', '14:00'), { name: 'receive-supplement' })
      .then(at('Tue', '09:00'), granted);
    const paid = Life.received()
      .then(at('Mon', '09:00'), { name: 'request-payment', amountMinor: 1, currency: 'VND' })
      .then(at('Thu', '09:00'), { name: 'receive-payment' })
      .then(at('Thu', '10:00'), granted);
    const tally = tallyOf([twice, paid], week);

    expect(ratesOf(tally)).toEqual([
      { formula: 'decision-766-index-2.1', onTime: 0, of: 2, percent: 0 },
      { formula: 'circular-01-2020', onTime: 2, of: 2, percent: 100 },
    ]);
  });

  test('open and within the limit counts as kept; by Circular 01/2020 only what is settled counts', () => {
    const lives = [Life.received(), Life.received(), Life.received().then(at('Mon', '10:00'), granted)];

    expect(ratesOf(tallyOf(lives, { ...week, until: at('Tue', '09:00') }))).toEqual([
      { formula: 'decision-766-index-2.1', onTime: 3, of: 3, percent: 100 },
      { formula: 'circular-01-2020', onTime: 1, of: 1, percent: 100 },
    ]);
    expect(ratesOf(tallyOf(lives, week)).map(({ percent }) => percent)).toEqual([33.33, 100]);
  });

  test('what was asked to be withdrawn is measured at that', () => {
    const life = Life.received().then(at('Tue', '09:00'), { name: 'request-withdrawal' });

    expect(tallyOf([life], week).keptBy766).toBe(1);
  });
});

test('of nothing there is no rate', () => {
  expect(ratesOf(emptyTally).map(({ percent }) => percent)).toEqual([null, null]);
});

test('a submission counts from its acceptance, by how it came in', () => {
  const submitted = Life.submitted();
  expect(tallyOf([submitted], week).balances.received.total).toBe(0);
  submitted.then(at('Tue', '09:00'), { name: 'accept', code: 'H41-261123-0002', holder: minh });

  expect(tallyOf([submitted, Life.received()], week).balances.received).toEqual({
    total: 2,
    online: 1,
    inPerson: 1,
    carriedOver: 0,
  });
  expect(tallyOf([submitted], { ...week, until: at('Tue', '09:00') }).balances.received.total).toBe(0);
});

/** Some lives, and three instants in order that cut their time into two periods. */
const unitAndCuts = fc.tuple(
  fc.array(randomLives(), { minLength: 1, maxLength: 6 }),
  fc
    .array(fc.integer({ min: -1_440, max: 30_000 }), { minLength: 3, maxLength: 3 })
    .map((minutes) =>
      [...minutes]
        .sort((one, other) => one - other)
        .map((minute) => new Date(Date.parse(at('Mon', '08:00')) + minute * 60_000).toISOString()),
    ),
);

function tallyOfLives(lives: readonly RandomLife[], period: Period, seen: (facts: readonly Fact[]) => readonly Fact[]) {
  return lives.reduce((tally, { life, timekeeping }) => {
    const facts = seen(life.facts);
    if (facts.length === 0) return tally;
    return tallied(tally, dossierFrom(facts), timekeepingBy(timekeeping.procedure), period);
  }, emptyTally);
}

const all = (facts: readonly Fact[]) => facts;

function added(one: Balances, other: Balances) {
  return {
    online: one.received.online + other.received.online,
    inPerson: one.received.inPerson + other.received.inPerson,
    early: one.settled.early + other.settled.early,
    onTime: one.settled.onTime + other.settled.onTime,
    late: one.settled.late + other.settled.late,
  };
}

test('the balances hold for any unit and any period', () => {
  fc.assert(
    fc.property(unitAndCuts, ([lives, [from = '', until = '']]) => {
      const { received, settled, pending } = tallyOfLives(lives, { from, until }, all).balances;
      expect(received.total).toBe(received.online + received.inPerson + received.carriedOver);
      expect(settled.total).toBe(settled.early + settled.onTime + settled.late);
      expect(pending.total).toBe(pending.within + pending.overdue);
      expect(received.total).toBe(settled.total + pending.total);
    }),
    { numRuns: 200 },
  );
});

test('of any unit and period, as many dossiers are of a figure as it counts, each of one group', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(unitAndCuts, ([lives, [from = '', until = '']]) => {
      const period = { from, until };
      const standings = lives.flatMap(({ life, timekeeping }) => {
        const standing = standingIn(period, life.dossier, timekeepingBy(timekeeping.procedure));
        return standing ? [{ standing, dossier: life.dossier }] : [];
      });
      const { received, settled, pending } = tallyOfLives(lives, period, all).balances;
      const { total: came, ...coming } = received;
      const { total: done, ...how } = settled;
      const { total: open, ...stands } = pending;
      const told = { received: came, settled: done, pending: open, ...coming, ...how, ...stands };
      for (const figure of figures) {
        const of = standings.filter(({ standing }) => isOfFigure(figure, standing));
        expect([figure, of.length]).toEqual([figure, told[figure]]);
        if (of.length > 0) seen.add(figure);
      }
      for (const { dossier } of standings) {
        for (const grouping of groupings) expect(groupOf(grouping, dossier, period)).not.toBe('');
      }
    }),
    { numRuns: 200 },
  );
  expect(seen.size).toBeGreaterThan(8);
});

test('a dossier counts to whoever held it when it was settled, and to the holder at the end while it is pending', () => {
  const { dossier } = Life.received()
    .then(at('Mon', '10:00'), { name: 'hand-over', to: head, step: null })
    .then(at('Tue', '09:00'), granted);
  const before = { ...week, until: at('Mon', '09:30') };
  expect(groupOf('official', dossier, week)).toBe(head.officialId);
  expect(groupOf('official', dossier, before)).toBe(dossier.responsibility[0]?.officialId);
});

test('one period goes on where the other ended: what was pending is carried over, and two are as good as one', () => {
  fc.assert(
    fc.property(unitAndCuts, ([lives, [from = '', middle = '', until = '']]) => {
      const first = tallyOfLives(lives, { from, until: middle }, all).balances;
      const second = tallyOfLives(lives, { from: middle, until }, all).balances;
      const whole = tallyOfLives(lives, { from, until }, all).balances;
      expect(second.received.carriedOver).toBe(first.pending.total);
      expect(second.pending).toEqual(whole.pending);
      const { received, settled } = whole;
      const { online, inPerson } = received;
      const { early, onTime, late } = settled;
      expect(added(first, second)).toEqual({ online, inPerson, early, onTime, late });
    }),
    { numRuns: 200 },
  );
});

test('what happens after a period changes no figure of it', () => {
  let later = 0;
  fc.assert(
    fc.property(unitAndCuts, ([lives, [from = '', until = '']]) => {
      const then = (facts: readonly Fact[]) => facts.filter(({ time }) => time < until);
      later += lives.filter(({ life }) => then(life.facts).length < life.facts.length).length;
      expect(tallyOfLives(lives, { from, until }, all)).toEqual(tallyOfLives(lives, { from, until }, then));
    }),
    { numRuns: 200 },
  );
  expect(later).toBeGreaterThan(50);
});

test('a dossier is settled late exactly where its lateness is more than none', () => {
  let lates = 0;
  fc.assert(
    fc.property(randomLives(), ({ life: { dossier, facts }, timekeeping, now }) => {
      if (dossier.processedAt === null) return;
      const period = { from: at('Mon', '00:00'), until: new Date(Date.parse(now) + 1).toISOString() };
      const tally = tallied(emptyTally, dossier, timekeepingBy(timekeeping.procedure), period);
      const lateness = latenessOf('appointmentAt', facts, timekeeping, now);
      if (lateness!.lateMs > 0) expect(tally.balances.settled.late).toBe(1);
      if (tally.balances.settled.late === 0) expect(lateness!.lateMs).toBe(0);
      lates += tally.balances.settled.late;
    }),
    { numRuns: 400 },
  );
  expect(lates).toBeGreaterThan(10);
});
