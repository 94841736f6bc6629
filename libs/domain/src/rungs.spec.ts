import { shiftByWorkingTime } from '#calendar';
import { at, calendar, head, Life, minh, procedure } from '../test/office';
import {
  FieldInvalid,
  holderOf,
  nextRungAt,
  openRungs,
  parseProcedureVersion,
  requireConsistent,
  type Act,
  type Command,
  type LadderRung,
  type ServiceLevel,
} from './index';

const waits: ServiceLevel['waits'] = {
  supplement: {
    limit: { amount: 2, unit: 'WORKING_DAY' },
    remind: { amount: 4, unit: 'WORKING_HOUR' },
    onSilence: 'stop',
    legalBasis: 'Decree 118/2025',
  },
  payment: { limit: { amount: 1, unit: 'WORKING_DAY' }, remind: null, onSilence: 'nothing', legalBasis: 'Fees Act' },
  'other-body': {
    limit: { amount: 1, unit: 'WORKING_DAY' },
    remind: null,
    onSilence: 'consent',
    legalBasis: 'Fire Safety Act',
  },
};

function by(change: Partial<ServiceLevel>): Partial<Act> {
  return { procedure: { ...procedure, serviceLevel: { ...procedure.serviceLevel, ...change } } };
}

const askForMap: Command = {
  name: 'request-supplement',
  reasonCode: 'missing',
  components: ['map'],
  legalBasis: null,
  approvedBy: null,
};

describe('an answer that is awaited', () => {
  const rule = by({ waits });
  const asked = () => Life.received(at('Mon', '08:00'), rule).then(at('Mon', '09:00'), askForMap, rule);

  test('has a limit of its own, counted like every other, and a reminder before', () => {
    const { dossier } = asked();

    expect(dossier.answerDueAt).toBe(at('Wed', '17:30'));
    expect(openRungs(dossier)).toMatchObject([
      { name: 'supplement-reminder', act: 'remind', dueAt: at('Wed', '13:30') },
      { name: 'supplement-silence', act: 'stop', dueAt: at('Wed', '17:30') },
    ]);
  });

  test('the applicant is reminded once, and on silence the dossier is stopped by the law it names', () => {
    const life = asked().ring(at('Wed', '14:00')).ring(at('Thu', '07:00'));

    expect(life.facts.slice(-2)).toMatchObject([
      { type: 'applicant-reminded', time: at('Wed', '13:30'), data: { answerDueAt: at('Wed', '17:30') } },
      {
        type: 'dossier-stopped',
        time: at('Wed', '17:30'),
        data: { reasonCode: 'applicant-silent', legalBasis: 'Decree 118/2025' },
      },
    ]);
    expect(life.dossier).toMatchObject({ status: 'stopped', endedAt: at('Wed', '17:30'), answerDueAt: null });
    expect(openRungs(life.dossier)).toEqual([]);
  });

  test('is awaited no more of a dossier that people end meanwhile', () => {
    const stopped = asked().then(at('Mon', '10:00'), { name: 'stop', reasonCode: 'dispute' }, rule);
    const withdrawn = asked()
      .then(at('Mon', '10:00'), { name: 'request-withdrawal' }, rule)
      .then(at('Mon', '11:00'), { name: 'confirm-withdrawal' }, rule);

    for (const { dossier } of [stopped, withdrawn]) expect(dossier).toMatchObject({ answerDueAt: null });
  });

  test('an answer at the last instant is in time', () => {
    const life = asked().then(at('Wed', '17:30'), { name: 'receive-supplement' }, rule);

    expect(life.dossier).toMatchObject({ status: 'in-process', answerDueAt: null });
  });

  test('the office is given back exactly the time it waited, and its own rungs', () => {
    const life = asked().then(at('Tue', '09:00'), { name: 'receive-supplement' }, rule);

    expect(life.dossier.due.appointmentAt).toBe(
      shiftByWorkingTime(calendar, life.dossier.firstDue.appointmentAt!, 8 * 3_600_000),
    );
    expect(openRungs(life.dossier).map(({ name }) => name)).toEqual([
      'appointment-warning',
      'appointment-due',
      'legal-due',
    ]);
  });

  test('of a payment that nothing follows upon, the applicant has the date and no more', () => {
    const pay: Command = { name: 'request-payment', amountMinor: 75_000, currency: 'VND' };
    const { dossier } = Life.received(at('Mon', '08:00'), rule)
      .then(at('Mon', '09:00'), pay, rule)
      .ring(at('Fri', '16:00'));

    expect(dossier).toMatchObject({ status: 'awaiting-payment', answerDueAt: at('Tue', '17:30') });
  });

  test('another body that is silent consents, as an entry of its own, and the clock runs again from that instant', () => {
    const life = Life.received(at('Mon', '08:00'), rule)
      .then(at('Mon', '09:00'), { name: 'suspend', reasonCode: 'opinion' }, rule)
      .ring(at('Wed', '08:00'));

    expect(life.facts.at(-1)).toMatchObject({
      type: 'consent-presumed',
      time: at('Tue', '17:30'),
      data: { legalBasis: 'Fire Safety Act' },
    });
    expect(life.dossier).toMatchObject({ status: 'in-process', answerDueAt: null });
    expect(life.dossier.suspensions).toEqual([
      { reason: 'other-body', from: at('Mon', '09:00'), until: at('Tue', '17:30') },
    ]);
  });

  test('a withdrawal asked for and declined puts the limit off by the time in which no answer could be taken', () => {
    const life = asked()
      .then(at('Mon', '10:00'), { name: 'request-withdrawal' }, rule)
      .ring(at('Wed', '15:00'))
      .then(at('Wed', '15:30'), { name: 'decline-withdrawal', reasonCode: 'decided' }, rule);

    expect(life.dossier).toMatchObject({ status: 'awaiting-supplement', answerDueAt: '2026-11-30T04:00:00.000Z' });
    expect(openRungs(life.dossier).map(({ name, dueAt }) => [name, dueAt])).toEqual([
      ['supplement-reminder', at('Fri', '17:00')],
      ['supplement-silence', '2026-11-30T04:00:00.000Z'],
    ]);
  });

  test('what a lapsed dossier paid is given back before its end, where the rule says so', () => {
    const paysBack = by({ waits, refundOnWithdrawal: 'full', refundLegalBasis: 'Fees Act' });
    const feeId = '01932c8e-7c00-7000-8000-0000000000bb';
    const fee = { basis: 'issue', legalBasis: 'Fees Act', collectedAt: 'acceptance' } as const;
    const life = Life.received(at('Mon', '08:00'), paysBack)
      .then(at('Mon', '08:10'), { name: 'charge-fee', feeId, amountMinor: 100, currency: 'VND', ...fee }, paysBack)
      .then(
        at('Mon', '08:20'),
        { name: 'pay-fee', feeId, amountMinor: 100, receiptNumber: '1', method: 'cash' },
        paysBack,
      )
      .then(at('Mon', '09:00'), askForMap, paysBack)
      .ring(at('Fri', '07:00'));

    expect(life.types.slice(-3)).toEqual(['applicant-reminded', 'fee-refunded', 'dossier-stopped']);
    expect(life.facts.map(({ sequence }) => sequence)).toEqual(life.facts.map((_, index) => index + 1));
  });

  test('without a limit in the rule the dossier waits as long as it takes', () => {
    const { dossier } = Life.received().then(at('Mon', '09:00'), askForMap);

    expect(dossier.answerDueAt).toBeNull();
    expect(nextRungAt(dossier)).toBeNull();
  });
});

