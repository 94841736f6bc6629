import {
  CommandNotAllowed,
  dossierFrom,
  EscalationNotFound,
  EscalationOutdated,
  FieldInvalid,
  holderOf,
  LimitOfRepeatsReached,
  nextRungAt,
  OccurredBeforeLast,
  openRungs,
} from './index';
import { at, calendar, head, lan, Life, minh, procedure } from '../test/office';

const handOver = { name: 'hand-over', to: minh, step: null } as const;
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
const processed = { name: 'mark-processed', result: 'granted' } as const;
const returned = { name: 'return', to: 'applicant', proof: 'signature' } as const;

describe('the clock of a dossier', () => {
  test('starts with the receipt: two days promised, three by law, and a rung for each', () => {
    const { due, schedule } = Life.received().dossier;

    expect(due.appointmentAt).toBe(at('Wed', '08:00'));
    expect(due.legalDueAt).toBe(at('Thu', '17:30'));
    expect(schedule.rungs.map(({ name, dueAt }) => [name, dueAt])).toEqual([
      ['appointment-warning', at('Tue', '14:00')],
      ['appointment-due', at('Wed', '08:00')],
      ['legal-due', at('Thu', '17:30')],
    ]);
  });

  test('an online submission runs the acceptance clock only, eight working hours', () => {
    const life = Life.submitted();

    expect(life.dossier.due).toEqual({
      acceptanceDueAt: at('Tue', '08:00'),
      stepDueAt: null,
      appointmentAt: null,
      legalDueAt: null,
    });
    life.then(at('Mon', '10:00'), { name: 'accept', code: 'H41-261123-0002', holder: minh });
    expect(life.dossier).toMatchObject({
      status: 'received',
      clockStartedAt: at('Mon', '10:00'),
      firstDue: { appointmentAt: at('Wed', '10:00') },
    });
    expect(life.dossier.responsibility).toMatchObject([
      { ...lan, from: at('Mon', '08:00'), until: at('Mon', '10:00'), workingMs: 2 * 3_600_000 },
      { ...minh, from: at('Mon', '10:00'), until: null },
    ]);
  });

  test('stands still for a supplement, and every instant moves by exactly the working time waited', () => {
    const life = Life.received().then(at('Mon', '10:00'), supplement);
    expect(nextRungAt(life.dossier)).toBeNull();

    life.then(at('Tue', '15:30'), { name: 'receive-supplement' });

    expect(life.dossier.due.appointmentAt).toBe(at('Thu', '11:30'));
    expect(life.dossier.schedule.generation).toBe(2);
    expect(life.dossier.firstDue.appointmentAt).toBe(at('Wed', '08:00'));
  });

  test('an extension moves the appointment only, and the first one is kept', () => {
    const { dossier } = Life.received().then(at('Tue', '09:00'), extend);

    expect(dossier.due).toMatchObject({ appointmentAt: at('Fri', '17:30'), legalDueAt: at('Thu', '17:30') });
    expect(dossier.firstDue.appointmentAt).toBe(at('Wed', '08:00'));
  });

  test('corrected answers to an e-form change nothing of a dossier but that somebody acted; the fact names form and seal', () => {
    const eForm = { procedureCode: '1.004194', procedureVersion: 1, sealedHash: 'a'.repeat(64) };
    const correct = {
      name: 'correct',
      field: 'eForm',
      oldValue: null,
      newValue: null,
      eForm,
      reasonCode: 'typo',
    } as const;
    const before = Life.received();
    const { dossier, facts } = before.then(at('Mon', '09:00'), correct);

    expect(dossier).toEqual({ ...before.dossier, lastActAt: at('Mon', '09:00'), lastSequence: 2 });
    expect(facts.at(-1)?.data).toMatchObject({ field: 'eForm', oldValue: null, newValue: null, eForm });
  });

  test('a step of its own brings a limit of its own, and its rung', () => {
    const { dossier } = Life.received().then(at('Mon', '09:00'), { ...handOver, step: 'examine' });

    expect(dossier.due.stepDueAt).toBe(at('Mon', '15:00'));
    expect(openRungs(dossier)[0]).toMatchObject({ name: 'step-due', dueAt: at('Mon', '15:00') });
  });

  test('handed on within a step, its limit runs on', () => {
    const { dossier } = Life.received()
      .then(at('Mon', '09:00'), { ...handOver, step: 'examine' })
      .then(at('Mon', '11:00'), { ...handOver, to: head, step: 'examine' });

    expect(dossier.due.stepDueAt).toBe(at('Mon', '15:00'));
    expect(dossier.schedule.generation).toBe(2);
  });

  test('a rung before the event that makes its schedule never rings', () => {
    const { dossier } = Life.received().then(at('Wed', '14:00'), { ...extend, until: '2026-11-25' });

    expect(dossier.schedule.rungs.map(({ name }) => name)).not.toContain('appointment-warning');
  });

  test('a rung at the very instant of the event that makes a new schedule is in the new one', () => {
    const life = Life.received().then(at('Thu', '17:30'), extend);

    expect(life.dossier.escalations.map(({ rung }) => rung)).not.toContain('legal-due');
    life.ring(at('Fri', '08:00'));
    expect(life.dossier.escalations.map(({ rung }) => rung)).toContain('legal-due');
  });

  test('a rung whose instant came while the clock stood still falls due when it runs again', () => {
    const given = { appointmentAt: at('Tue', '20:00'), legalDueAt: at('Fri', '09:00') };
    const takenOver = {
      procedure: { ...procedure, serviceLevel: { ...procedure.serviceLevel, kind: 'given' as const } },
    };
    const life = Life.received(at('Mon', '08:00'), takenOver, given)
      .then(at('Tue', '18:00'), supplement, takenOver)
      .then(at('Wed', '06:00'), { name: 'receive-supplement' }, takenOver);

    expect(life.dossier.due.appointmentAt).toBe(at('Tue', '20:00'));
    expect(openRungs(life.dossier)[0]).toMatchObject({ name: 'appointment-due', dueAt: at('Wed', '06:00') });
  });

  test('what rang before the clock stopped does not ring again when it runs', () => {
    const life = Life.received()
      .ring(at('Wed', '09:00'))
      .then(at('Wed', '18:00'), supplement)
      .then(at('Thu', '06:00'), { name: 'receive-supplement' });

    expect(openRungs(life.dossier).map(({ name }) => name)).toEqual(['legal-due']);
  });
});

