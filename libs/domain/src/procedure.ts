import type { CountingRule, Limit } from '#calendar';
import type { Channel, DueInstantName, Tell } from '#contracts';
import { ChannelNotOffered } from './errors';
import type { ProcedureDescription } from './procedure-description';
import type { Role } from './roles';

/** Working time before or after a due instant. */
export interface LadderOffset {
  readonly side: 'before' | 'after';
  readonly amount: number;
  readonly unit: 'WORKING_HOUR' | 'WORKING_DAY';
}

/** One rung as a procedure's ladder prescribes it: so long before or after a due instant, somebody is told. */
export interface LadderRung {
  /** Unique within the ladder; the key of its escalation. */
  readonly name: string;
  readonly of: DueInstantName;
  /** Null for the due instant itself. */
  readonly offset: LadderOffset | null;
  readonly tell: Tell;
}

/** A step of handling with its internal limit, which never replaces the legal one. */
export interface Step {
  readonly code: string;
  readonly limit: Limit | null;
  /** The role of whoever usually takes it; null: not said. Nobody is refused for having another. */
  readonly role: Role | null;
  /** What the unit is in any office that has the procedure, for example `land-section`; null: not said. */
  readonly officeRole: string | null;
}

/**
 * What a supplement does to the clock: the due instants move by the working time waited (`pause`), or the whole limit counts
 * again from the complete dossier (`restart`). Both stand side by side in practice (domain notes 4.3).
 */
export const supplementModes = ['pause', 'restart'] as const;
export type SupplementMode = (typeof supplementModes)[number];

/** Fees that were paid are given back in full, or kept. */
export const refundRules = ['none', 'full'] as const;
export type RefundRule = (typeof refundRules)[number];

/**
 * How long a dossier may take and how that is counted.
 *
 * `computed`: from the receipt by the work calendar. `given`: both instants come with the intake from another system and
 * are taken over, to the millisecond, in any order.
 */
export interface ServiceLevel {
  readonly kind: 'computed' | 'given';
  /** Null where the law sets no limit, or where the instants are given. */
  readonly legalLimit: Limit | null;
  /** The legal limit for what is handed in online, where it is another; null: the same. */
  readonly onlineLimit: Limit | null;
  /** What the receipt promises, but never later than the legal limit; null promises that. */
  readonly appointmentLimit: Limit | null;
  /** By when an online submission must be answered: 8 working hours by default. */
  readonly acceptanceLimit: Limit | null;
  /** How all its limits are counted. */
  readonly counting: CountingRule;
  readonly supplementMode: SupplementMode;
  /** Whether a payment that is asked for stops the clock (portal status 6). Where not, a fee is charged beside the handling. */
  readonly paymentPauses: boolean;
  /** What becomes of fees paid when the dossier ends without a result: withdrawn, or stopped. */
  readonly refundOnWithdrawal: RefundRule;
  /** What paying back rests on; said wherever fees are paid back. */
  readonly refundLegalBasis: string | null;
  /** Lawful number of supplement requests and of re-appointments; one each by default (Decree 118/2025; domain notes 4.3, 4.4). */
  readonly maxSupplements: number;
  readonly maxExtensions: number;
  readonly steps: readonly Step[];
  readonly ladder: readonly LadderRung[];
}

/** A procedure as published at one time; a dossier keeps the version it was accepted with. */
export interface ProcedureVersion {
  readonly code: string;
  readonly version: number;
  /** What it is called in the language of the office. */
  readonly name: string;
  readonly calendarId: string;
  readonly serviceLevel: ServiceLevel;
  /** Null in the older form, which says no more than how long it takes. */
  readonly description: ProcedureDescription | null;
}

/** Lets pass what comes in through a channel that the procedure offers; without a description it offers all. @throws ChannelNotOffered */
export function requireChannelOffered({ code, description }: ProcedureVersion, channel: Channel): void {
  if (description && !description.channels.includes(channel)) {
    throw new ChannelNotOffered(code, channel, description.channels);
  }
}
