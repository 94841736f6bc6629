import fc from 'fast-check';
import {
  clockRuns,
  CommandNotAllowed,
  dossierFrom,
  inOrder,
  openRungs,
  portalStatusOf,
  statuses,
  transitions,
  type Command,
  type CommandName,
} from './index';
import { at, Life, minh, right } from '../test/office';

const commands: { readonly [Name in Command['name']]: Extract<Command, { name: Name }> } = {
  accept: { name: 'accept', code: 'H41-1', holder: minh },
  refuse: { name: 'refuse', reasonCode: 'incomplete' },
  'hand-over': { name: 'hand-over', to: minh, step: null },
  'accept-hand-over': { name: 'accept-hand-over' },
  'send-back': { name: 'send-back', reasonCode: 'not-ours' },
  reassign: { name: 'reassign', to: minh, reasonCode: 'absent' },
  'request-supplement': {
    name: 'request-supplement',
    reasonCode: 'missing',
    components: [],
    legalBasis: 'law',
    approvedBy: 'hoa',
  },
  'receive-supplement': { name: 'receive-supplement' },
  'request-payment': { name: 'request-payment', amountMinor: 1, currency: 'VND' },
  'receive-payment': { name: 'receive-payment' },
  'cancel-payment': { name: 'cancel-payment', reasonCode: 'error' },
  suspend: { name: 'suspend', reasonCode: 'opinion' },
  resume: { name: 'resume' },
  extend: {
    name: 'extend',
    reasonCode: 'survey',
    until: '2026-12-31',
    signedBy: 'hoa',
    legalBasis: 'law',
    approvedBy: 'hoa',
  },
  recompute: { name: 'recompute', operationId: '01932c8e-7c00-7000-8000-0000000000bb', legalBasis: 'Decree' },
  rebind: { name: 'rebind', procedure: right, reasonCode: 'wrong-procedure' },
  acknowledge: {
    name: 'acknowledge',
    generation: 1,
    rung: 'appointment-due',
    plannedAt: '2026-12-01T00:00:00.000Z',
    reasonCode: 'survey',
  },
  'request-opinion': {
    name: 'request-opinion',
    opinionId: '01932c8e-7c00-7000-8000-0000000000cc',
    asked: minh,
    limit: { amount: 4, unit: 'WORKING_HOUR' },
    until: null,
    questionCode: 'land-tax',
    legalBasis: 'Decree',
    onSilence: 'consent',
  },
  'give-opinion': {
    name: 'give-opinion',
    opinionId: '01932c8e-7c00-7000-8000-0000000000cc',
    outcome: 'objection',
    reasonCode: 'tax-owed',
  },
  'request-withdrawal': { name: 'request-withdrawal' },
  'confirm-withdrawal': { name: 'confirm-withdrawal' },
  'decline-withdrawal': { name: 'decline-withdrawal', reasonCode: 'decided' },
  stop: { name: 'stop', reasonCode: 'silent' },
  'mark-processed': { name: 'mark-processed', result: 'granted' },
  return: { name: 'return', to: 'applicant', proof: 'signature' },
  correct: { name: 'correct', field: 'channel', oldValue: 'desk', newValue: 'post', reasonCode: 'typo' },
  'add-attachment': {
    name: 'add-attachment',
    attachmentId: '01932c8e-7c00-7000-8000-0000000000aa',
    componentCode: null,
    mediaType: 'application/pdf',
    bytes: 5,
    sha256: 'a'.repeat(64),
  },
  'withdraw-attachment': {
    name: 'withdraw-attachment',
    attachmentId: '01932c8e-7c00-7000-8000-0000000000aa',
    reasonCode: 'wrong-file',
  },
  'check-papers': { name: 'check-papers', papers: [{ component: 'map', state: 'missing' }] },
  link: { name: 'link', kind: 'group', otherDossierId: '01932c8e-7c00-7000-8000-0000000000bb' },
  'charge-fee': {
    name: 'charge-fee',
    feeId: 'd1',
    amountMinor: 5,
    currency: 'VND',
    basis: 'issue',
    legalBasis: 'law',
    collectedAt: 'acceptance',
  },
  'pay-fee': { name: 'pay-fee', feeId: 'd1', amountMinor: 5, receiptNumber: '1', method: 'cash' },
  'refund-fee': { name: 'refund-fee', feeId: 'd1', amountMinor: 2, reasonCode: 'error' },
  'cancel-fee': { name: 'cancel-fee', feeId: 'd1', reasonCode: 'error' },
};
const acts = Object.values(commands);

