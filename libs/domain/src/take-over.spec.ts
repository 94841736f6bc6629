import fc from 'fast-check';
import { shiftByWorkingTime, workingMsBetween } from '#calendar';
import type { ClockStop, TakenOverFrom } from '#contracts';
import {
  after,
  begun,
  clockRuns,
  decide,
  decideTakeOver,
  dueBefore,
  dueByPresentCalendar,
  latenessOf,
  openRungs,
  type Act,
  type Command,
  type Fact,
  type Lateness,
  type PromisedInstant,
  type TakeOver,
} from './index';
import { actAt, at, calendar, dossierId, head, lan, minh, procedure } from '../test/office';

const HOUR_MS = 3_600_000;
const supplement = {
  name: 'request-supplement',
  reasonCode: 'missing',
  components: ['map'],
  legalBasis: null,
  approvedBy: null,
} as const;
const from: TakenOverFrom = {
  system: 'old-desk',
  number: 'HS/2026/17',
  status: 'in-process',
  step: null,
  appointmentAt: at('Wed', '17:30'),
  legalDueAt: at('Fri', '17:30'),
};
const restarts = { procedure: ruled({ supplementMode: 'restart' }) };
const given = { procedure: ruled({ kind: 'given' }) };

function ruled(change: Partial<typeof procedure.serviceLevel>) {
  return { ...procedure, serviceLevel: { ...procedure.serviceLevel, ...change } };
}

/** Received in the old system on Monday at 08:00, taken over on Tuesday at 08:00. */
function takenOver(change: Partial<TakeOver> = {}, act: Partial<Act> = {}): Fact {
  const command = { dossierId, code: 'H41-261124-0001', officeId: 'desk', channel: 'desk', holder: minh } as const;
  const usual = { from, firstReceivedAt: at('Mon', '08:00'), clockStops: [] };
  return decideTakeOver({ ...command, ...usual, ...change }, actAt(at('Tue', '08:00'), act));
}

function stop(reason: ClockStop['reason'], since: string, until: string | null): ClockStop {
  return { reason, from: since, until };
}

function then(facts: readonly Fact[], time: string, command: Command, act: Partial<Act> = {}): readonly Fact[] {
  return [...facts, ...decide(dossierOf(facts), command, actAt(time, act))];
}

function dossierOf([first, ...rest]: readonly Fact[]) {
  return rest.reduce(after, begun(first!));
}

function lateness(facts: readonly Fact[], until: string, of: PromisedInstant = 'appointmentAt'): Lateness {
  return latenessOf(of, facts, { procedure, presentCalendar: calendar }, until)!;
}

describe('the promise of the other system', () => {
  test('is kept to the millisecond, whatever the procedure would count', () => {
    const { due, firstDue, clockStartedAt, takenOver: before, status } = begun(takenOver());

    expect(due).toMatchObject({ appointmentAt: from.appointmentAt, legalDueAt: from.legalDueAt });
    expect(firstDue).toEqual(due);
    expect({ clockStartedAt, status }).toEqual({ clockStartedAt: at('Mon', '08:00'), status: 'in-process' });
    expect(before).toMatchObject({ system: 'old-desk', number: 'HS/2026/17', at: at('Tue', '08:00') });
  });

  test('is counted from the first receipt where it made none, with every pause so far', () => {
    const unpromised = { ...from, appointmentAt: null, legalDueAt: null };
    const paused = [stop('payment', at('Mon', '09:00'), at('Mon', '11:00'))];

    expect(begun(takenOver({ from: unpromised })).due).toMatchObject({
      appointmentAt: at('Wed', '08:00'),
      legalDueAt: at('Thu', '17:30'),
    });
    expect(begun(takenOver({ from: unpromised, clockStops: paused })).due.appointmentAt).toBe(at('Wed', '10:00'));
  });

  test('given alone, the legal limit caps an appointment that is counted here', () => {
    const due = begun(takenOver({ from: { ...from, appointmentAt: null, legalDueAt: at('Tue', '10:00') } })).due;

    expect(due.appointmentAt).toBe(at('Tue', '10:00'));
  });

  test('moves by a later pause, and not by one that had ended', () => {
    const received = takenOver({ clockStops: [stop('payment', at('Mon', '09:00'), at('Mon', '11:00'))] });
    const paused = then([received], at('Tue', '09:00'), { name: 'suspend', reasonCode: 'opinion' });
    const resumed = then(paused, at('Tue', '11:00'), { name: 'resume' });

    expect(dossierOf(resumed).due.appointmentAt).toBe(at('Thu', '09:30'));
  });

  test('is no longer what is due once a supplement makes the limit count anew', () => {
    const asked = then([takenOver({}, restarts)], at('Tue', '09:00'), supplement, restarts);
    const anew = then(asked, at('Tue', '14:00'), { name: 'receive-supplement' }, restarts);

    expect(dossierOf(anew).due.appointmentAt).toBe(at('Thu', '14:00'));
  });

  test('is not moved by a decree; what was counted here is', () => {
    const free = { date: '2026-11-25', kind: 'holiday', hoursOf: null, open: null, name: null, legalBasis: null };
    const decree = { ...calendar, version: '2', days: [free] } as unknown as typeof calendar;
    const half = begun(takenOver({ from: { ...from, legalDueAt: null } }));

    expect(dueByPresentCalendar(half, actAt(at('Tue', '09:00'), { presentCalendar: decree }))).toMatchObject({
      appointmentAt: from.appointmentAt,
      legalDueAt: at('Fri', '17:30'),
    });
  });
});

