import type { Act } from './act';
import type { CommandOf } from './commands';
import type { Dossier, FactOf } from './dossier';
import {
  FeeAlreadyCharged,
  FeeAlreadyPaid,
  FeeUnknown,
  FeeWasCancelled,
  FieldInvalid,
  PaymentDoesNotPause,
} from './errors';
import { heldMinorOf, type FeeRecord } from './fees';
import type { ProcedureVersion, RefundRule, ServiceLevel } from './procedure';

/** What an office owes back: who paid for a dossier that ends without a result. */
export interface RefundDue {
  readonly rule: RefundRule;
  readonly legalBasis: string | null;
  readonly fees: readonly { readonly feeId: string; readonly currency: string; readonly amountMinor: number }[];
}

/**
 * What a charged fee says. Who completes a dossier pays no second time: a supplement brings no fee on the basis of one that
 * was charged at acceptance.
 *
 * @throws FeeAlreadyCharged
 */
export function charged({ fees }: Dossier, command: CommandOf<'charge-fee'>): Omit<CommandOf<'charge-fee'>, 'name'> {
  const { feeId, amountMinor, currency, basis, legalBasis, collectedAt } = command;
  if (fees.some((fee) => fee.feeId === feeId)) throw new FieldInvalid('feeId', 'names a fee of this dossier already');
  const before = fees.find(
    (fee) => fee.collectedAt === 'acceptance' && fee.basis === basis && fee.cancelledAt === null,
  );
  if (collectedAt === 'supplement' && before) throw new FeeAlreadyCharged(before.feeId, basis);
  return { feeId, amountMinor, currency, basis, legalBasis, collectedAt };
}

/** What the payment of a fee says: the whole of it, once. @throws FeeUnknown, FeeAlreadyPaid, FeeWasCancelled, FieldInvalid */
export function paid({ fees }: Dossier, command: CommandOf<'pay-fee'>): Omit<CommandOf<'pay-fee'>, 'name'> {
  const { feeId, amountMinor, receiptNumber, method } = command;
  const fee = feeNamed(fees, feeId);
  if (fee.stopsClock) throw new FieldInvalid('feeId', 'is paid with receive-payment, which lets the clock run again');
  requireUnpaid(fee);
  if (amountMinor !== fee.chargedMinor)
    throw new FieldInvalid('amountMinor', `must be the ${fee.chargedMinor} charged`);
  return { feeId, amountMinor, receiptNumber, method };
}

/** What giving back says: never more than is left of what was paid. @throws FeeUnknown, FieldInvalid */
export function refunded({ fees }: Dossier, command: CommandOf<'refund-fee'>): Omit<CommandOf<'refund-fee'>, 'name'> {
  const { feeId, amountMinor, reasonCode } = command;
  const held = heldMinorOf(feeNamed(fees, feeId));
  if (amountMinor > held) throw new FieldInvalid('amountMinor', `must be at most the ${held} paid and not given back`);
  return { feeId, amountMinor, reasonCode };
}

/**
 * What cancelling says of a fee that was charged in error: an unpaid one, once. What was paid is given back instead.
 *
 * @throws FeeUnknown, FeeAlreadyPaid, FeeWasCancelled, FieldInvalid
 */
export function cancelled({ fees }: Dossier, command: CommandOf<'cancel-fee'>): Omit<CommandOf<'cancel-fee'>, 'name'> {
  const { feeId, reasonCode } = command;
  const fee = feeNamed(fees, feeId);
  requireUnpaid(fee);
  if (fee.stopsClock) {
    throw new FieldInvalid('feeId', 'is cancelled with cancel-payment, which lets the clock run again');
  }
  return { feeId, reasonCode };
}

/** Where a payment stops no clock, nobody waits for one. @throws PaymentDoesNotPause */
export function requirePaymentPauses({ code, serviceLevel }: ProcedureVersion): void {
  if (!serviceLevel.paymentPauses) throw new PaymentDoesNotPause(code);
}

/**
 * What the procedure has the office give back of a dossier that is about to end without a result, or has so ended. Nothing
 * while it may still have one.
 */
export function refundDueOf(
  { status, fees }: Pick<Dossier, 'status' | 'fees'>,
  { refundOnWithdrawal, refundLegalBasis }: ServiceLevel,
): RefundDue {
  const isDue = refundOnWithdrawal === 'full' && endsWithoutResult.includes(status);
  return {
    rule: refundOnWithdrawal,
    legalBasis: refundLegalBasis,
    fees: (isDue ? fees : [])
      .filter((fee) => heldMinorOf(fee) > 0)
      .map((fee) => ({ feeId: fee.feeId, currency: fee.currency, amountMinor: heldMinorOf(fee) })),
  };
}

const endsWithoutResult: readonly Dossier['status'][] = ['withdrawal-requested', 'withdrawn', 'stopped', 'refused'];

/** Ends without a result, as the fee that is given back says them. */
const refundReasons = { withdrawn: 'withdrawal-confirmed', stopped: 'stopped', refused: 'refused' } as const;

/** An end is the last entry of its dossier: what it gives back is recorded before it, numbered from the next entry on. */
export function refundsBeforeEnd(
  dossier: Dossier,
  end: keyof typeof refundReasons,
  { actor, occurredAt, procedure }: Pick<Act, 'actor' | 'occurredAt' | 'procedure'>,
): readonly FactOf<'fee-refunded'>[] {
  const { fees } = refundDueOf({ ...dossier, status: end }, procedure.serviceLevel);
  return fees.map(({ feeId, amountMinor }, index) => ({
    type: 'fee-refunded',
    subject: dossier.dossierId,
    sequence: dossier.lastSequence + 1 + index,
    time: occurredAt,
    data: { actor, feeId, amountMinor, reasonCode: refundReasons[end] },
  }));
}

function requireUnpaid({ feeId, paidAt, cancelledAt }: FeeRecord): void {
  if (paidAt !== null) throw new FeeAlreadyPaid(feeId, paidAt);
  if (cancelledAt !== null) throw new FeeWasCancelled(feeId, cancelledAt);
}

function feeNamed(fees: readonly FeeRecord[], feeId: string): FeeRecord {
  const fee = fees.find((one) => one.feeId === feeId);
  if (!fee) throw new FeeUnknown(feeId);
  return fee;
}