describe('escalation', () => {
  test('names who held the dossier at the instant, also when it is handed over before the clock gets to it', () => {
    const life = Life.received().then(at('Wed', '09:00'), handOver);

    expect(life.types).toEqual(['dossier-received', 'dossier-escalated', 'dossier-escalated', 'dossier-handed-over']);
    expect(
      life.dossier.escalations.map(({ rung, responsible, recordedBy }) => [rung, responsible, recordedBy]),
    ).toEqual([
      ['appointment-warning', lan, 'command'],
      ['appointment-due', lan, 'command'],
    ]);
  });

  test('an event at the very instant of a rung comes before it', () => {
    const life = Life.received().then(at('Wed', '08:00'), processed);

    expect(life.dossier.escalations.map(({ rung }) => rung)).toEqual(['appointment-warning']);
  });

  test('is withdrawn, not deleted, when the dossier was processed in time but recorded late', () => {
    const life = Life.received()
      .then(at('Tue', '09:00'), handOver)
      .ring(at('Thu', '09:00'))
      .then(at('Wed', '07:55'), processed);

    expect(life.types.slice(-2)).toEqual(['escalation-withdrawn', 'dossier-processed']);
    expect(life.dossier.escalations.map(({ rung }) => rung)).toEqual(['appointment-warning']);
    expect(nextRungAt(life.dossier)).toBeNull();
  });

  test('rings again for the right official when a hand-over before its instant is recorded late', () => {
    const life = Life.received().ring(at('Thu', '09:00')).then(at('Wed', '07:55'), handOver);

    expect(openRungs(life.dossier)[0]?.name).toBe('appointment-due');
    life.ring(at('Thu', '09:00'));
    expect(life.dossier.escalations.find(({ rung }) => rung === 'appointment-due')?.responsible).toEqual(minh);
  });

  test('acknowledged, no further rung rings until a due instant changes', () => {
    const life = Life.received().ring(at('Wed', '09:00'));
    const acknowledge = {
      name: 'acknowledge',
      generation: 1,
      rung: 'appointment-due',
      plannedAt: at('Fri', '09:00'),
      reasonCode: 'survey',
    } as const;
    life.then(at('Wed', '09:30'), acknowledge);
    expect(nextRungAt(life.dossier)).toBe(at('Fri', '09:00'));

    life.then(at('Wed', '10:00'), extend);
    expect(openRungs(life.dossier).map(({ name }) => name)).toContain('legal-due');
  });

  test('an acknowledgement recorded late withdraws what rang after it, and not what it names', () => {
    const life = Life.received().ring(at('Fri', '09:00'));
    const acknowledge = { name: 'acknowledge', generation: 1, rung: 'appointment-due', reasonCode: 'survey' } as const;
    life.then(at('Wed', '09:30'), { ...acknowledge, plannedAt: at('Fri', '09:00') });

    expect(life.types.slice(-2)).toEqual(['escalation-withdrawn', 'escalation-acknowledged']);
    expect(life.dossier.escalations.map(({ rung }) => rung)).toEqual(['appointment-warning', 'appointment-due']);
  });

  test('a plan in the past is none', () => {
    const life = Life.received().ring(at('Wed', '09:00'));
    const acknowledge = { name: 'acknowledge', generation: 1, rung: 'appointment-due', reasonCode: 'survey' } as const;

    expect(() => life.then(at('Wed', '10:00'), { ...acknowledge, plannedAt: at('Wed', '09:59') })).toThrow(
      FieldInvalid,
    );
  });

  test('one of an earlier schedule is not acknowledged any more, and the answer says why', () => {
    const life = Life.received().ring(at('Wed', '09:00')).then(at('Wed', '10:00'), extend);
    const acknowledge = { name: 'acknowledge', generation: 1, rung: 'appointment-due', reasonCode: 'survey' } as const;

    expect(() => life.then(at('Wed', '11:00'), { ...acknowledge, plannedAt: at('Fri', '09:00') })).toThrow(
      EscalationOutdated,
    );
  });

  test('one that never rang cannot be acknowledged', () => {
    const acknowledge = {
      name: 'acknowledge',
      generation: 1,
      rung: 'legal-due',
      plannedAt: at('Fri', '09:00'),
      reasonCode: 'survey',
    } as const;

    expect(() => Life.received().then(at('Mon', '09:00'), acknowledge)).toThrow(EscalationNotFound);
  });
});

