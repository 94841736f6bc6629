import fc from 'fast-check';
import {
  clockRuns,
  CommandNotAllowed,
  dueBefore,
  dueInstants,
  FieldInvalid,
  latenessOf,
  lifeUntil,
  openRungs,
  transitions,
  type Command,
  type Dossier,
  type ProcedureVersion,
} from './index';
import { actAt, at, calendar, head, Life, lan, minh, procedure, right } from '../test/office';
import { randomLives } from '../test/lives';

const to = (rule: ProcedureVersion): Command => ({ name: 'rebind', procedure: rule, reasonCode: 'wrong-procedure' });
const counted = { presentCalendar: calendar };

function isAllowed({ dossier }: Life): boolean {
  return (transitions.rebind.from as readonly string[]).includes(dossier.status);
}

describe('a dossier under the wrong procedure', () => {
  test('is due as if the right one had been chosen on receipt, stops included', () => {
    const supplement: Command = {
      name: 'request-supplement',
      reasonCode: 'missing',
      components: [],
      ...{ legalBasis: null, approvedBy: null },
    };
    const life = Life.received(at('Mon', '08:00'))
      .then(at('Mon', '09:00'), supplement)
      .then(at('Tue', '09:00'), { name: 'receive-supplement' })
      .then(at('Wed', '10:00'), to(right));
    const chosen = Life.received(at('Mon', '08:00'), { procedure: right })
      .then(at('Mon', '09:00'), supplement)
      .then(at('Tue', '09:00'), { name: 'receive-supplement' });

    expect(life.dossier).toMatchObject({ procedureCode: right.code, step: null, supplements: 1, status: 'in-process' });
    expect(life.dossier.due).toEqual(chosen.dossier.due);
    expect(life.dossier.firstDue).toEqual(chosen.dossier.firstDue);
  });

  test('tells in its entry what it was due by before', () => {
    const life = Life.received();
    const { due } = life.dossier;

    expect(life.then(at('Tue', '08:00'), to(right)).facts.at(-1)).toMatchObject({
      type: 'dossier-rebound',
      data: { previousProcedureCode: procedure.code, previousProcedureVersion: 1, previousDue: due },
    });
  });

  test('has no step that is current, and keeps those that were', () => {
    const life = Life.received()
      .then(at('Mon', '09:00'), { name: 'hand-over', to: minh, step: 'examine' })
      .then(at('Mon', '11:00'), to(right));

    expect(life.dossier.due.stepDueAt).toBeNull();
    expect(lifeUntil(life.facts, calendar, at('Mon', '14:00')).map(({ step }) => step)).toEqual([
      null,
      'examine',
      null,
    ]);
    expect(() => life.then(at('Mon', '15:00'), { name: 'hand-over', to: lan, step: 'examine' })).toThrow(FieldInvalid);
    expect(life.then(at('Mon', '15:00'), { name: 'hand-over', to: lan, step: 'survey' }).dossier.due.stepDueAt).toBe(
      at('Tue', '17:30'),
    );
  });

  test('while its clock stands still gets its schedule when it runs again', () => {
    const life = Life.received(at('Mon', '08:00'), { procedure: right })
      .then(at('Mon', '09:00'), { name: 'suspend', reasonCode: 'opinion' })
      .then(at('Thu', '08:00'), to(procedure));
    const { generation } = life.dossier.schedule;

    expect(life.facts.at(-1)).toMatchObject({ data: { deadlines: null } });
    expect(openRungs(life.dossier)).toEqual([]);

    life.then(at('Thu', '09:00'), { name: 'resume' });
    expect(life.dossier.schedule.generation).toBe(generation + 1);
    expect(life.dossier.due.legalDueAt).toBe('2026-12-01T10:30:00.000Z'); // Three days of stop after Thursday evening.
  });

  test('that would have been late under the right one rings at once, and never twice for what rang before', () => {
    const week = Life.received(at('Mon', '08:00'), { procedure: right });
    week.then(at('Fri', '09:00'), to(procedure));

    const open = ({ dossier }: Life) => openRungs(dossier).map(({ name, dueAt }) => [name, dueAt]);
    expect(open(week)).toEqual(
      ['appointment-warning', 'appointment-due', 'legal-due'].map((name) => [name, at('Fri', '09:00')]),
    );

    const late = Life.received().ring(at('Thu', '09:00')); // The appointment was on Wednesday; the law has until Thursday evening.
    late.then(at('Thu', '10:00'), to(right)).then(at('Fri', '08:00'), to(procedure));
    expect(open(late)).toEqual([['legal-due', at('Fri', '08:00')]]);
  });
});

