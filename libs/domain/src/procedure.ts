import type { CountingRule, Limit, LocalDate } from '#calendar';
import type { Channel, DueInstantName, RuleAct, StopReason, Tell } from '#contracts';
import { ChannelNotOffered } from './errors';
import type { ProcedureDescription, ProcedureLevel } from './procedure-description';
import type { Role } from './roles';

/** Working time before or after a due instant. */
export interface LadderOffset {
  readonly side: 'before' | 'after';
  readonly amount: number;
  readonly unit: 'WORKING_HOUR' | 'WORKING_DAY';
}

/** When so many hundredths of the working time until a due instant have passed; what the office waited for does not count. */
export interface LadderShare {
  readonly percent: number;
}

interface LadderRungAt {
  /** Unique within the ladder; the key of its escalation. */
  readonly name: string;
  readonly of: DueInstantName;
  /** Null for the due instant itself. */
  readonly offset: LadderOffset | LadderShare | null;
  /** An instant outside of working time waits for the next opening (`office`), or is kept (`any`: at once). */
  readonly hours: 'office' | 'any';
}

/** What an office may prescribe about its own instants: an apology that is drafted in time. */
export type LadderAct = Extract<RuleAct, 'draft-apology'>;

/** One rung as a procedure's ladder prescribes it: before, at or after a due instant, somebody is told, or the rule acts. */
export type LadderRung = LadderRungAt & ({ readonly tell: Tell } | { readonly act: LadderAct });

/**
 * What silence means: the dossier is stopped with notice, the other body's consent counts as given, or nothing follows. Only the
 * law can say so, and each wait names it.
 */
export const silences = ['stop', 'consent', 'nothing'] as const;
export type Silence = (typeof silences)[number];

/** How long an answer may take that a dossier waits for, and what follows. */
export interface Wait {
  readonly limit: Limit;
  /** So long before the limit ends the applicant is reminded; null: never. */
  readonly remind: Omit<LadderOffset, 'side'> | null;
  readonly onSilence: Silence;
  readonly legalBasis: string;
}

/** A step of handling with its internal limit, which never replaces the legal one. */
export interface Step {
  readonly code: string;
  readonly limit: Limit | null;
  /** The role of whoever usually takes it; null: not said. Nobody is refused for having another. */
  readonly role: Role | null;
  /** What the unit is in any office that has the procedure, for example `land-section`; null: not said. */
  readonly officeRole: string | null;
  /**
   * The body that takes it where that is not the lead, for example `tax-office`: whose lateness it is. Null: the lead, which
   * answers to the applicant for all of them.
   */
  readonly body: string | null;
  /** The tier of government of that body; null: not said. */
  readonly level: ProcedureLevel | null;
}

/**
 * What a supplement does to the clock: the due instants move by the working time waited (`pause`), or the whole limit counts
 * again from the complete dossier (`restart`). Both stand side by side in practice; the index of Decision 766/QĐ-TTg
 * subtracts the wait.
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
  /** Lawful number of supplement requests and of re-appointments; one each by default (Decree 118/2025). */
  readonly maxSupplements: number;
  readonly maxExtensions: number;
  readonly steps: readonly Step[];
  /** Null where nothing limits that wait. */
  readonly waits: { readonly [Reason in StopReason]: Wait | null };
  readonly ladder: readonly LadderRung[];
  /** Offices whose ladder is another. */
  readonly officeLadders: readonly OfficeLadder[];
}

/** The ladder of what one office received. */
export interface OfficeLadder {
  readonly officeId: string;
  readonly ladder: readonly LadderRung[];
}

/** The ladder of what an office received. */
export function ladderOf({ ladder, officeLadders }: ServiceLevel, officeId: string): readonly LadderRung[] {
  return officeLadders.find((own) => own.officeId === officeId)?.ladder ?? ladder;
}

/** A procedure as published at one time; a dossier keeps the version it was accepted with. */
export interface ProcedureVersion {
  readonly code: string;
  readonly version: number;
  /** What it is when it is loaded; see {@link ProcedureState} for what becomes of it. */
  readonly state: (typeof statesWhenLoaded)[number];
  /** The first day on which it is in force, in the office's zone; null: always was. */
  readonly validFrom: LocalDate | null;
  /** What it is called in the language of the office. */
  readonly name: string;
  readonly calendarId: string;
  readonly serviceLevel: ServiceLevel;
  /** Null in the older form, which says no more than how long it takes. */
  readonly description: ProcedureDescription | null;
}

/** What a procedure rests on, as it is cited. */
export function documentsOf({ description }: ProcedureVersion): readonly string[] {
  const documents = description?.legalDocuments ?? [];
  return documents.map(({ title, article }) => (article === null ? title : `${title}, ${article}`));
}

/** A draft is loaded to be looked at, and published later by an act of its own. */
export const statesWhenLoaded = ['draft', 'published'] as const;

/** Lets pass what comes in through a channel that the procedure offers; without a description it offers all. @throws ChannelNotOffered */
export function requireChannelOffered({ code, description }: ProcedureVersion, channel: Channel): void {
  if (description && !description.channels.includes(channel)) {
    throw new ChannelNotOffered(code, channel, description.channels);
  }
}