describe('a pause that lasts', () => {
  test.each([
    ['supplement', 'awaiting-supplement', 1],
    ['payment', 'awaiting-payment', 0],
    ['other-body', 'suspended', 0],
  ] as const)(
    '%s: the dossier begins %s, and no rung is open where the procedure does not limit it',
    (reason, status, supplements) => {
      const dossier = begun(takenOver({ clockStops: [stop(reason, at('Mon', '10:00'), null)] }));

      expect(dossier).toMatchObject({ status, supplements });
      expect([clockRuns(dossier), openRungs(dossier)]).toEqual([false, []]);
    },
  );

  describe('that the procedure limits', () => {
    const waits = {
      supplement: {
        limit: { amount: 2, unit: 'WORKING_DAY' },
        remind: { amount: 4, unit: 'WORKING_HOUR' },
        onSilence: 'stop',
        legalBasis: 'Decree 118/2025',
      },
      payment: { limit: { amount: 8, unit: 'WORKING_HOUR' }, remind: null, onSilence: 'nothing', legalBasis: 'law' },
      'other-body': null,
    } as const;
    const rule = { procedure: ruled({ waits }) };
    const waiting = (reason: ClockStop['reason'], since: string) =>
      takenOver({ firstReceivedAt: '2026-11-17T01:00:00.000Z', clockStops: [stop(reason, since, null)] }, rule);
    const onThursday = '2026-11-19T03:00:00.000Z';
    const onFriday = '2026-11-20T03:00:00.000Z';

    test('is reminded of and lapses here as any other: its limit counts from where it began', () => {
      const dossier = begun(waiting('supplement', onFriday));

      expect(dossier).toMatchObject({ status: 'awaiting-supplement', answerDueAt: at('Tue', '17:30') });
      expect(openRungs(dossier)).toMatchObject([
        { name: 'supplement-reminder', act: 'remind', dueAt: at('Tue', '13:30') },
        { name: 'supplement-silence', act: 'stop', dueAt: at('Tue', '17:30') },
      ]);
      const recording = { actor: lan, recordedBy: 'clock', findAddressee: () => head } as const;
      const facts = dueBefore(dossier, at('Wed', '08:00'), {
        ...recording,
        timekeeping: actAt(at('Wed', '08:00'), rule),
      });
      expect(facts.map(({ type, time }) => [type, time])).toEqual([
        ['applicant-reminded', at('Tue', '13:30')],
        ['dossier-stopped', at('Tue', '17:30')],
      ]);
    });

    test('rings no rung that lay before the taking-over: whose limit has passed lapses by nothing', () => {
      const dossier = begun(waiting('supplement', onThursday));

      expect(dossier.answerDueAt).toBe(at('Mon', '17:30'));
      expect(openRungs(dossier)).toEqual([]);
    });

    test('has a date and no rung where nothing follows on silence', () => {
      const dossier = begun(waiting('payment', at('Mon', '16:00')));

      expect([dossier.answerDueAt, openRungs(dossier)]).toEqual([at('Tue', '16:00'), []]);
    });

    test('gives the office its own rungs back once the answer is there', () => {
      const facts = then([waiting('supplement', onFriday)], at('Tue', '09:00'), { name: 'receive-supplement' }, rule);
      const { status, answerDueAt, schedule } = dossierOf(facts);

      expect({ status, answerDueAt, generation: schedule.generation }).toEqual({
        status: 'in-process',
        answerDueAt: null,
        generation: 2,
      });
      expect(schedule.rungs.map(({ name }) => name)).toEqual(['appointment-warning', 'appointment-due', 'legal-due']);
    });

    test('of a late dossier, the rung that waits for the clock is kept: it rings when the clock runs', () => {
      const clockStops = [stop('supplement', onFriday, null)];
      const late = { ...from, appointmentAt: onThursday };
      const firstReceivedAt = '2026-11-17T01:00:00.000Z';
      const facts = [takenOver({ firstReceivedAt, clockStops, from: late }, rule)];
      const resumed = dossierOf(then(facts, at('Tue', '09:00'), { name: 'receive-supplement' }, rule));

      expect(begun(facts[0]!).stoppedRungs).toContain('appointment-due');
      expect(openRungs(resumed)[0]).toMatchObject({ name: 'appointment-due' });
    });
  });

  test('moves the promise by exactly its working time, from its beginning in the other system', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_440 }), fc.integer({ min: 1, max: 4_000 }), (before, later) => {
        const began = new Date(Date.parse(at('Mon', '08:00')) + before * 60_000).toISOString();
        const ended = new Date(Date.parse(at('Tue', '08:00')) + later * 60_000).toISOString();
        const facts = [takenOver({ clockStops: [stop('other-body', began, null)] })];
        const { due } = dossierOf(then(facts, ended, { name: 'resume' }));

        const pausedMs = workingMsBetween(calendar, began, ended);
        expect(due.appointmentAt).toBe(shiftByWorkingTime(calendar, from.appointmentAt!, pausedMs));
        expect(due.legalDueAt).toBe(shiftByWorkingTime(calendar, from.legalDueAt!, pausedMs));
      }),
    );
  });
});

