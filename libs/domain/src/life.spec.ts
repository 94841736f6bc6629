import fc from 'fast-check';
import { workingMsBetween } from '#calendar';
import { lifeUntil, livedUntil, type LifeInterval } from './index';
import { at, calendar, head, lan, Life, minh } from '../test/office';
import { randomLives, type RandomLife } from '../test/lives';

const HOUR_MS = 3_600_000;
const handOver = { name: 'hand-over', to: minh, step: 'examine' } as const;
const supplement = {
  name: 'request-supplement',
  reasonCode: 'missing',
  components: ['map'],
  legalBasis: null,
  approvedBy: null,
} as const;

function told({ facts }: Life, now: string): unknown[] {
  return lifeUntil(facts, calendar, now).map(({ from, until, holder, step, clock, workingMs }) => [
    from,
    until,
    holder.officialId,
    step,
    clock,
    workingMs / HOUR_MS,
  ]);
}

test('a whole life, from the portal to the counter: who held it, in which step, and whose clock ran', () => {
  const life = Life.submitted(at('Mon', '08:00'))
    .then(at('Mon', '10:00'), { name: 'accept', code: 'H41-261123-0002', holder: lan })
    .then(at('Mon', '11:00'), handOver)
    .then(at('Mon', '14:30'), supplement)
    .then(at('Tue', '08:30'), { name: 'receive-supplement' })
    .then(at('Tue', '09:30'), { name: 'suspend', reasonCode: 'opinion' })
    .then(at('Wed', '09:30'), { name: 'resume' })
    .then(at('Wed', '10:30'), { name: 'hand-over', to: head, step: 'sign' })
    .then(at('Wed', '15:30'), { name: 'mark-processed', result: 'granted' })
    .then(at('Thu', '08:30'), { name: 'return', to: 'applicant', proof: 'signature' });

  expect(told(life, at('Fri', '08:00'))).toEqual([
    [at('Mon', '08:00'), at('Mon', '10:00'), 'lan', null, 'acceptance', 2],
    [at('Mon', '10:00'), at('Mon', '11:00'), 'lan', null, 'office', 1],
    [at('Mon', '11:00'), at('Mon', '14:30'), 'minh', 'examine', 'office', 1.5],
    [at('Mon', '14:30'), at('Tue', '08:30'), 'minh', 'examine', 'applicant', 4],
    [at('Tue', '08:30'), at('Tue', '09:30'), 'minh', 'examine', 'office', 1],
    [at('Tue', '09:30'), at('Wed', '09:30'), 'minh', 'examine', 'other-body', 8],
    [at('Wed', '09:30'), at('Wed', '10:30'), 'minh', 'examine', 'office', 1],
    [at('Wed', '10:30'), at('Wed', '15:30'), 'hoa', 'sign', 'office', 3],
    [at('Wed', '15:30'), at('Thu', '08:30'), 'hoa', 'sign', 'ready', 3],
  ]);
});

test('an open dossier is told until now, and what its holder of now has used', () => {
  const life = Life.received(at('Mon', '08:00')).then(at('Mon', '09:00'), handOver);

  expect(told(life, at('Mon', '10:30'))).toEqual([
    [at('Mon', '08:00'), at('Mon', '09:00'), 'lan', null, 'office', 1],
    [at('Mon', '09:00'), at('Mon', '10:30'), 'minh', 'examine', 'office', 1.5],
  ]);
});

test('handed on while the applicant is awaited, the wait stays the applicant’s, and has two holders', () => {
  const life = Life.received(at('Mon', '08:00'))
    .then(at('Mon', '09:00'), supplement)
    .then(at('Mon', '10:00'), { name: 'reassign', to: head, reasonCode: 'absent' });

  expect(told(life, at('Mon', '11:00')).slice(1)).toEqual([
    [at('Mon', '09:00'), at('Mon', '10:00'), 'lan', null, 'applicant', 1],
    [at('Mon', '10:00'), at('Mon', '11:00'), 'hoa', null, 'applicant', 1],
  ]);
});