/** A random life: acts minutes to days apart, refused ones left out, the clock ringing in between. */
function lives(run: (life: Life, previous: readonly string[]) => void): void {
  const step = fc.record({
    act: fc.constantFrom(...acts),
    minutes: fc.integer({ min: 0, max: 2_000 }),
    rings: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { maxLength: 40 }), (online, steps) => {
      const life = online ? Life.submitted() : Life.received();
      let now = Date.parse(at('Mon', '08:00'));
      for (const { act, minutes, rings } of steps) {
        now += minutes * 60_000;
        const time = new Date(now).toISOString();
        if (rings) life.ring(time);
        const before = life.types.slice();
        try {
          life.then(time, act);
        } catch (error) {
          if (!(error instanceof Error) || !('code' in error)) throw error;
        }
        run(life, before);
      }
    }),
    { numRuns: 300 },
  );
}

test('the table names where each command leads, as the events themselves do', () => {
  lives((life, before) => {
    const last = life.facts.at(-1);
    if (!last || life.types.length === before.length) return;
    const previous = dossierFrom(life.facts.slice(0, -1));
    const row = Object.entries(transitions).find(
      ([name, { event, from }]) =>
        name !== 'receive' &&
        name !== 'submit' &&
        event === last.type &&
        (from as readonly string[]).includes(previous.status),
    );
    if (!row) {
      expect(['dossier-escalated', 'opinion-presumed']).toContain(last.type);
      return;
    }
    const { to } = row[1];
    const handled = last.type === 'dossier-handed-over' && previous.status === 'received';
    const expected =
      to === 'before' ? previous.statusBefore : to === 'same' ? (handled ? 'in-process' : previous.status) : to;
    expect(life.dossier.status).toBe(expected);
  });
});

test('every prefix of a life is a life, and what the events add up to is what was decided upon', () => {
  lives((life) => {
    expect(dossierFrom(life.facts)).toEqual(life.dossier);
    expect(life.facts.map(({ sequence }) => sequence)).toEqual(life.facts.map((_, index) => index + 1));
  });
});

test('responsibility has no gap and no overlap, in any life', () => {
  lives(({ dossier }) => {
    const { responsibility, endedAt } = dossier;
    responsibility.slice(1).forEach((record, index) => expect(record.from).toBe(responsibility[index]?.until));
    expect(responsibility.at(-1)?.until).toBe(endedAt);
  });
});

test('an escalation stands once per generation and rung, and an ended dossier rings no more', () => {
  lives(({ dossier }) => {
    const keys = dossier.escalations.map(({ generation, rung }) => `${generation}/${rung}`);
    expect(new Set(keys).size).toBe(keys.length);
    if (dossier.endedAt !== null) expect(openRungs(dossier)).toEqual([]);
    const { silences, processedAt, endedAt } = dossier;
    const isOver = processedAt !== null || endedAt !== null;
    if (!clockRuns(dossier)) expect(openRungs(dossier)).toEqual(isOver ? [] : inOrder(silences));
  });
});

test('a command is refused in every state its row does not name', () => {
  const life = Life.received();
  for (const act of acts.filter(({ name }) => !(transitions[name].from as readonly string[]).includes('received'))) {
    expect(() => life.then(at('Mon', '09:00'), act)).toThrow(CommandNotAllowed);
  }
});

test('every state has its code of the national portal, and every code 1 to 10 a state', () => {
  expect([...new Set(statuses.map(portalStatusOf))].sort((one, other) => one - other)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
});

test('each command has a row, and nothing else has', () => {
  const names = Object.keys(transitions).filter((name) => name !== 'submit' && name !== 'receive') as CommandName[];

  expect(names.sort()).toEqual(Object.keys(commands).sort());
});