describe('an answer that is awaited by a date when the procedure is put right', () => {
  const wait = (onSilence: 'stop' | 'nothing') => ({
    limit: { amount: 2, unit: 'WORKING_DAY' as const },
    remind: { amount: 4, unit: 'WORKING_HOUR' as const },
    onSilence,
    legalBasis: `law of ${onSilence}`,
  });
  const ruled = (rule: ProcedureVersion, supplement: ReturnType<typeof wait> | null): ProcedureVersion => ({
    ...rule,
    serviceLevel: { ...rule.serviceLevel, waits: { ...rule.serviceLevel.waits, supplement } },
  });
  const asked: Command = {
    name: 'request-supplement',
    reasonCode: 'missing',
    components: [],
    legalBasis: null,
    approvedBy: null,
  };
  const wrong = ruled(procedure, wait('stop'));
  const waiting = () =>
    Life.received(at('Mon', '08:00'), { procedure: wrong }).then(at('Mon', '09:00'), asked, { procedure: wrong });

  test('is awaited until the date that was told, and lapses by the law of the right one', () => {
    const then = ruled(right, { ...wait('stop'), limit: { amount: 1, unit: 'WORKING_DAY' } });
    const life = waiting();
    const { answerDueAt } = life.dossier;
    life.then(at('Mon', '10:00'), to(then), { procedure: wrong });

    expect(life.dossier).toMatchObject({ answerDueAt, status: 'awaiting-supplement' });
    expect(openRungs(life.dossier)).toMatchObject([{ act: 'remind' }, { act: 'stop', dueAt: answerDueAt }]);
    const stopped = dueBefore(life.dossier, at('Fri', '17:30'), {
      actor: lan,
      recordedBy: 'clock',
      findAddressee: () => head,
      timekeeping: actAt(at('Fri', '17:30'), { procedure: then }),
    });
    expect(stopped.at(-1)).toMatchObject({ type: 'dossier-stopped', data: { legalBasis: 'law of stop' } });
  });

  test('lapses no more where the right one knows no such silence', () => {
    for (const supplement of [null, wait('nothing')]) {
      const life = waiting().then(at('Mon', '10:00'), to(ruled(right, supplement)), { procedure: wrong });

      expect(openRungs(life.dossier).flatMap((rung) => ('act' in rung ? [rung.act] : []))).not.toContain('stop');
    }
  });
});

describe('refused is', () => {
  test('the procedure it has, whatever the version, and one whose instants are given', () => {
    const given = { ...right, serviceLevel: { ...right.serviceLevel, kind: 'given' as const } };

    expect(() => Life.received().then(at('Mon', '09:00'), to({ ...procedure, version: 2 }))).toThrow(FieldInvalid);
    expect(() => Life.received().then(at('Mon', '09:00'), to(given))).toThrow(FieldInvalid);
  });

  test('a dossier not yet accepted, or whose result is there', () => {
    const processed = Life.received().then(at('Mon', '09:00'), { name: 'mark-processed', result: 'granted' });

    expect(() => Life.submitted().then(at('Mon', '09:00'), to(right))).toThrow(CommandNotAllowed);
    expect(() => processed.then(at('Mon', '10:00'), to(right))).toThrow(CommandNotAllowed);
  });
});

test('there and back, a dossier is due at its original instants, in any life', () => {
  fc.assert(
    fc.property(randomLives(), ({ life, timekeeping: { procedure: wrong }, now }) => {
      fc.pre(isAllowed(life));
      const before = life.dossier;
      const dueOf = (dossier: Dossier) => dueInstants({ ...dossier, step: null }, { procedure: wrong, calendar });

      life.then(now, to(right), { procedure: wrong }).then(now, to(wrong), { procedure: right });

      expect(life.dossier.firstDue).toEqual(before.firstDue);
      expect(dueOf(life.dossier)).toEqual(dueOf(before));
      // While the clock stands still, what is due is settled when it runs again.
      if (clockRuns(before)) expect(life.dossier.due).toEqual({ ...before.due, stepDueAt: null });
    }),
    { numRuns: 200 },
  );
});