describe('a date that was planned', () => {
  const acknowledge = (rung: string, plannedAt: string): Command => ({
    name: 'acknowledge',
    generation: 1,
    rung,
    plannedAt,
    reasonCode: 'survey',
  });
  const taken = () =>
    Life.received()
      .ring(at('Wed', '09:00'))
      .then(at('Wed', '09:30'), acknowledge('appointment-due', at('Wed', '15:00')));

  test('silences the ladder until then, and unkept tells whoever stands above the one that was told', () => {
    const life = taken();
    expect(openRungs(life.dossier)).toMatchObject([{ name: 'broken-promise-1', tell: 'head-of-parent-office' }]);

    life.ring(at('Wed', '15:01'));

    expect(life.facts.at(-1)).toMatchObject({
      type: 'dossier-escalated',
      time: at('Wed', '15:00'),
      data: { rung: 'broken-promise-1', of: 'appointmentAt', responsible: { officialId: 'lan' } },
    });
    expect(openRungs(life.dossier).map(({ name }) => name)).toEqual(['legal-due']);
  });

  test('promised again and broken again, it rises again', () => {
    const life = taken()
      .ring(at('Wed', '15:01'))
      .then(at('Wed', '15:30'), acknowledge('broken-promise-1', at('Thu', '10:00')))
      .ring(at('Thu', '10:01'));

    expect(life.dossier.escalations.slice(-2)).toMatchObject([
      { rung: 'broken-promise-1' },
      { rung: 'broken-promise-2' },
    ]);
    expect(openRungs(life.dossier).map(({ name }) => name)).toEqual(['legal-due']);
  });

  test('kept, it never rings: what was done at that instant came before it', () => {
    const life = taken().then(at('Wed', '15:00'), { name: 'mark-processed', result: 'granted' });

    expect(life.dossier.escalations.map(({ rung }) => rung)).not.toContain('broken-promise-1');
    expect(openRungs(life.dossier)).toEqual([]);
  });

  test('what rang for the wrong holder rings again for the right one', () => {
    const life = taken().ring(at('Wed', '15:01')).then(at('Wed', '14:00'), { name: 'hand-over', to: minh, step: null });

    expect(life.types.slice(-2)).toEqual(['escalation-withdrawn', 'dossier-handed-over']);
    expect(openRungs(life.dossier).map(({ name }) => name)).toContain('broken-promise-1');
    life.ring(at('Wed', '15:01'));
    expect(life.facts.at(-1)).toMatchObject({ data: { rung: 'broken-promise-1', responsible: minh } });
  });
});

