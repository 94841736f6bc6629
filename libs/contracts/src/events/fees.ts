import { postHolderSchema, type PostHolder } from '../post-holder';
import { integer, matching, oneOf, record, text } from '../schema';

/** When a fee is collected; the numbers 1 to 3 of the National Public Service Portal. */
export const feeTimes = ['acceptance', 'supplement', 'return'] as const;
export type FeeTime = (typeof feeTimes)[number];

/** How a fee was paid. */
export const paymentMethods = ['cash', 'card', 'transfer', 'online'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** The UUID of a charged fee, or `payment-<sequence>` of the entry that asked for a payment and stopped the clock. */
export const feeIdPattern = '^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|payment-[1-9][0-9]*)$';

/** How currencies are written: ISO 4217. */
export const currencyPattern = '^[A-Z]{3}$';

const feeId = matching(feeIdPattern);
const currency = matching(currencyPattern);

/** The office charged a fee. No clock moves: handling goes on, paid or not. */
export interface FeeCharged {
  readonly actor: PostHolder;
  readonly feeId: string;
  /** In the currency's smallest unit: dong for VND, cent for EUR. */
  readonly amountMinor: number;
  readonly currency: string;
  /** Code of what is charged for, for example `certificate-issue`. */
  readonly basis: string;
  readonly legalBasis: string;
  readonly collectedAt: FeeTime;
}

export const feeChargedSchema = record<FeeCharged>({
  actor: postHolderSchema,
  feeId,
  amountMinor: integer(1),
  currency,
  basis: text,
  legalBasis: text,
  collectedAt: oneOf(feeTimes),
});

/** A charged fee was paid, in full and once. */
export interface FeePaid {
  readonly actor: PostHolder;
  readonly feeId: string;
  readonly amountMinor: number;
  /** Of the receipt that the payer got: the number alone, no name. */
  readonly receiptNumber: string;
  readonly method: PaymentMethod;
}

export const feePaidSchema = record<FeePaid>({
  actor: postHolderSchema,
  feeId,
  amountMinor: integer(1),
  receiptNumber: text,
  method: oneOf(paymentMethods),
});

/** Money was given back; never more of a fee than was paid of it. */
export interface FeeRefunded {
  readonly actor: PostHolder;
  readonly feeId: string;
  readonly amountMinor: number;
  readonly reasonCode: string;
}

export const feeRefundedSchema = record<FeeRefunded>({
  actor: postHolderSchema,
  feeId,
  amountMinor: integer(1),
  reasonCode: text,
});

/** A charged fee that nobody has paid was charged in error: nothing is due of it any more. No clock moves. */
export interface FeeCancelled {
  readonly actor: PostHolder;
  readonly feeId: string;
  readonly reasonCode: string;
}

export const feeCancelledSchema = record<FeeCancelled>({ actor: postHolderSchema, feeId, reasonCode: text });
