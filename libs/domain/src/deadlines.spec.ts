import fc from 'fast-check';
import { civilCode, type Limit } from '#calendar';
import {
  calendarIdOf,
  FieldInvalid,
  NothingToRecompute,
  openRungs,
  parseOrganisation,
  parseProcedureVersion,
  promiseFor,
  type Organisation,
  type ProcedureVersion,
  type ServiceLevel,
} from './index';
import { actAt, at, calendar, head, Life, procedure } from '../test/office';

const supplement = {
  name: 'request-supplement',
  reasonCode: 'missing',
  components: ['map'],
  legalBasis: null,
  approvedBy: null,
} as const;

function withLevel(change: Partial<ServiceLevel>): { procedure: ProcedureVersion } {
  return { procedure: { ...procedure, serviceLevel: { ...procedure.serviceLevel, ...change } } };
}

describe('the two ways of counting a supplement', () => {
  const lived = (level: { procedure: ProcedureVersion }) =>
    Life.received(at('Mon', '08:00'), level)
      .then(at('Mon', '10:00'), supplement, level)
      .then(at('Tue', '15:30'), { name: 'receive-supplement' }, level).dossier;

  test('pause: each instant moves by exactly the eleven and a half working hours waited', () => {
    expect(lived(withLevel({ supplementMode: 'pause' })).due).toMatchObject({
      appointmentAt: at('Thu', '11:30'),
      legalDueAt: new Date('2026-11-30T11:00:00+07:00').toISOString(),
    });
  });

  test('restart: the whole limit counts again from the complete dossier', () => {
    const { due, firstDue } = lived(withLevel({ supplementMode: 'restart' }));

    expect(due).toMatchObject({ appointmentAt: at('Thu', '15:30'), legalDueAt: at('Fri', '17:30') });
    expect(firstDue).toMatchObject({ appointmentAt: at('Wed', '08:00'), legalDueAt: at('Thu', '17:30') });
  });

  test('restart: what stood still before counts no more, what stands still later moves it', () => {
    const level = withLevel({ supplementMode: 'restart' });
    const suspend = { name: 'suspend', reasonCode: 'opinion' } as const;
    const { due } = Life.received(at('Mon', '08:00'), level)
      .then(at('Mon', '08:30'), suspend, level)
      .then(at('Mon', '09:30'), { name: 'resume' }, level)
      .then(at('Mon', '10:00'), supplement, level)
      .then(at('Tue', '08:00'), { name: 'receive-supplement' }, level)
      .then(at('Tue', '09:00'), suspend, level)
      .then(at('Tue', '11:00'), { name: 'resume' }, level).dossier;

    expect(due.appointmentAt).toBe(at('Thu', '10:00'));
  });
});

describe('the limits of a procedure', () => {
  const days = (amount: number): Limit => ({ amount, unit: 'WORKING_DAY' });

  test('may be shorter for what is handed in online, from its acceptance on', () => {
    const level = withLevel({ onlineLimit: { amount: 8, unit: 'WORKING_HOUR' } });
    const accepted = { name: 'accept', code: 'H41-261123-0002', holder: actAt(at('Mon', '08:00')).actor } as const;
    const { due } = Life.submitted().then(at('Mon', '10:00'), accepted, level).dossier;

    expect(due).toMatchObject({ appointmentAt: at('Tue', '10:00'), legalDueAt: at('Tue', '10:00') });
    expect(Life.received(at('Mon', '10:00'), level).dossier.due.legalDueAt).toBe(at('Thu', '17:30'));
  });

  test('that differ by channel keep the channel from being corrected', () => {
    const correct = {
      name: 'correct',
      field: 'channel',
      oldValue: 'desk',
      newValue: 'online',
      reasonCode: 'typo',
    } as const;
    const level = withLevel({ onlineLimit: { amount: 8, unit: 'WORKING_HOUR' } });

    expect(() => Life.received(at('Mon', '08:00'), level).then(at('Mon', '09:00'), correct, level)).toThrow(
      FieldInvalid,
    );
    expect(Life.received().then(at('Mon', '09:00'), correct).dossier.channel).toBe('online');
  });

  test('never let an office promise later than the law', () => {
    const level = withLevel({ legalLimit: days(1), appointmentLimit: days(5) });

    expect(Life.received(at('Mon', '08:00'), level).dossier.due.appointmentAt).toBe(at('Tue', '17:30'));
  });

  test('are counted by the rule of the procedure, steps too', () => {
    const level = withLevel({
      counting: { ...civilCode, firstDay: 'included' },
      steps: [{ code: 'examine', limit: days(1), role: null, officeRole: null, body: null, level: null }],
    });
    const life = Life.received(at('Mon', '08:00'), level);
    life.then(
      at('Tue', '09:00'),
      { name: 'hand-over', to: { officialId: 'minh', postId: 'land-officer', officeId: 'land' }, step: 'examine' },
      level,
    );

    expect(life.dossier.due).toMatchObject({ legalDueAt: at('Wed', '17:30'), stepDueAt: at('Tue', '17:30') });
  });

  test('may be none at all: then nothing is promised', () => {
    const level = withLevel({ legalLimit: null, appointmentLimit: null });

    expect(promiseFor(at('Mon', '08:00'), 'desk', actAt(at('Mon', '08:00'), level))).toEqual({
      acceptance: null,
      appointment: null,
      legal: null,
    });
  });
});

