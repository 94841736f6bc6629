import fc from 'fast-check';
import { workingMsBetween } from '#calendar';
import { latenessOf, lifeUntil, type Act, type Lateness, type PromisedInstant, type ServiceLevel } from './index';
import { at, calendar, head, lan, Life, minh, procedure } from '../test/office';
import { randomLives, type RandomLife } from '../test/lives';

const HOUR_MS = 3_600_000;
const toMinh = { name: 'hand-over', to: minh, step: 'examine' } as const;
const processed = { name: 'mark-processed', result: 'granted' } as const;
const supplement = {
  name: 'request-supplement',
  reasonCode: 'missing',
  components: ['map'],
  legalBasis: null,
  approvedBy: null,
} as const;
const extend = {
  name: 'extend',
  reasonCode: 'survey',
  until: '2026-11-27',
  signedBy: 'hoa',
  legalBasis: null,
  approvedBy: null,
} as const;
const completed = { name: 'receive-supplement' } as const;

/** Promised in 16 working hours, so that what comes in on Monday at 08:00 is due on Wednesday at 08:00; `examine` has four. */
function lateness(life: Life, of: PromisedInstant = 'appointmentAt', act: Partial<Act> = {}): Lateness {
  const found = latenessOf(of, life.facts, { procedure, presentCalendar: calendar, ...act }, at('Fri', '17:30'));
  if (!found) throw new Error('Nothing was promised.');
  return found;
}

/** Holder, hours held after the breach, hours of share. */
function divided({ shares }: Lateness): unknown[] {
  return shares.map(({ holder, heldLateMs, shareMs }) => [holder.officialId, heldLateMs / HOUR_MS, shareMs / HOUR_MS]);
}

function ruled(change: Partial<ServiceLevel>): Pick<Act, 'procedure'> {
  return { procedure: { ...procedure, serviceLevel: { ...procedure.serviceLevel, ...change } } };
}