describe('responsibility', () => {
  test('covers receipt to end without gap or overlap, with the working time used', () => {
    const { responsibility } = Life.received()
      .then(at('Mon', '10:00'), handOver)
      .then(at('Tue', '10:00'), { name: 'reassign', to: head, reasonCode: 'absent' })
      .then(at('Tue', '11:00'), processed)
      .then(at('Tue', '11:30'), returned).dossier;

    expect(
      responsibility.map(({ officialId, from, until, workingMs }) => [
        officialId,
        from,
        until,
        (workingMs ?? 0) / 3_600_000,
      ]),
    ).toEqual([
      ['lan', at('Mon', '08:00'), at('Mon', '10:00'), 2],
      ['minh', at('Mon', '10:00'), at('Tue', '10:00'), 8],
      ['hoa', at('Tue', '10:00'), at('Tue', '11:30'), 1.5],
    ]);
  });

  test('a returned dossier keeps the official who answered for it last', () => {
    const { dossier } = Life.received()
      .then(at('Mon', '10:00'), handOver)
      .then(at('Mon', '11:00'), processed)
      .then(at('Mon', '11:00'), returned);

    expect(dossier).toMatchObject({ status: 'returned', endedAt: at('Mon', '11:00') });
    expect(holderOf(dossier).officialId).toBe('minh');
  });
});

