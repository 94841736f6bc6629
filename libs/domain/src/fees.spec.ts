import fc from 'fast-check';
import { at, Life, procedure } from '../test/office';
import { randomLives } from '../test/lives';
import {
  CommandNotAllowed,
  FeeAlreadyCharged,
  FeeAlreadyPaid,
  FeeUnknown,
  FeeWasCancelled,
  feeLedgerOf,
  heldMinorOf,
  PaymentDoesNotPause,
  refundDueOf,
  type Command,
  type Fact,
  type FeeTotal,
  type ServiceLevel,
} from './index';

const fee = { basis: 'issue', legalBasis: 'Resolution 12', currency: 'VND', collectedAt: 'acceptance' } as const;
const charge = (feeId: string, change: object = {}): Command => ({
  ...{ name: 'charge-fee', feeId, amountMinor: 8_000, ...fee },
  ...change,
});
const pay = (feeId: string, amountMinor = 8_000): Command => ({
  ...{ name: 'pay-fee', feeId, amountMinor, receiptNumber: 'BL-7', method: 'cash' },
});
const refund = (feeId: string, amountMinor: number): Command => ({
  ...{ name: 'refund-fee', feeId, amountMinor, reasonCode: 'charged-in-error' },
});

const cancel = (feeId: string): Command => ({ name: 'cancel-fee', feeId, reasonCode: 'charged-in-error' });

function ruled(change: Partial<ServiceLevel>) {
  return { procedure: { ...procedure, serviceLevel: { ...procedure.serviceLevel, ...change } } };
}
const paysBack = ruled({ refundOnWithdrawal: 'full', refundLegalBasis: 'Law on Fees' });

describe('a fee', () => {
  test('is charged, paid and given back beside the handling: state, clock and due instants stay', () => {
    const life = Life.received();
    const before = life.dossier;
    life
      .then(at('Mon', '09:00'), charge('one'))
      .then(at('Mon', '09:30'), pay('one'))
      .then(at('Mon', '10:00'), refund('one', 3_000));

    expect(life.types.slice(1)).toEqual(['fee-charged', 'fee-paid', 'fee-refunded']);
    expect(life.dossier).toMatchObject({ status: 'received', suspensions: [], due: before.due });
    expect(life.dossier.schedule).toEqual(before.schedule);
    expect(feeLedgerOf(life.dossier.fees)).toEqual({
      fees: [
        {
          feeId: 'one',
          stopsClock: false,
          ...fee,
          chargedMinor: 8_000,
          chargedAt: at('Mon', '09:00'),
          paidMinor: 8_000,
          paidAt: at('Mon', '09:30'),
          receiptNumber: 'BL-7',
          method: 'cash',
          refundedMinor: 3_000,
          cancelledAt: null,
        },
      ],
      totals: [
        { currency: 'VND', chargedMinor: 8_000, paidMinor: 8_000, refundedMinor: 3_000, dueMinor: 0, heldMinor: 5_000 },
      ],
    });
  });

  test('charged in error is cancelled while unpaid: nothing is due of it, nothing else moves, and it may be charged rightly', () => {
    const life = Life.received().then(at('Mon', '09:00'), charge('one'));
    const before = life.dossier;
    life.then(at('Mon', '09:30'), cancel('one'));

    expect(feeLedgerOf(life.dossier.fees)).toMatchObject({
      fees: [{ feeId: 'one', paidAt: null, cancelledAt: at('Mon', '09:30') }],
      totals: [],
    });
    expect(life.dossier).toMatchObject({ status: before.status, due: before.due, schedule: before.schedule });
    expect(() => life.then(at('Mon', '10:00'), pay('one'))).toThrow(FeeWasCancelled);
    expect(() => life.then(at('Mon', '10:00'), cancel('one'))).toThrow(FeeWasCancelled);
    expect(() => life.then(at('Mon', '10:00'), refund('one', 1))).toThrow('at most the 0 paid');
    life.then(at('Mon', '10:00'), charge('two', { collectedAt: 'supplement' }));
    expect(feeLedgerOf(life.dossier.fees).totals).toMatchObject([{ chargedMinor: 8_000, dueMinor: 8_000 }]);
  });

  test('paid, or asked for with a pause, is not cancelled so', () => {
    const life = Life.received().then(at('Mon', '09:00'), charge('one')).then(at('Mon', '09:10'), pay('one'));

    expect(() => life.then(at('Mon', '09:30'), cancel('one'))).toThrow(FeeAlreadyPaid);
    expect(() => life.then(at('Mon', '09:30'), cancel('two'))).toThrow(FeeUnknown);
    life.then(at('Mon', '10:00'), { name: 'request-payment', amountMinor: 8_000, currency: 'VND' });
    expect(() => life.then(at('Mon', '10:30'), cancel('payment-4'))).toThrow('cancelled with cancel-payment');
  });

  test('asked for in error with a pause is cancelled with it: the clock runs again as after a payment, and nothing was paid', () => {
    const ask: Command = { name: 'request-payment', amountMinor: 8_000, currency: 'VND' };
    const asked = () => Life.received().then(at('Mon', '10:00'), ask);
    const paidLife = asked().then(at('Tue', '10:00'), { name: 'receive-payment' });
    const life = asked().then(at('Tue', '10:00'), { name: 'cancel-payment', reasonCode: 'charged-in-error' });

    const { status, suspensions, due, schedule } = paidLife.dossier;
    expect(life.dossier).toMatchObject({ status, suspensions, due, schedule });
    expect(feeLedgerOf(life.dossier.fees)).toMatchObject({ fees: [{ paidMinor: 0, paidAt: null }], totals: [] });
    expect(() => life.then(at('Tue', '11:00'), { name: 'receive-payment' })).toThrow(CommandNotAllowed);
    life.then(at('Wed', '09:00'), ask).then(at('Wed', '10:00'), { name: 'receive-payment' });
    expect(feeLedgerOf(life.dossier.fees).totals).toMatchObject([
      { chargedMinor: 8_000, paidMinor: 8_000, dueMinor: 0 },
    ]);
  });

  test('is paid once, in full, and given back at most as it was paid', () => {
    const life = Life.received().then(at('Mon', '09:00'), charge('one'));

    expect(() => life.then(at('Mon', '09:30'), refund('one', 1))).toThrow('at most the 0 paid');
    expect(() => life.then(at('Mon', '09:30'), pay('one', 7_999))).toThrow('must be the 8000 charged');
    expect(() => life.then(at('Mon', '09:30'), pay('two'))).toThrow(FeeUnknown);
    life.then(at('Mon', '09:30'), pay('one'));
    expect(() => life.then(at('Mon', '10:00'), pay('one'))).toThrow(FeeAlreadyPaid);
    life.then(at('Mon', '10:00'), refund('one', 5_000));
    expect(() => life.then(at('Mon', '10:30'), refund('one', 3_001))).toThrow('at most the 3000 paid');
    expect(() => life.then(at('Mon', '10:30'), charge('one'))).toThrow('names a fee of this dossier already');
  });

  test('is charged no second time for a supplement, but one on another basis is', () => {
    const life = Life.received().then(at('Mon', '09:00'), charge('one'));
    const supplement = { collectedAt: 'supplement' };

    expect(() => life.then(at('Mon', '10:00'), charge('two', supplement))).toThrow(FeeAlreadyCharged);
    life.then(at('Mon', '10:00'), charge('two', { ...supplement, basis: 'survey' }));
    expect(life.dossier.fees).toHaveLength(2);
  });

  test('is due for nothing that was not accepted', () => {
    expect(() => Life.submitted().then(at('Mon', '09:00'), charge('one'))).toThrow(CommandNotAllowed);
  });
});

