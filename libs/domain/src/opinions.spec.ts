import fc from 'fast-check';
import {
  bodiesOf,
  CommandNotAllowed,
  dossierFrom,
  FieldInvalid,
  latenessOf,
  nextRungAt,
  openRungs,
  OpinionAnswered,
  OpinionNotFound,
  opinionLatenesses,
  type Command,
  type FactOf,
} from './index';
import { at, calendar, head, lan, Life, minh, procedure } from '../test/office';

const HOUR_MS = 3_600_000;
const tax = { officialId: 'tam', postId: 'tax-officer', officeId: 'tax' };
const fire = { officialId: 'hai', postId: 'fire-officer', officeId: 'fire' };
const taxId = '01932c8e-7c00-7000-8000-0000000000c1';
const fireId = '01932c8e-7c00-7000-8000-0000000000c2';
type Request = Extract<Command, { name: 'request-opinion' }>;

function ask(change: Partial<Request> = {}): Request {
  return {
    name: 'request-opinion',
    opinionId: taxId,
    asked: tax,
    limit: { amount: 8, unit: 'WORKING_HOUR' },
    until: null,
    questionCode: 'land-tax',
    legalBasis: 'Decree',
    onSilence: 'nothing',
    ...change,
  };
}

function give(change: Partial<Extract<Command, { name: 'give-opinion' }>> = {}): Command {
  return { name: 'give-opinion', opinionId: taxId, outcome: 'consent', reasonCode: null, ...change };
}

const counting = { procedure, presentCalendar: calendar };

describe('an opinion', () => {
  test('is asked for of several bodies at once, while the lead’s clock runs and nothing of its own moves', () => {
    const life = Life.received();
    const { due, schedule } = life.dossier;
    life.then(at('Mon', '09:00'), ask()).then(at('Mon', '09:30'), ask({ opinionId: fireId, asked: fire }));

    expect(life.dossier).toMatchObject({ status: 'received', due, schedule });
    expect(life.dossier.opinions).toMatchObject([
      { opinionId: taxId, asked: tax, askedAt: at('Mon', '09:00'), dueAt: at('Tue', '09:00'), answer: null },
      { opinionId: fireId, asked: fire, dueAt: at('Tue', '09:30'), answer: null },
    ]);
  });

  test('is due by a limit, or at the end of a working day', () => {
    const life = Life.received().then(at('Mon', '09:00'), ask({ limit: null, until: '2026-11-25' }));

    expect(life.dossier.opinions[0]?.dueAt).toBe(at('Wed', '17:30'));
  });

  test('counts late all the same where silence has no effect', () => {
    const life = Life.received().then(at('Mon', '09:00'), ask());
    life.then(at('Wed', '09:00'), give({ outcome: 'objection', reasonCode: 'tax-owed' }));

    expect(life.dossier.opinions[0]?.answer).toEqual({ at: at('Wed', '09:00'), outcome: 'objection', presumed: false });
    expect(opinionLatenesses(life.dossier, calendar, at('Fri', '09:00'))).toMatchObject([{ lateMs: 8 * HOUR_MS }]);
  });

  test.each<[string, Partial<Request>, string]>([
    ['of one’s own office', { asked: lan }, 'asked'],
    ['with neither a limit nor a day', { limit: null }, 'limit'],
    ['with both', { until: '2026-11-25' }, 'limit'],
    ['by a day off', { limit: null, until: '2026-11-29' }, 'until'],
    ['by a day that is past', { limit: null, until: '2026-11-20' }, 'until'],
    ['until after the legal limit of the whole', { limit: { amount: 4, unit: 'WORKING_DAY' } }, 'limit'],
    ['whose silence is consent by no law', { onSilence: 'consent', legalBasis: null }, 'legalBasis'],
  ])('is not asked for %s', (_, change, field) => {
    const asked = () => Life.received().then(at('Mon', '09:00'), ask(change));

    expect(asked).toThrow(FieldInvalid);
    expect(asked).toThrow(field);
  });

  test('may be asked for by an office that is late already', () => {
    const life = Life.received().then(at('Fri', '09:00'), ask());

    expect(life.dossier.opinions).toHaveLength(1);
  });

  test('is given once, by its id, with a reason unless it is a consent', () => {
    const life = Life.received().then(at('Mon', '09:00'), ask());

    expect(() => life.then(at('Mon', '10:00'), ask())).toThrow(FieldInvalid);
    expect(() => life.then(at('Mon', '10:00'), give({ opinionId: fireId }))).toThrow(OpinionNotFound);
    expect(() => life.then(at('Mon', '10:00'), give({ outcome: 'conditions' }))).toThrow(FieldInvalid);
    life.then(at('Mon', '10:00'), give());
    expect(() => life.then(at('Mon', '11:00'), give())).toThrow(OpinionAnswered);
  });

  test('is asked for of no dossier whose result is there', () => {
    const processed = Life.received().then(at('Mon', '09:00'), { name: 'mark-processed', result: 'granted' });

    expect(() => processed.then(at('Mon', '10:00'), ask())).toThrow(CommandNotAllowed);
  });
});