test('what is promised before acceptance is what the receipt then says', () => {
  const limit = fc.option(
    fc.record({
      amount: fc.integer({ min: 1, max: 20 }),
      unit: fc.constantFrom('WORKING_HOUR', 'WORKING_DAY', 'CALENDAR_DAY', 'MONTH'),
    }),
  );
  const minute = fc.integer({ min: 0, max: 60 * 24 * 60 });
  fc.assert(
    fc.property(limit, limit, minute, (legalLimit, appointmentLimit, minutes) => {
      const received = new Date(Date.parse('2026-03-01T00:00:00Z') + minutes * 60_000).toISOString();
      const level = withLevel({ legalLimit, appointmentLimit });
      const { firstDue } = Life.received(received, level).dossier;
      const promised = promiseFor(received, 'desk', actAt(received, level));

      expect(promised.appointment?.dueAt ?? null).toBe(firstDue.appointmentAt);
      expect(promised.legal?.dueAt ?? null).toBe(firstDue.legalDueAt);
    }),
    { numRuns: 300 },
  );
});

describe('a newer version of the calendar', () => {
  const name = { vi: 'Nghỉ', en: 'Off', de: 'Frei' };
  const off = (date: string) =>
    ({ date, kind: 'holiday', hoursOf: null, open: null, name, legalBasis: 'Decree' }) as const;
  const decree = { ...calendar, version: '2', days: [off('2026-11-24')] };
  const recompute = {
    name: 'recompute',
    operationId: '01932c8e-7c00-7000-8000-0000000000bb',
    legalBasis: 'Decree',
  } as const;

  test('moves an open dossier only when somebody recomputes it, by a fact that says from when to when', () => {
    const life = Life.received().then(
      at('Mon', '09:00'),
      { name: 'hand-over', to: head, step: null },
      { presentCalendar: decree },
    );
    expect(life.dossier.due.legalDueAt).toBe(at('Thu', '17:30'));

    life.then(at('Mon', '10:00'), recompute, { presentCalendar: decree });

    expect(life.dossier).toMatchObject({
      calendar: 'vinh/2',
      due: { appointmentAt: at('Thu', '08:00'), legalDueAt: at('Fri', '17:30') },
      firstDue: { appointmentAt: at('Wed', '08:00'), legalDueAt: at('Thu', '17:30') },
    });
    expect(life.facts.at(-1)).toMatchObject({
      type: 'dossier-recomputed',
      data: {
        previousCalendar: 'vinh/1',
        previousDue: { legalDueAt: at('Thu', '17:30') },
        deadlines: { calendar: 'vinh/2' },
      },
    });
    expect(life.dossier.schedule).toMatchObject({ generation: 2 });
  });

  test('moves nothing whose days it does not change', () => {
    const later = { ...calendar, version: '2', days: [off('2026-12-24')] };

    expect(() => Life.received().then(at('Mon', '10:00'), recompute, { presentCalendar: later })).toThrow(
      NothingToRecompute,
    );
  });

  test('that moves an instant into the past lets its rungs fall due with the event, unless they rang before', () => {
    const worked = { ...calendar, version: '3' };
    const closed = { calendar: decree, presentCalendar: decree };
    const life = Life.received(at('Mon', '08:00'), closed);
    expect(life.dossier.due.appointmentAt).toBe(at('Thu', '08:00'));

    life.then(at('Wed', '09:00'), recompute, { ...closed, presentCalendar: worked });

    expect(life.dossier.due.appointmentAt).toBe(at('Wed', '08:00'));
    expect(openRungs(life.dossier).map(({ name: rung, dueAt }) => [rung, dueAt])).toEqual([
      ['appointment-warning', at('Wed', '09:00')],
      ['appointment-due', at('Wed', '09:00')],
      ['legal-due', at('Thu', '17:30')],
    ]);
  });

  test('moves what still waits for its answer, and what stands still', () => {
    const submitted = Life.submitted().then(at('Mon', '08:30'), recompute, { presentCalendar: decree }).dossier;
    const waiting = Life.received()
      .then(at('Mon', '09:00'), supplement)
      .then(at('Mon', '10:00'), recompute, { presentCalendar: decree }).dossier;

    expect(submitted.due.acceptanceDueAt).toBe(at('Wed', '08:00'));
    expect(waiting).toMatchObject({ status: 'awaiting-supplement', due: { legalDueAt: at('Fri', '17:30') } });
    expect(openRungs(waiting)).toEqual([]);
  });
});