describe('what is late already', () => {
  const late = { ...from, appointmentAt: at('Mon', '16:30'), legalDueAt: at('Tue', '07:30') };

  test('is told of once for each due instant, at the taking-over', () => {
    const { schedule } = begun(takenOver({ from: late }));

    expect(schedule.rungs.map(({ name, dueAt }) => [name, dueAt])).toEqual([
      ['appointment-due', at('Tue', '08:00')],
      ['legal-due', at('Tue', '08:00')],
    ]);
  });

  test('counts from the first due instant, and nobody here answers for what passed before', () => {
    const facts = then([takenOver({ from: late })], at('Tue', '10:30'), { name: 'mark-processed', result: 'granted' });

    expect(lateness(facts, at('Fri', '17:30'))).toMatchObject({
      promisedAt: at('Mon', '16:30'),
      breach: { at: at('Mon', '16:30'), holder: null },
      lateMs: 4 * HOUR_MS,
      takenOverMs: 1.5 * HOUR_MS,
      shares: [{ holder: minh, heldLateMs: 2.5 * HOUR_MS, shareMs: 2.5 * HOUR_MS }],
    });
  });

  test('was late only while the office’s clock ran', () => {
    const clockStops = [stop('payment', at('Mon', '17:00'), null)];
    const facts = [takenOver({ from: { ...late, legalDueAt: null }, clockStops })];

    expect(lateness(facts, at('Tue', '11:00'))).toMatchObject({ lateMs: HOUR_MS / 2, takenOverMs: HOUR_MS / 2 });
  });

  test('is not late where a pause that lasted put the promise off', () => {
    const clockStops = [stop('payment', at('Mon', '14:30'), null)];
    const facts = then([takenOver({ from: late, clockStops })], at('Tue', '09:30'), { name: 'receive-payment' });

    expect(lateness(facts, at('Tue', '11:30'))).toMatchObject({ lateMs: 0, breach: null });
    expect(lateness(facts, at('Tue', '14:30'))).toMatchObject({ lateMs: HOUR_MS, takenOverMs: 0 });
  });

  test('in any life lateness is what the office used beyond the promise', () => {
    const minutes = fc.integer({ min: 0, max: 1_440 });
    fc.assert(
      fc.property(minutes, minutes, minutes, fc.integer({ min: 0, max: 5_000 }), (due, began, lasted, later) => {
        const after = (instant: string, by: number) => new Date(Date.parse(instant) + by * 60_000).toISOString();
        const appointmentAt = after(at('Mon', '08:00'), due);
        const until = after(at('Mon', '08:00'), Math.min(began + lasted + 1, 1_440));
        const clockStops = [stop('payment', after(at('Mon', '08:00'), began), until)].filter(
          (one) => one.until! > one.from,
        );
        const now = after(at('Tue', '08:00'), later);
        const { lateMs, takenOverMs, shares } = lateness(
          [takenOver({ from: { ...from, appointmentAt }, clockStops })],
          now,
        );

        const stoppedLateMs = clockStops.reduce(
          (sum, one) =>
            sum + workingMsBetween(calendar, one.from > appointmentAt ? one.from : appointmentAt, one.until!),
          0,
        );
        expect(lateMs).toBe(workingMsBetween(calendar, appointmentAt, now) - stoppedLateMs);
        expect(shares.reduce((sum, { shareMs }) => sum + shareMs, takenOverMs)).toBe(lateMs);
      }),
    );
  });
});