describe('silence that is consent by law', () => {
  const silent = () => Life.received().then(at('Mon', '09:00'), ask({ onSilence: 'consent' }));

  test('is recorded before the next command, at its own instant, and is no act of people', () => {
    const life = silent().then(at('Tue', '10:00'), { name: 'hand-over', to: minh, step: null });

    expect(life.types).toEqual(['dossier-received', 'opinion-requested', 'opinion-presumed', 'dossier-handed-over']);
    expect(life.facts[2]).toMatchObject({ time: at('Tue', '09:00'), data: { asked: tax, legalBasis: 'Decree' } });
    expect(life.dossier.opinions[0]?.answer).toEqual({ at: at('Tue', '09:00'), outcome: 'consent', presumed: true });
    expect(silent().ring(at('Tue', '10:00')).dossier.lastActAt).toBe(at('Mon', '09:00'));
    expect(opinionLatenesses(life.dossier, calendar, at('Fri', '09:00'))).toMatchObject([
      { presumed: true, lateMs: 0 },
    ]);
  });

  test('takes its place among the rungs by its instant', () => {
    const life = silent().ring(at('Wed', '09:00'));

    expect(life.facts.slice(2).map(({ type, time, sequence }) => [type, time, sequence])).toEqual([
      ['opinion-presumed', at('Tue', '09:00'), 3],
      ['dossier-escalated', at('Tue', '14:00'), 4],
      ['dossier-escalated', at('Wed', '08:00'), 5],
    ]);
  });

  test('is a rung beside the schedule, with its own instant, and no rung where it has no effect', () => {
    const { dossier } = silent();

    expect(openRungs(dossier)[0]).toEqual({
      name: 'opinion-1-silence',
      opinionId: taxId,
      act: 'presume-opinion',
      dueAt: at('Tue', '09:00'),
      wakeAt: at('Tue', '09:00'),
    });
    expect(nextRungAt(dossier)).toBe(at('Tue', '09:00'));
    expect(nextRungAt(Life.received().then(at('Mon', '09:00'), ask()).dossier)).toBe(at('Tue', '14:00'));
  });

  test('is the next rung also while the office’s clock stands still, and of a dossier taken up', () => {
    const stopped = silent().then(at('Mon', '10:00'), { name: 'suspend', reasonCode: 'opinion' });
    expect(nextRungAt(stopped.dossier)).toBe(at('Tue', '09:00'));
    stopped.ring(at('Tue', '10:00'));
    expect(stopped.types.at(-1)).toBe('opinion-presumed');
    expect(nextRungAt(stopped.dossier)).toBeNull();

    const later = ask({ onSilence: 'consent', limit: { amount: 18, unit: 'WORKING_HOUR' } });
    const takenUp = Life.received()
      .then(at('Mon', '09:00'), later)
      .ring(at('Wed', '08:30'))
      .then(at('Wed', '08:30'), {
        name: 'acknowledge',
        generation: 1,
        rung: 'appointment-due',
        plannedAt: at('Fri', '09:00'),
        reasonCode: 'survey',
      });
    expect(openRungs(takenUp.dossier).map(({ name }) => name)).toEqual(['opinion-1-silence', 'broken-promise-1']);
  });

  test('outlives the generation in which the opinion was asked for, and is presumed once', () => {
    const until = '2026-11-30';
    const life = silent()
      .then(at('Mon', '10:00'), {
        name: 'extend',
        reasonCode: 'survey',
        until,
        signedBy: 'hoa',
        legalBasis: null,
        approvedBy: null,
      })
      .ring(at('Tue', '10:00'))
      .ring(at('Wed', '10:00'));

    expect(life.dossier.schedule.generation).toBe(2);
    expect(life.types.filter((type) => type === 'opinion-presumed')).toHaveLength(1);
  });

  test('ends nothing that a rule ended at that instant: the end comes first', () => {
    const supplement = {
      limit: { amount: 7, unit: 'WORKING_HOUR' },
      remind: null,
      onSilence: 'stop',
      legalBasis: 'Decree',
    } as const;
    const { serviceLevel } = procedure;
    const waits = { ...serviceLevel.waits, supplement };
    const rule = { procedure: { ...procedure, serviceLevel: { ...serviceLevel, waits } } };
    const asks: Command = {
      name: 'request-supplement',
      reasonCode: 'missing',
      components: [],
      legalBasis: null,
      approvedBy: null,
    };
    const life = Life.received(at('Mon', '08:00'), rule)
      .then(at('Mon', '09:00'), ask({ onSilence: 'consent' }), rule)
      .then(at('Mon', '10:00'), asks, rule)
      .ring(at('Wed', '09:00'));

    expect(life.dossier.opinions[0]?.dueAt).toBe(life.dossier.endedAt);
    expect(life.types.at(-1)).toBe('dossier-stopped');
  });

  test('that an older build asked for, without a rung, is recorded with the next thing that is', () => {
    const asked = silent().facts.at(-1) as FactOf<'opinion-requested'>;
    const life = Life.received().told({ ...asked, data: { ...asked.data, silence: null } });

    expect(nextRungAt(life.dossier)).toBe(at('Tue', '14:00'));
    life.then(at('Tue', '10:00'), { name: 'hand-over', to: minh, step: null });
    expect(life.types.slice(-2)).toEqual(['opinion-presumed', 'dossier-handed-over']);
  });

  test('is broken by an answer at the very instant, and by one that is recorded late but was given in time', () => {
    const inTime = silent().then(at('Tue', '09:00'), give({ outcome: 'objection', reasonCode: 'tax-owed' }));
    expect(inTime.types).not.toContain('opinion-presumed');

    const recordedLate = silent().ring(at('Tue', '10:00'));
    recordedLate.then(at('Tue', '08:30'), give({ outcome: 'objection', reasonCode: 'tax-owed' }));
    expect(recordedLate.dossier.opinions[0]?.answer).toMatchObject({ outcome: 'objection', presumed: false });
  });

  test('is final for whoever answers after it', () => {
    expect(() => silent().then(at('Tue', '09:01'), give())).toThrow(OpinionAnswered);
  });

  test('is presumed no more once the result is there', () => {
    const life = silent().then(at('Mon', '10:00'), { name: 'mark-processed', result: 'granted' });
    life.then(at('Thu', '09:00'), { name: 'return', to: 'applicant', proof: 'signature' });

    expect(life.types).not.toContain('opinion-presumed');
    expect(openRungs(life.dossier)).toEqual([]);
  });
});