describe('how late', () => {
  test('processed within the promise, a dossier is not late and nothing is divided', () => {
    const life = Life.received().then(at('Wed', '08:00'), processed);

    expect(lateness(life)).toMatchObject({ breach: null, lateMs: 0, formula: null, shares: [] });
  });

  test('two hours after the promise it is two hours late, by whoever held it when the time was used up', () => {
    const life = Life.received().then(at('Tue', '09:00'), toMinh).then(at('Wed', '10:00'), processed);

    expect(lateness(life)).toMatchObject({ lateMs: 2 * HOUR_MS, breach: { at: at('Wed', '08:00'), holder: minh } });
  });

  test('handed over at the very instant of the promise, the receiver holds it at the breach', () => {
    const life = Life.received().then(at('Wed', '08:00'), toMinh).then(at('Wed', '10:00'), processed);

    expect(lateness(life).breach).toEqual({ at: at('Wed', '08:00'), holder: minh });
  });

  test('an open dossier is late until now', () => {
    const { facts } = Life.received();
    const until = (now: string) =>
      latenessOf('appointmentAt', facts, { procedure, presentCalendar: calendar }, now)?.lateMs;

    expect(until(at('Wed', '08:00'))).toBe(0);
    expect(until(at('Wed', '09:00'))).toBe(HOUR_MS);
    expect(until(at('Thu', '09:00'))).toBe(9 * HOUR_MS);
  });

  test('what happens at the counter after it was processed makes it no later, and is nobody’s', () => {
    const life = Life.received()
      .then(at('Wed', '09:00'), processed)
      .then(at('Wed', '10:00'), toMinh)
      .then(at('Fri', '09:00'), { name: 'return', to: 'applicant', proof: 'signature' });

    expect(lateness(life)).toMatchObject({ lateMs: HOUR_MS, formula: 'working-time-used' });
    expect(divided(lateness(life))).toEqual([['lan', 1, 1]]);
  });

  test('a supplement puts the promise off by the working time waited', () => {
    const life = Life.received().then(at('Mon', '10:00'), supplement).then(at('Tue', '15:30'), completed);
    life.then(at('Thu', '14:00'), processed);

    expect(lateness(life)).toMatchObject({
      promisedAt: at('Wed', '08:00'),
      breach: { at: at('Thu', '11:30'), holder: lan },
      lateMs: HOUR_MS / 2,
    });
  });

  test('a supplement asked for after the breach mends nothing', () => {
    const life = Life.received().then(at('Wed', '10:00'), supplement).then(at('Fri', '08:00'), completed);
    life.then(at('Fri', '09:00'), processed);

    expect(lateness(life)).toMatchObject({ breach: { at: at('Wed', '08:00') }, lateMs: 3 * HOUR_MS });
  });

  test('where a supplement starts the limit anew, lateness begins after the new limit', () => {
    const restart = ruled({ supplementMode: 'restart' });
    const life = Life.received(at('Mon', '08:00'), restart)
      .then(at('Mon', '10:00'), supplement, restart)
      .then(at('Tue', '08:00'), completed, restart)
      .then(at('Thu', '09:00'), processed, restart);

    expect(lateness(life, 'appointmentAt', restart)).toMatchObject({
      promisedAt: at('Wed', '08:00'),
      breach: { at: at('Thu', '08:00') },
      lateMs: HOUR_MS,
    });
  });

  test('asked for at the very instant of the promise, a supplement still starts the limit anew', () => {
    const restart = ruled({ supplementMode: 'restart' });
    const life = Life.received(at('Mon', '08:00'), restart)
      .then(at('Wed', '08:00'), supplement, restart)
      .then(at('Wed', '09:00'), completed, restart)
      .then(at('Thu', '09:00'), processed, restart);

    expect(lateness(life, 'appointmentAt', restart)).toMatchObject({ breach: null, lateMs: 0 });
  });

  test('an appointment taken over moves with a supplement, whatever the mode, and not with an extension', () => {
    const given = ruled({ kind: 'given', supplementMode: 'restart' });
    const instants = { appointmentAt: at('Tue', '08:00'), legalDueAt: at('Fri', '17:30') };
    const life = Life.received(at('Mon', '08:00'), given, instants)
      .then(at('Mon', '09:00'), extend, given)
      .then(at('Mon', '10:00'), supplement, given)
      .then(at('Mon', '11:00'), completed, given)
      .then(at('Tue', '10:00'), processed, given);

    expect(lateness(life, 'appointmentAt', given)).toMatchObject({
      promisedAt: at('Tue', '08:00'),
      breach: { at: at('Tue', '09:00') },
      lateMs: HOUR_MS,
    });
  });

  test('a decree that moved the date makes nobody late; an act after it counts from there', () => {
    const name = { vi: 'Nghỉ', en: 'Free', de: 'Frei' };
    const free = {
      date: '2026-11-25',
      kind: 'holiday',
      hoursOf: null,
      open: null,
      name,
      legalBasis: 'Decree',
    } as const;
    const presentCalendar = { ...calendar, version: '2', days: [free] };
    const recompute = { name: 'recompute', operationId: 'op', legalBasis: 'Decree' } as const;
    const decreed = { calendar: presentCalendar, presentCalendar };
    const life = Life.received().then(at('Mon', '12:00'), recompute, { presentCalendar });
    const inTime = Life.received().then(at('Mon', '12:00'), recompute, { presentCalendar });
    inTime.then(at('Thu', '08:00'), processed, decreed);
    life.then(at('Thu', '10:00'), processed, decreed);

    expect(lateness(inTime, 'appointmentAt', decreed)).toMatchObject({ promisedAt: at('Wed', '08:00'), lateMs: 0 });
    expect(lateness(life, 'appointmentAt', decreed)).toMatchObject({
      lateMs: 2 * HOUR_MS,
      breach: { at: at('Thu', '08:00'), holder: lan },
    });
  });

  test('an extension does not make it on time', () => {
    const life = Life.received().then(at('Tue', '09:00'), extend).then(at('Thu', '08:00'), processed);

    expect(lateness(life).lateMs).toBe(8 * HOUR_MS);
    expect(lateness(life, 'legalDueAt').lateMs).toBe(0);
  });

  test('processed in the evening of the last day, the limit was missed by no working time', () => {
    const life = Life.received().then(at('Thu', '20:00'), processed);

    expect(lateness(life, 'legalDueAt')).toMatchObject({
      breach: { at: at('Thu', '17:30'), holder: lan },
      lateMs: 0,
      shares: [],
    });
  });

  test('before it is accepted, nothing is promised', () => {
    const { facts } = Life.submitted();

    expect(latenessOf('appointmentAt', facts, { procedure, presentCalendar: calendar }, at('Fri', '08:00'))).toBeNull();
  });
});