test('a dossier outlives its calendar: due instants stay with the old version, worked time is counted by the new', () => {
  const ended = { calendar: { ...calendar, validTo: '2026-11-24' } };
  const { dossier } = Life.received()
    .then(at('Thu', '08:30'), processed, ended)
    .then(at('Thu', '08:30'), returned, ended);

  expect(holderOf(dossier)).toMatchObject({ until: at('Thu', '08:30'), workingMs: 24.5 * 3_600_000 });
});

describe('what is refused', () => {
  test('a hand-over to whoever holds it, unless a step begins', () => {
    const life = Life.received().then(at('Mon', '09:00'), { ...handOver, step: 'examine' });

    expect(() => life.then(at('Mon', '14:00'), { ...handOver, step: 'examine' })).toThrow(FieldInvalid);
    expect(() => life.then(at('Mon', '14:00'), handOver)).toThrow(FieldInvalid);
    life.then(at('Mon', '14:00'), { ...handOver, step: 'sign' });
    expect(life.dossier.step).toMatchObject({ code: 'sign' });
  });

  test('anything after the end', () => {
    const life = Life.received().then(at('Mon', '10:00'), processed).then(at('Mon', '10:30'), returned);

    expect(() => life.then(at('Mon', '11:00'), handOver)).toThrow(CommandNotAllowed);
  });

  test('an act before the last one', () => {
    expect(() => Life.received(at('Mon', '10:00')).then(at('Mon', '09:00'), processed)).toThrow(OccurredBeforeLast);
  });

  test('a second supplement, but for a legal basis and a name', () => {
    const life = Life.received()
      .then(at('Mon', '10:00'), supplement)
      .then(at('Mon', '11:00'), { name: 'receive-supplement' });

    expect(() => life.then(at('Tue', '09:00'), supplement)).toThrow(LimitOfRepeatsReached);
    life.then(at('Tue', '09:00'), { ...supplement, legalBasis: 'Land Law, Art. 1', approvedBy: 'hoa' });
    expect(life.dossier.supplements).toBe(2);
  });

  test.each([
    ['a day off', '2026-11-28'],
    ['a day before the present appointment', '2026-11-24'],
  ])('an extension to %s', (_, until) => {
    expect(() => Life.received().then(at('Tue', '09:00'), { ...extend, until })).toThrow(FieldInvalid);
  });

  test('a step that the procedure does not know', () => {
    expect(() => Life.received().then(at('Mon', '09:00'), { ...handOver, step: 'dance' })).toThrow(FieldInvalid);
  });
});

test('a withdrawal declined goes back to where it was, the clock having stood still', () => {
  const life = Life.received()
    .then(at('Mon', '10:00'), { name: 'request-withdrawal' })
    .then(at('Mon', '11:00'), { name: 'decline-withdrawal', reasonCode: 'already-decided' });

  expect(life.dossier).toMatchObject({ status: 'received', due: { appointmentAt: at('Wed', '09:00') } });
});

test('a withdrawal asked for while a supplement is open leaves that open when declined', () => {
  const life = Life.received()
    .then(at('Mon', '09:00'), supplement)
    .then(at('Mon', '10:00'), { name: 'request-withdrawal' })
    .then(at('Mon', '11:00'), { name: 'decline-withdrawal', reasonCode: 'already-decided' });
  expect(life.dossier.status).toBe('awaiting-supplement');

  life.then(at('Mon', '11:30'), { name: 'receive-supplement' });
  expect(life.dossier.due.appointmentAt).toBe(at('Wed', '10:30'));
});

test('same events, same dossier', () => {
  const life = Life.received()
    .then(at('Mon', '10:00'), handOver)
    .ring(at('Thu', '09:00'))
    .then(at('Thu', '10:00'), processed);

  expect(dossierFrom(life.facts)).toEqual(life.dossier);
});