test('a step goes on with its limit from the taking-over', () => {
  const { step, due } = begun(takenOver({ from: { ...from, step: 'examine' } }));

  expect(step).toEqual({ code: 'examine', startedAt: at('Tue', '08:00') });
  expect(due.stepDueAt).toBe(at('Tue', '14:00'));
});

test.each<[string, Partial<TakeOver>, Partial<Act>]>([
  ['firstReceivedAt', { firstReceivedAt: at('Tue', '09:00') }, {}],
  ['clockStops.0.from', { clockStops: [stop('payment', at('Mon', '07:00'), null)] }, {}],
  ['clockStops.0.until', { clockStops: [stop('payment', at('Mon', '09:00'), at('Mon', '09:00'))] }, {}],
  ['clockStops.0', { clockStops: [stop('payment', at('Mon', '09:00'), at('Tue', '09:00'))] }, {}],
  [
    'clockStops.0.until',
    { clockStops: [stop('payment', at('Mon', '09:00'), null), stop('payment', at('Mon', '10:00'), null)] },
    {},
  ],
  [
    'clockStops.1.from',
    {
      clockStops: [stop('payment', at('Mon', '09:00'), at('Mon', '11:00')), stop('payment', at('Mon', '10:00'), null)],
    },
    {},
  ],
  ['step', { from: { ...from, step: 'unknown' } }, {}],
  ['appointmentAt', { from: { ...from, appointmentAt: null } }, given],
  ['legalDueAt', { from: { ...from, legalDueAt: at('Mon', '07:00') } }, {}],
])('%s that cannot be is refused by its name', (field, change, act) => {
  expect(() => takenOver(change, act)).toThrow(expect.objectContaining({ code: 'FIELD_INVALID', field }) as Error);
});

test('a calendar that does not reach back to the first receipt is refused', () => {
  expect(() => takenOver({ firstReceivedAt: '2025-12-31T01:00:00.000Z' })).toThrow(
    expect.objectContaining({ code: 'CALENDAR_NOT_VALID' }) as Error,
  );
});

test('who is told of it is who answers here, and the importer is who recorded it', () => {
  const { data } = takenOver({ holder: head }) as Extract<Fact, { type: 'dossier-received' }>;

  expect([data.actor, data.holder]).toEqual([lan, head]);
});