describe('whose lateness it is', () => {
  test('who overran a step answers for it, not who passed it on in time', () => {
    const life = Life.received().then(at('Mon', '10:00'), toMinh).then(at('Wed', '10:00'), processed);

    expect(lateness(life).formula).toBe('overrun-of-steps');
    expect(divided(lateness(life))).toEqual([
      ['lan', 0, 0],
      ['minh', 2, 2],
    ]);
  });

  test('who sat on it answers, although somebody else held it when it was late', () => {
    const life = Life.received().then(at('Tue', '17:30'), toMinh).then(at('Wed', '11:00'), processed);

    expect(lateness(life)).toMatchObject({ breach: { holder: minh }, formula: 'overrun-of-steps' });
    expect(divided(lateness(life))).toEqual([
      ['lan', 0, 3],
      ['minh', 3, 0],
    ]);
  });

  test('two who used more than was planned share in proportion to what each used beyond it', () => {
    const life = Life.received().then(at('Tue', '16:00'), toMinh).then(at('Thu', '11:00'), processed);

    // Lan used 14 hours of the 12 that the limit of "examine" leaves, Minh 13 of its 4: late by 11.
    expect(divided(lateness(life))).toEqual([
      ['lan', 0, 2],
      ['minh', 11, 9],
    ]);
  });

  test('a step handed on keeps its one limit: its overrun divides by what each used of it, to the millisecond', () => {
    const life = Life.received()
      .then(at('Mon', '08:00'), toMinh)
      .then(at('Tue', '17:30'), { ...toMinh, to: head })
      .then(at('Wed', '11:30'), processed);

    const { shares, lateMs } = lateness(life);
    expect(lateMs).toBe(3.5 * HOUR_MS);
    expect(shares.map(({ holder, usedMs, shareMs }) => [holder.officialId, usedMs / HOUR_MS, shareMs])).toEqual([
      ['minh', 15.5, 10_015_385],
      ['hoa', 4, 2_584_615],
    ]);
  });

  test('a step begun twice has its limit twice', () => {
    const life = Life.received()
      .then(at('Mon', '08:00'), toMinh)
      .then(at('Mon', '14:00'), { ...toMinh, to: head, step: 'sign' })
      .then(at('Wed', '07:30'), toMinh)
      .then(at('Wed', '11:30'), processed);

    // Minh kept to four hours each time; Hoa used 11.5 of the 8 that were left.
    expect(divided(lateness(life))).toEqual([
      ['minh', 3.5, 0],
      ['hoa', 0, 3.5],
    ]);
  });

  test('where no step has a limit, it divides by the working time used', () => {
    const noLimits = ruled({
      steps: [{ code: 'examine', limit: null, role: null, officeRole: null, body: null, level: null }],
    });
    const life = Life.received(at('Mon', '08:00'), noLimits)
      .then(at('Mon', '14:00'), toMinh, noLimits)
      .then(at('Wed', '17:30'), processed, noLimits);

    // 4 hours and 19.5 of 23.5, late by 7.5.
    const late = lateness(life, 'appointmentAt', noLimits);
    expect(late).toMatchObject({ lateMs: 7.5 * HOUR_MS, formula: 'working-time-used' });
    expect(late.shares.map(({ shareMs }) => shareMs)).toEqual([4_595_745, 22_404_255]);
  });

  test('a millisecond that two have earned alike goes to who held it first', () => {
    const given = ruled({ kind: 'given', steps: [] });
    const appointmentAt = at('Wed', '08:00').replace('.000Z', '.001Z');
    const life = Life.received(at('Mon', '08:00'), given, { appointmentAt, legalDueAt: at('Fri', '17:30') })
      .then(at('Tue', '09:00'), { ...toMinh, step: null }, given)
      .then(at('Wed', '10:00'), processed, given);

    expect(lateness(life, 'appointmentAt', given).shares).toMatchObject([
      { holder: lan, usedMs: 9 * HOUR_MS, shareMs: HOUR_MS },
      { holder: minh, usedMs: 9 * HOUR_MS, shareMs: HOUR_MS - 1 },
    ]);
  });

  test('where limits exceed the promise and all were kept, it divides by the working time used', () => {
    const generous = ruled({
      steps: [
        {
          code: 'examine',
          limit: { amount: 40, unit: 'WORKING_HOUR' },
          role: null,
          officeRole: null,
          body: null,
          level: null,
        },
      ],
    });
    const life = Life.received(at('Mon', '08:00'), generous)
      .then(at('Mon', '08:00'), toMinh, generous)
      .then(at('Wed', '09:00'), { ...toMinh, to: head }, generous)
      .then(at('Wed', '10:00'), processed, generous);

    const late = lateness(life, 'appointmentAt', generous);
    expect(late).toMatchObject({ lateMs: 2 * HOUR_MS, formula: 'working-time-used' });
    expect(late.shares.map(({ shareMs }) => shareMs)).toEqual([6_800_000, 400_000]);
  });

  test('the time of a supplement is nobody’s: whoever held it meanwhile has no share', () => {
    const life = Life.received()
      .then(at('Mon', '10:00'), supplement)
      .then(at('Mon', '11:00'), { name: 'reassign', to: head, reasonCode: 'absent' })
      .then(at('Mon', '15:00'), { name: 'reassign', to: minh, reasonCode: 'back' })
      .then(at('Mon', '16:00'), completed)
      .then(at('Fri', '08:00'), processed);

    expect(lateness(life).shares.map(({ holder }) => holder.officialId)).toEqual(['lan', 'minh']);
  });

  test('one person in two posts has two shares', () => {
    const deputy = { ...minh, postId: 'land-deputy' };
    const life = Life.received()
      .then(at('Mon', '08:00'), toMinh)
      .then(at('Wed', '08:00'), { ...toMinh, to: deputy, step: null })
      .then(at('Wed', '09:00'), processed);

    expect(lateness(life).shares.map(({ holder }) => holder.postId)).toEqual(['land-officer', 'land-deputy']);
  });
});