describe('what is loaded', () => {
  test('a procedure of an older form counts by the Civil Code, online as at the desk, and a supplement pauses', () => {
    const unsaid = { counting: undefined, onlineLimit: undefined, supplementMode: undefined };
    const older = JSON.stringify({ ...procedure, serviceLevel: { ...procedure.serviceLevel, ...unsaid } });

    expect(parseProcedureVersion(JSON.parse(older))).toEqual(procedure);
  });

  test.each<[string, object, string]>([
    ['a unit that is none', { legalLimit: { amount: 1, unit: 'FORTNIGHT' } }, 'procedure/serviceLevel/legalLimit'],
    ['an hour that is none', { legalLimit: { unit: 'SAME_DAY', cutOff: '25:00', dueBy: '17:00' } }, 'legalLimit'],
    ['a way of counting that is none', { supplementMode: 'forget' }, 'procedure/serviceLevel/supplementMode'],
  ])('%s is refused, by name and path', (_, change, rule) => {
    const broken = () =>
      parseProcedureVersion({ ...procedure, serviceLevel: { ...procedure.serviceLevel, ...change } });

    expect(broken).toThrow(FieldInvalid);
    expect(broken).toThrow(rule);
    expect(broken).toThrow('1.005129');
  });

  test('the same day is a limit as well', () => {
    const legalLimit = { unit: 'SAME_DAY', cutOff: '15:00', dueBy: '17:00' } as const;
    const sameDay = parseProcedureVersion({ ...procedure, serviceLevel: { ...procedure.serviceLevel, legalLimit } });

    expect(Life.received(at('Mon', '14:00'), { procedure: sameDay }).dossier.due.legalDueAt).toBe(at('Mon', '17:00'));
  });

  test('an office works by its own calendar, else by that of the nearest office above', () => {
    const office = (id: string, parentId: string | null, calendarId?: string) => ({
      ...{ id, name: id, parentId, headPostId: 'head', receptionPostId: null, codePrefix: 'H41' },
      ...(calendarId !== undefined && { calendarId }),
    });
    const offices = [
      office('province', null, 'vn'),
      office('commune', 'province', 'hoa-quan'),
      office('desk', 'commune'),
      office('land', 'province'),
    ];
    const organisation: Organisation = parseOrganisation({ offices, posts: [], officials: [], tenures: [] });

    expect(offices.map(({ id }) => calendarIdOf(organisation, id, at('Mon', '08:00')))).toEqual([
      'vn',
      'hoa-quan',
      'hoa-quan',
      'vn',
    ]);
    expect(calendarIdOf(organisation, 'elsewhere', at('Mon', '08:00'))).toBeNull();
    expect(() => parseOrganisation({ offices: [{ id: 'desk' }] })).toThrow(FieldInvalid);
  });
});