/** Acts that are the same under any procedure. */
const acts: readonly Command[] = [
  { name: 'request-supplement', reasonCode: 'missing', components: [], legalBasis: 'law', approvedBy: 'hoa' },
  { name: 'suspend', reasonCode: 'opinion' },
  { name: 'reassign', to: minh, reasonCode: 'absent' },
  { name: 'reassign', to: head, reasonCode: 'absent' },
  { name: 'request-withdrawal' },
];
const answers: readonly Command[] = [
  { name: 'receive-supplement' },
  { name: 'resume' },
  { name: 'decline-withdrawal', reasonCode: 'decided' },
];

test('put right at any moment, a dossier is as late, by whom, as if the right procedure had been chosen on receipt', () => {
  const drawn = fc.record({
    pick: fc.nat({ max: 99 }),
    minutes: fc.integer({ min: 0, max: 900 }),
    stops: fc.boolean(),
  });
  const mode = fc.constantFrom('pause' as const, 'restart' as const);
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 15 }), fc.nat({ max: 15 }), mode, (lived, when, supplementMode) => {
      const rule = { ...right, serviceLevel: { ...right.serviceLevel, supplementMode } };
      const life = Life.received();
      const chosen = Life.received(at('Mon', '08:00'), { procedure: rule });
      let nowMs = Date.parse(at('Mon', '08:00'));
      const now = () => new Date(nowMs).toISOString();
      let isRight = false;
      const putRight = () => {
        if (!isRight) life.then(now(), to(rule));
        isRight = true;
      };
      lived.forEach(({ pick, minutes, stops }, index) => {
        nowMs += minutes * 60_000;
        if (index === when) putRight();
        const asked = (stops ? acts : answers).filter(({ name }) =>
          (transitions[name].from as readonly string[]).includes(chosen.dossier.status),
        );
        const command = asked[pick % asked.length];
        if (!command) return;
        life.then(now(), command, { procedure: isRight ? rule : procedure });
        chosen.then(now(), command, { procedure: rule });
      });
      putRight();
      nowMs += 600 * 60_000;

      expect(life.dossier.firstDue).toEqual(chosen.dossier.firstDue);
      if (clockRuns(chosen.dossier)) expect(life.dossier.due).toEqual(chosen.dossier.due);
      for (const name of ['appointmentAt', 'legalDueAt'] as const) {
        const [one, other] = [life, chosen].map(({ facts }) =>
          latenessOf(name, facts, { procedure: rule, ...counted }, now()),
        );
        expect(one).toEqual(other);
      }
    }),
    { numRuns: 300 },
  );
});

test('a step of the wrong procedure is no plan by which lateness divides', () => {
  const life = Life.received()
    .then(at('Mon', '09:00'), { name: 'hand-over', to: minh, step: 'examine' })
    .then(at('Tue', '09:00'), { name: 'hand-over', to: lan, step: null })
    .then(at('Wed', '09:00'), to({ ...right, serviceLevel: { ...procedure.serviceLevel } }));
  const lateness = latenessOf('legalDueAt', life.facts, { procedure, ...counted }, at('Fri', '17:30'));

  expect(lateness).toMatchObject({ formula: 'working-time-used' });
});

test('a decree that moved the wrong promise moves nothing of the right one', () => {
  const closed = { ...calendar, version: '2', weekly: { ...calendar.weekly, tuesday: [] } };
  const life = Life.received();
  life.then(
    at('Mon', '10:00'),
    { name: 'recompute', operationId: 'x', legalBasis: 'Decree' },
    { presentCalendar: closed },
  );
  life.then(at('Wed', '10:00'), to(right), { calendar: closed, presentCalendar: closed });

  const lateness = latenessOf(
    'legalDueAt',
    life.facts,
    { procedure: right, presentCalendar: closed },
    at('Fri', '17:30'),
  );
  expect(lateness).toMatchObject({ promisedAt: life.dossier.firstDue.legalDueAt, lateMs: 0 });
});