describe('the answer to an online submission', () => {
  const accepted = { name: 'accept', code: 'H41-261123-0002', holder: minh } as const;
  const accept = (life: Life) => lateness(life, 'acceptanceDueAt');

  test('given within the limit is not late, whatever comes after it', () => {
    const life = Life.submitted().then(at('Mon', '17:30'), accepted).then(at('Fri', '16:00'), processed);

    expect(accept(life)).toMatchObject({ promisedAt: at('Tue', '08:00'), breach: null, lateMs: 0 });
  });

  test('given later is late until then, and divides over those who were to give it', () => {
    const life = Life.submitted()
      .then(at('Tue', '09:00'), { name: 'reassign', to: minh, reasonCode: 'absent' })
      .then(at('Tue', '10:00'), accepted)
      .then(at('Thu', '10:00'), processed);

    const found = accept(life);
    expect(found).toMatchObject({ lateMs: 2 * HOUR_MS, breach: { at: at('Tue', '08:00'), holder: lan } });
    expect(found.shares).toMatchObject([
      { holder: lan, usedMs: 9 * HOUR_MS, heldLateMs: HOUR_MS, shareMs: 1.8 * HOUR_MS },
      { holder: minh, usedMs: HOUR_MS, heldLateMs: HOUR_MS, shareMs: 0.2 * HOUR_MS },
    ]);
  });

  test('not given is late until now, or until it was refused', () => {
    const open = Life.submitted();
    const refused = Life.submitted().then(at('Tue', '11:00'), { name: 'refuse', reasonCode: 'incomplete' });

    expect(
      latenessOf('acceptanceDueAt', open.facts, { procedure, presentCalendar: calendar }, at('Tue', '09:00')),
    ).toMatchObject({ lateMs: HOUR_MS });
    expect(accept(refused).lateMs).toBe(3 * HOUR_MS);
  });

  test('is owed to nobody at the counter', () => {
    const { facts } = Life.received();

    expect(
      latenessOf('acceptanceDueAt', facts, { procedure, presentCalendar: calendar }, at('Fri', '17:30')),
    ).toBeNull();
  });
});

