import type { Instant } from '#calendar';
import type { DossierEventData, FeeTime, PaymentMethod } from '#contracts';

/**
 * One fee of a dossier, as its events add up. Money is a track of its own beside the business status.
 * Amounts are in the currency's smallest unit; instants are those of the events.
 */
export interface FeeRecord {
  /** What it was charged with; `payment-<sequence>` where it was asked for by a payment request. */
  readonly feeId: string;
  /** True for a payment request: asking for it stopped the clock, and its receipt lets the clock run again. */
  readonly stopsClock: boolean;
  /** The next three are null for a payment request, which says none of them. */
  readonly basis: string | null;
  readonly legalBasis: string | null;
  readonly collectedAt: FeeTime | null;
  readonly currency: string;
  readonly chargedMinor: number;
  readonly chargedAt: Instant;
  readonly paidMinor: number;
  readonly paidAt: Instant | null;
  readonly receiptNumber: string | null;
  readonly method: PaymentMethod | null;
  readonly refundedMinor: number;
  /** When it was found to be charged in error, unpaid; null while it stands. It counts in no sum. */
  readonly cancelledAt: Instant | null;
}

/** The sums of all fees of one currency that stand; each is the sum of its column, and none is ever below nothing. */
export interface FeeTotal {
  readonly currency: string;
  readonly chargedMinor: number;
  readonly paidMinor: number;
  readonly refundedMinor: number;
  /** Charged and not paid. */
  readonly dueMinor: number;
  /** Paid and not given back. */
  readonly heldMinor: number;
}

/** What is due, paid and given back, fee by fee and as a whole. */
export interface FeeLedger {
  readonly fees: readonly FeeRecord[];
  /** One a currency, by its name. */
  readonly totals: readonly FeeTotal[];
}

/** The events that move money. */
type FeeEventType =
  | 'dossier-payment-requested'
  | 'dossier-payment-received'
  | 'dossier-payment-cancelled'
  | 'fee-charged'
  | 'fee-paid'
  | 'fee-refunded'
  | 'fee-cancelled';

/** One of them, as a fold needs it. */
type FeeFact = {
  readonly [Type in FeeEventType]: {
    readonly type: Type;
    readonly sequence: number;
    readonly time: Instant;
    readonly data: DossierEventData[Type];
  };
}[FeeEventType];

/** The fee of a payment that was requested by the entry with this sequence. */
export function feeIdOfPayment(sequence: number): string {
  return `payment-${sequence}`;
}

/** The fees one event later: what a dossier's `fees` are folded with. */
export function feesAfter(fees: readonly FeeRecord[], event: FeeFact): readonly FeeRecord[] {
  switch (event.type) {
    case 'fee-charged': {
      const { feeId, basis, legalBasis, collectedAt } = event.data;
      return [...fees, { ...newFee(event), feeId, basis, legalBasis, collectedAt }];
    }
    case 'dossier-payment-requested':
      return [...fees, { ...newFee(event), feeId: feeIdOfPayment(event.sequence), stopsClock: true }];
    case 'fee-paid': {
      const { feeId, amountMinor, receiptNumber, method } = event.data;
      const paid = { paidMinor: amountMinor, paidAt: event.time, receiptNumber, method };
      return fees.map((fee) => (fee.feeId === feeId ? { ...fee, ...paid } : fee));
    }
    case 'dossier-payment-received':
      return fees.map((fee) => (isAwaited(fee) ? { ...fee, paidMinor: fee.chargedMinor, paidAt: event.time } : fee));
    case 'dossier-payment-cancelled':
      return fees.map((fee) => (isAwaited(fee) ? { ...fee, cancelledAt: event.time } : fee));
    case 'fee-cancelled':
      return fees.map((fee) => (fee.feeId === event.data.feeId ? { ...fee, cancelledAt: event.time } : fee));
    case 'fee-refunded': {
      const { feeId, amountMinor } = event.data;
      return fees.map((fee) =>
        fee.feeId === feeId ? { ...fee, refundedMinor: fee.refundedMinor + amountMinor } : fee,
      );
    }
  }
}

/** A payment request for which the clock stands still. */
function isAwaited({ stopsClock, paidAt, cancelledAt }: FeeRecord): boolean {
  return stopsClock && paidAt === null && cancelledAt === null;
}

/** The fees with their sums. */
export function feeLedgerOf(fees: readonly FeeRecord[]): FeeLedger {
  const standing = fees.filter(({ cancelledAt }) => cancelledAt === null);
  const currencies = [...new Set(standing.map(({ currency }) => currency))].sort();
  return { fees, totals: currencies.map((currency) => totalOf(currency, standing)) };
}

/** What was paid of a fee and not given back. */
export function heldMinorOf({ paidMinor, refundedMinor }: FeeRecord): number {
  return paidMinor - refundedMinor;
}

function newFee({
  time,
  data,
}: Extract<FeeFact, { type: 'fee-charged' | 'dossier-payment-requested' }>): Omit<FeeRecord, 'feeId'> {
  return {
    stopsClock: false,
    basis: null,
    legalBasis: null,
    collectedAt: null,
    currency: data.currency,
    chargedMinor: data.amountMinor,
    chargedAt: time,
    paidMinor: 0,
    paidAt: null,
    receiptNumber: null,
    method: null,
    refundedMinor: 0,
    cancelledAt: null,
  };
}

function totalOf(currency: string, fees: readonly FeeRecord[]): FeeTotal {
  const ofCurrency = fees.filter((fee) => fee.currency === currency);
  const sum = (amountOf: (fee: FeeRecord) => number) => ofCurrency.reduce((total, fee) => total + amountOf(fee), 0);
  return {
    currency,
    chargedMinor: sum(({ chargedMinor }) => chargedMinor),
    paidMinor: sum(({ paidMinor }) => paidMinor),
    refundedMinor: sum(({ refundedMinor }) => refundedMinor),
    dueMinor: sum(({ chargedMinor, paidMinor }) => chargedMinor - paidMinor),
    heldMinor: sum(heldMinorOf),
  };
}