describe('a ladder', () => {
  const rung = (change: Partial<LadderRung>): LadderRung => ({
    name: 'warning',
    of: 'appointmentAt',
    offset: null,
    hours: 'any',
    tell: 'responsible-official',
    ...change,
  });
  const first = (ladder: readonly LadderRung[], change: Partial<ServiceLevel> = {}) => {
    const rule = by({ ladder, ...change });
    return Life.received(at('Mon', '08:00'), rule);
  };

  test('warns when a share of the working time has passed, and a pause does not count', () => {
    const ladder = [rung({ offset: { percent: 75 } })];
    const rule = by({ ladder });
    expect(nextRungAt(first(ladder).dossier)).toBe(at('Tue', '14:00'));

    const paused = first(ladder)
      .then(at('Mon', '09:00'), { name: 'suspend', reasonCode: 'opinion' }, rule)
      .then(at('Mon', '14:00'), { name: 'resume' }, rule);

    expect(nextRungAt(paused.dossier)).toBe(at('Tue', '17:00'));
  });

  test('tells in working time, unless the rung says at once', () => {
    const stays = { ...procedure.serviceLevel.counting, endOnDayOff: 'stays' } as const;
    const limits: Partial<ServiceLevel> = {
      legalLimit: { amount: 5, unit: 'CALENDAR_DAY' },
      appointmentLimit: null,
      counting: stays,
    };
    const atOnce = first([rung({ of: 'legalDueAt' })], limits).dossier;
    const inHours = first([rung({ of: 'legalDueAt', hours: 'office' })], limits).dossier;

    expect(atOnce.due.legalDueAt).toMatch(/^2026-11-28/);
    expect(nextRungAt(atOnce)).toBe(atOnce.due.legalDueAt);
    expect(nextRungAt(inHours)).toBe('2026-11-30T00:30:00.000Z');
  });

  test('drafts the apology of itself, for the head who is to sign it, also while somebody is on the case', () => {
    const draft = { name: 'apology', of: 'appointmentAt', hours: 'office', act: 'draft-apology' } as const;
    const ladder = [rung({}), { ...draft, offset: { side: 'before', amount: 1, unit: 'WORKING_DAY' } as const }];

    const life = first(ladder).ring(at('Tue', '10:00'));

    expect(life.facts.at(-1)).toMatchObject({
      type: 'apology-drafted',
      data: { appointmentAt: life.dossier.due.appointmentAt, addressee: head, responsible: { officialId: 'lan' } },
    });
    expect(openRungs(life.dossier).map(({ name }) => name)).toEqual(['warning']);
  });

  test('of an office of its own goes before that of the procedure', () => {
    const ladder = [rung({ name: 'own' })];

    expect(openRungs(first([rung({})], { officeLadders: [{ officeId: 'desk', ladder }] }).dossier)).toMatchObject([
      { name: 'own' },
    ]);
    expect(openRungs(first([rung({})], { officeLadders: [{ officeId: 'land', ladder }] }).dossier)).toMatchObject([
      { name: 'warning' },
    ]);
  });

  test.each([
    [
      'a name that the engine gives',
      { ladder: [rung({ name: 'broken-promise-1' })] },
      'is a name that the engine gives',
    ],
    [
      'a share of the acceptance limit',
      { ladder: [rung({ of: 'acceptanceDueAt', offset: { percent: 50 } })] },
      'cannot be a share',
    ],
    [
      'an office whose ladder names a rung twice',
      { officeLadders: [{ officeId: 'desk', ladder: [rung({}), rung({})] }] },
      'stands twice',
    ],
    [
      'an applicant whose silence is consent',
      { waits: { ...waits, payment: { ...waits.payment!, onSilence: 'consent' } } },
      'onSilence',
    ],
    [
      'another body whose silence ends the dossier',
      { waits: { ...waits, 'other-body': { ...waits['other-body']!, onSilence: 'stop' } } },
      'onSilence',
    ],
  ] as [string, Partial<ServiceLevel>, string][])('%s is refused', (_, change, rule) => {
    const refused = { ...procedure, serviceLevel: { ...procedure.serviceLevel, ...change } };

    expect(() => requireConsistent(parseProcedureVersion(refused))).toThrow(FieldInvalid);
    expect(() => requireConsistent(parseProcedureVersion(refused))).toThrow(rule);
  });
});

test('a rule that acts says who was responsible at that instant, whoever holds the dossier later', () => {
  const rule = by({ waits });
  const life = Life.received(at('Mon', '08:00'), rule)
    .then(at('Mon', '09:00'), askForMap, rule)
    .then(at('Tue', '09:00'), { name: 'hand-over', to: minh, step: null }, rule)
    .ring(at('Thu', '09:00'));

  expect(life.facts.at(-1)).toMatchObject({ type: 'dossier-stopped', data: { released: { officialId: 'minh' } } });
  expect(holderOf(life.dossier)).toMatchObject({ ...minh, until: at('Wed', '17:30') });
});