describe('in any life', () => {
  const promises = ['appointmentAt', 'legalDueAt'] as const;

  function inAny(
    holds: (found: Lateness, random: RandomLife) => void,
    lives: fc.Arbitrary<RandomLife> = randomLives(),
  ): void {
    const property = fc.property(lives, fc.constantFrom(...promises), (random, of) => {
      const found = latenessOf(of, random.life.facts, random.timekeeping, random.now);
      if (found) holds(found, random);
    });
    fc.assert(property, { numRuns: 500 });
  }

  test('the shares sum to the lateness exactly, and so does what was held after the breach', () => {
    let late = 0;
    inAny(({ lateMs, shares }) => {
      expect(shares.reduce((sum, { shareMs }) => sum + shareMs, 0)).toBe(lateMs);
      expect(shares.reduce((sum, { heldLateMs }) => sum + heldLateMs, 0)).toBe(lateMs);
      if (lateMs > 0) late++;
    });
    expect(late).toBeGreaterThan(50);
  });

  test('no share is below nothing, and nobody held more after the breach than at all', () => {
    inAny(({ shares, lateMs }) => {
      for (const { shareMs, heldLateMs, usedMs } of shares) {
        expect(shareMs).toBeGreaterThanOrEqual(0);
        expect(shareMs).toBeLessThanOrEqual(lateMs);
        expect(heldLateMs).toBeGreaterThanOrEqual(0);
        expect(heldLateMs).toBeLessThanOrEqual(usedMs);
      }
    });
  });

  test('a dossier that is not late has no shares, and one that is has a breach', () => {
    inAny(({ lateMs, shares, formula, breach }) => {
      if (lateMs === 0) expect({ shares, formula }).toEqual({ shares: [], formula: null });
      else expect(breach).not.toBeNull();
    });
  });

  test('only those share who held it while the clock of the office ran', () => {
    inAny(({ shares }, { life, now }) => {
      const held = lifeUntil(life.facts, calendar, now).filter(({ clock }) => clock === 'office');
      for (const { holder } of shares) expect(held.map((one) => one.holder)).toContainEqual(holder);
    });
  });

  test('what happens after it was processed changes nothing', () => {
    inAny((found, { life: { facts, dossier }, timekeeping }) => {
      const { processedAt } = dossier;
      if (processedAt === null) return;
      const until = facts.slice(0, facts.findIndex(({ type }) => type === 'dossier-processed') + 1);
      expect(latenessOf(found.of, until, timekeeping, processedAt)).toEqual(found);
    });
  });

  test('where supplements pause, it is the time of the office beyond what was promised', () => {
    inAny(
      ({ lateMs, promisedAt }, { life, now }) => {
        const used = lifeUntil(life.facts, calendar, now).filter(({ clock }) => clock === 'office');
        const usedMs = used.reduce((sum, { workingMs }) => sum + workingMs, 0);
        const promisedMs = workingMsBetween(calendar, life.dossier.clockStartedAt!, promisedAt);
        expect(lateMs).toBe(Math.max(0, usedMs - promisedMs));
      },
      randomLives({ supplementMode: 'pause' }),
    );
  });

  test('never extended, it is broken where its rung rings first, by whom the rung names', () => {
    const rungs = { acceptanceDueAt: 'acceptance-due', appointmentAt: 'appointment-due', legalDueAt: 'legal-due' };
    inAny(({ breach, of }, { life, now }) => {
      if (life.dossier.extensions > 0) return;
      const rang = life.ring(now).dossier.escalations.find(({ rung }) => rung === rungs[of]);
      expect(breach).toEqual(rang ? { at: rang.dueAt, holder: rang.responsible } : null);
    });
  });
});