describe('a payment that stops the clock', () => {
  const request: Command = { name: 'request-payment', amountMinor: 75_000, currency: 'VND' };

  test('counts in the ledger as one fee, due until it is received', () => {
    const life = Life.received().then(at('Mon', '09:00'), request);
    const totals = () => feeLedgerOf(life.dossier.fees).totals;

    expect(totals()).toMatchObject([{ dueMinor: 75_000, paidMinor: 0 }]);
    expect(() => life.then(at('Mon', '10:00'), pay('payment-2', 75_000))).toThrow('receive-payment');
    life.then(at('Tue', '09:00'), { name: 'receive-payment' });
    expect(totals()).toMatchObject([{ dueMinor: 0, heldMinor: 75_000 }]);
    expect(life.dossier.fees).toMatchObject([{ feeId: 'payment-2', stopsClock: true, paidAt: at('Tue', '09:00') }]);
    life.then(at('Tue', '10:00'), refund('payment-2', 75_000));
    expect(totals()).toMatchObject([{ heldMinor: 0 }]);
  });

  test('is refused where the procedure says that none does; the fee is charged beside the handling', () => {
    const rule = ruled({ paymentPauses: false });
    const life = Life.received(at('Mon', '08:00'), rule);

    expect(() => life.then(at('Mon', '09:00'), request, rule)).toThrow(PaymentDoesNotPause);
    expect(() => life.then(at('Mon', '09:00'), request, rule)).toThrow('charge-fee');
    life.then(at('Mon', '09:00'), charge('one'), rule);
    expect(life.dossier.status).toBe('received');
  });
});