test('a life lasts until its end, while it is open until now, and never ends before its last act', () => {
  const { dossier } = Life.received(at('Mon', '08:00')).then(at('Mon', '11:00'), handOver);
  expect(livedUntil(dossier, at('Mon', '15:00'))).toBe(at('Mon', '15:00'));
  expect(livedUntil(dossier, at('Mon', '10:00'))).toBe(at('Mon', '11:00'));

  const ended = Life.received().then(at('Mon', '11:00'), { name: 'stop', reasonCode: 'silent' });
  expect(livedUntil(ended.dossier, at('Mon', '15:00'))).toBe(at('Mon', '11:00'));
});

test('as of an earlier instant, what came later has not happened yet', () => {
  const life = Life.received(at('Mon', '08:00')).then(at('Mon', '11:00'), handOver);

  expect(told(life, at('Mon', '10:00'))).toEqual([[at('Mon', '08:00'), at('Mon', '10:00'), 'lan', null, 'office', 2]]);
});

test('at the very instant of a hand-over the receiver holds it, with no time yet', () => {
  const life = Life.received(at('Mon', '08:00')).then(at('Mon', '11:00'), handOver);

  expect(told(life, at('Mon', '11:00')).at(-1)).toEqual([
    at('Mon', '11:00'),
    at('Mon', '11:00'),
    'minh',
    'examine',
    'office',
    0,
  ]);
});

test('whoever passes it on in the same instant is told, with no time', () => {
  const life = Life.received(at('Mon', '08:00')).then(at('Mon', '08:00'), handOver);

  expect(told(life, at('Mon', '09:00'))).toEqual([
    [at('Mon', '08:00'), at('Mon', '08:00'), 'lan', null, 'office', 0],
    [at('Mon', '08:00'), at('Mon', '09:00'), 'minh', 'examine', 'office', 1],
  ]);
});

describe('in any life', () => {
  function inAny(holds: (random: RandomLife, whole: readonly LifeInterval[]) => void): void {
    const property = fc.property(randomLives(), (random) =>
      holds(random, lifeUntil(random.life.facts, calendar, random.now)),
    );
    fc.assert(property, { numRuns: 300 });
  }

  test('the intervals have no gap and no overlap, and cover it from the first entry to the end or now', () => {
    inAny(({ life, now }, whole) => {
      expect(whole[0]?.from).toBe(life.facts[0]?.time);
      expect(whole.at(-1)?.until).toBe(life.dossier.endedAt ?? now);
      whole.slice(1).forEach(({ from }, index) => expect(from).toBe(whole[index]?.until));
      for (const { from, until } of whole) expect(from <= until).toBe(true);
    });
  });

  test('the working time of the intervals sums to that of the whole', () => {
    inAny(({ life: { dossier, facts }, now }, whole) => {
      const all = workingMsBetween(calendar, facts[0]!.time, dossier.endedAt ?? now);
      expect(whole.reduce((sum, { workingMs }) => sum + workingMs, 0)).toBe(all);
    });
  });

  test('the intervals of a holding sum to the working time that its release recorded', () => {
    inAny(({ life }, whole) => {
      for (const { from, until, workingMs, officialId } of life.dossier.responsibility) {
        if (until === null) continue;
        const held = whole.filter(
          (one) => one.from >= from && one.until <= until && one.holder.officialId === officialId,
        );
        expect(held.reduce((sum, one) => sum + one.workingMs, 0)).toBe(workingMs);
      }
    });
  });

  test('no later act changes an interval before it', () => {
    inAny(({ life: { facts } }, whole) => {
      facts.forEach(({ time }, index) => {
        const then = lifeUntil(facts.slice(0, index + 1), calendar, time);
        const last = then.at(-1);
        expect(whole.slice(0, Math.max(0, then.length - 1))).toEqual(then.slice(0, -1));
        if (last)
          expect(whole[then.length - 1]).toMatchObject({ from: last.from, holder: last.holder, clock: last.clock });
      });
    });
  });
});