test('whatever is asked and answered, the lead’s due instants and lateness are as without, in any order', () => {
  const asks = fc.array(
    fc.record({ minutes: fc.integer({ min: 1, max: 900 }), gives: fc.boolean(), consent: fc.boolean() }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(asks, (drawn) => {
      const life = Life.received();
      let nowMs = Date.parse(at('Mon', '08:00'));
      drawn.forEach(({ minutes, gives, consent }, index) => {
        nowMs += minutes * 60_000;
        const now = new Date(nowMs).toISOString();
        const open = life.dossier.opinions.find(({ answer, onSilence, dueAt }) => {
          return answer === null && (onSilence === 'nothing' || now <= dueAt);
        });
        const opinionId = `01932c8e-7c00-7000-8000-${String(index).padStart(12, '0')}`;
        const limit = { amount: 1, unit: 'WORKING_HOUR' as const };
        const asked = ask({ opinionId, limit, onSilence: consent ? 'consent' : 'nothing' });
        try {
          life.then(now, gives && open ? give({ opinionId: open.opinionId }) : asked);
        } catch (error) {
          if (!(error instanceof FieldInvalid)) throw error;
        }
      });
      const until = new Date(nowMs + 600 * 60_000).toISOString();
      const without = life.facts.filter(({ type }) => !type.startsWith('opinion-'));

      expect(dossierFrom(without)).toMatchObject({ due: life.dossier.due, schedule: life.dossier.schedule });
      for (const name of ['appointmentAt', 'legalDueAt'] as const) {
        expect(latenessOf(name, life.facts, counting, until)).toEqual(latenessOf(name, without, counting, until));
      }
      const { bodies } = bodiesOf(life.facts, counting, until);
      const late = opinionLatenesses(life.dossier, calendar, until).reduce((sum, { lateMs }) => sum + lateMs, 0);
      expect(bodies.reduce((sum, { lateMs }) => sum + lateMs, 0)).toBe(late);
    }),
    { numRuns: 150 },
  );
});

describe('each body', () => {
  const interconnected = {
    ...procedure,
    serviceLevel: {
      ...procedure.serviceLevel,
      steps: procedure.serviceLevel.steps.map((step) =>
        step.code === 'examine' ? { ...step, body: 'land-office', level: 'province' as const } : step,
      ),
    },
  };
  const rule = { ...counting, procedure: interconnected };

  test('answers for its own step and its own opinion, and the lead owes the apology for all', () => {
    const life = Life.received()
      .then(at('Mon', '09:00'), { name: 'hand-over', to: minh, step: 'examine' })
      .then(at('Mon', '09:30'), ask())
      .then(at('Tue', '09:00'), { name: 'hand-over', to: lan, step: 'sign' })
      .then(at('Tue', '14:30'), give());

    expect(bodiesOf(life.facts, rule, at('Thu', '09:00'))).toEqual({
      leadOfficeId: 'desk',
      bodies: [
        {
          officeId: 'land',
          lateMs: 4 * HOUR_MS,
          steps: [{ officeId: 'land', step: 'examine', body: 'land-office', lateMs: 4 * HOUR_MS }],
          opinions: [],
        },
        {
          officeId: 'tax',
          lateMs: 3 * HOUR_MS,
          steps: [],
          opinions: [
            {
              opinionId: taxId,
              asked: tax,
              dueAt: at('Tue', '09:30'),
              answeredAt: at('Tue', '14:30'),
              presumed: false,
              lateMs: 3 * HOUR_MS,
            },
          ],
        },
      ],
    });
  });

  test('is late with a step from when its limit was used up, whoever used it before', () => {
    const other = { ...head, officeId: 'survey' };
    const life = Life.received()
      .then(at('Mon', '08:00'), { name: 'hand-over', to: minh, step: 'examine' })
      .then(at('Mon', '11:00'), { name: 'reassign', to: other, reasonCode: 'absent' });

    expect(bodiesOf(life.facts, rule, at('Mon', '16:00')).bodies).toMatchObject([
      { officeId: 'land', lateMs: 0 },
      { officeId: 'survey', lateMs: 2 * HOUR_MS },
    ]);
  });

  test('is late with an opinion until the result is there, and no longer', () => {
    const life = Life.received()
      .then(at('Mon', '09:00'), ask())
      .then(at('Tue', '11:00'), { name: 'mark-processed', result: 'granted' });

    expect(opinionLatenesses(life.dossier, calendar, at('Fri', '09:00'))).toMatchObject([
      { answeredAt: null, lateMs: 2 * HOUR_MS },
    ]);
  });
});