describe('on withdrawal', () => {
  const paidLife = () =>
    Life.received(at('Mon', '08:00'), paysBack)
      .then(at('Mon', '09:00'), charge('one'), paysBack)
      .then(at('Mon', '09:10'), charge('two', { basis: 'survey', amountMinor: 500 }), paysBack)
      .then(at('Mon', '09:20'), pay('one'), paysBack)
      .then(at('Mon', '09:30'), refund('one', 1_000), paysBack)
      .then(at('Mon', '10:00'), { name: 'request-withdrawal' }, paysBack);

  test('what was paid is shown as owed, and given back with the confirmation, before the end', () => {
    const life = paidLife();
    const owed = {
      rule: 'full',
      legalBasis: 'Law on Fees',
      fees: [{ feeId: 'one', currency: 'VND', amountMinor: 7_000 }],
    };

    expect(refundDueOf(life.dossier, paysBack.procedure.serviceLevel)).toEqual(owed);
    life.then(at('Mon', '11:00'), { name: 'confirm-withdrawal' }, paysBack);

    expect(life.types.slice(-2)).toEqual(['fee-refunded', 'dossier-withdrawn']);
    expect(life.facts.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(life.facts.at(-2)?.data).toMatchObject({
      feeId: 'one',
      amountMinor: 7_000,
      reasonCode: 'withdrawal-confirmed',
    });
    expect(feeLedgerOf(life.dossier.fees).totals).toMatchObject([{ heldMinor: 0, dueMinor: 500 }]);
    expect(refundDueOf(life.dossier, paysBack.procedure.serviceLevel).fees).toEqual([]);
  });

  test('nothing is given back where the procedure keeps it, and nothing is owed while a result may come', () => {
    const life = paidLife();
    expect(refundDueOf({ ...life.dossier, status: 'in-process' }, paysBack.procedure.serviceLevel).fees).toEqual([]);

    life.then(at('Mon', '11:00'), { name: 'confirm-withdrawal' });
    expect(life.types.at(-2)).toBe('dossier-withdrawal-requested');
    expect(refundDueOf(life.dossier, procedure.serviceLevel)).toEqual({ rule: 'none', legalBasis: null, fees: [] });
  });

  test('a stopped dossier gives back what the office holds, before its end', () => {
    const life = paidLife().then(at('Mon', '11:00'), { name: 'stop', reasonCode: 'silent' }, paysBack);

    expect(life.facts.slice(-2)).toMatchObject([
      { type: 'fee-refunded', data: { amountMinor: 7_000, reasonCode: 'stopped' } },
      { type: 'dossier-stopped' },
    ]);
    expect(refundDueOf(life.dossier, paysBack.procedure.serviceLevel).fees).toEqual([]);
  });
});

test('in any life the sums hold after each entry, and nothing is ever below nothing', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      randomLives({ refundOnWithdrawal: 'full', refundLegalBasis: 'law' }),
      ({ life: { facts, dossier } }) => {
        for (const type of facts.map(({ type: one }) => one)) seen.add(type);
        const { totals, fees } = feeLedgerOf(dossier.fees);
        expect(totals).toEqual(totalsByHand(facts));
        for (const { dueMinor, heldMinor } of totals) expect(Math.min(dueMinor, heldMinor)).toBeGreaterThanOrEqual(0);
        for (const one of fees)
          expect(Math.min(heldMinorOf(one), one.chargedMinor - one.paidMinor)).toBeGreaterThanOrEqual(0);
        if (dossier.status === 'withdrawn')
          expect(totals.map(({ heldMinor }) => heldMinor)).toEqual(totals.map(() => 0));
      },
    ),
    { numRuns: 1_000 },
  );
  const moving = [
    'fee-charged',
    'fee-paid',
    'fee-refunded',
    'fee-cancelled',
    'dossier-payment-received',
    'dossier-payment-cancelled',
    'dossier-withdrawn',
  ];
  expect(moving.filter((type) => !seen.has(type))).toEqual([]);
});

/** The sums from the amounts that the entries say, without any fee in between. */
function totalsByHand(facts: readonly Fact[]): readonly FeeTotal[] {
  let [chargedMinor, paidMinor, refundedMinor, askedMinor] = [0, 0, 0, 0];
  const charged = new Map<string, number>();
  for (const { type, data } of facts) {
    if (type === 'fee-charged') charged.set(data.feeId, data.amountMinor);
    if (type === 'fee-charged') chargedMinor += data.amountMinor;
    if (type === 'fee-cancelled') chargedMinor -= charged.get(data.feeId) ?? NaN;
    if (type === 'dossier-payment-cancelled') chargedMinor -= askedMinor;
    if (type === 'fee-paid') paidMinor += data.amountMinor;
    if (type === 'fee-refunded') refundedMinor += data.amountMinor;
    if (type === 'dossier-payment-requested') chargedMinor += askedMinor = data.amountMinor;
    if (type === 'dossier-payment-received') paidMinor += askedMinor;
  }
  if (chargedMinor === 0) return [];
  const left = { dueMinor: chargedMinor - paidMinor, heldMinor: paidMinor - refundedMinor };
  return [{ currency: 'VND', chargedMinor, paidMinor, refundedMinor, ...left }];
}
