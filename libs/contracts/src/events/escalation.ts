import { dueInstantNames, type DueInstantName } from '../deadlines';
import { addresseeSchema, postHolderSchema, type Addressee, type PostHolder } from '../post-holder';
import { instant, integer, oneOf, record, text } from '../schema';

/** Who found that the rung had fallen due: the clock's workflow, a command that came after it, or the watchdog. */
export const recorders = ['clock', 'command', 'watchdog'] as const;
export type Recorder = (typeof recorders)[number];

/**
 * A rung fell due unmet. The event's time is the rung's instant; `responsible` held the dossier at that instant and
 * `addressee` is told. Unique by (dossier, generation, rung) among those not withdrawn.
 */
export interface DossierEscalated {
  readonly actor: PostHolder;
  readonly generation: number;
  readonly rung: string;
  readonly of: DueInstantName;
  readonly responsible: PostHolder;
  readonly addressee: Addressee;
  readonly recordedBy: Recorder;
}

export const dossierEscalatedSchema = record<DossierEscalated>({
  actor: postHolderSchema,
  generation: integer(1),
  rung: text,
  of: oneOf(dueInstantNames),
  responsible: postHolderSchema,
  addressee: addresseeSchema,
  recordedBy: oneOf(recorders),
});

/** The person told took the case up, with a planned date. No further rung rings until a due instant changes. */
export interface EscalationAcknowledged {
  readonly actor: PostHolder;
  readonly generation: number;
  readonly rung: string;
  readonly plannedAt: string;
}

export const escalationAcknowledgedSchema = record<EscalationAcknowledged>({
  actor: postHolderSchema,
  generation: integer(1),
  rung: text,
  plannedAt: instant,
});

/** Why a recorded escalation does not stand: the rung had been answered in time, or somebody else held the dossier. */
export const withdrawalReasons = ['answered', 'holder-changed'] as const;
export type WithdrawalReason = (typeof withdrawalReasons)[number];

/**
 * Something recorded later happened at or before the rung's instant, so the escalation does not stand. The entry it
 * withdraws stays. After `holder-changed` the rung is open again and will name the right official.
 */
export interface EscalationWithdrawn {
  readonly actor: PostHolder;
  readonly generation: number;
  readonly rung: string;
  readonly reason: WithdrawalReason;
}

export const escalationWithdrawnSchema = record<EscalationWithdrawn>({
  actor: postHolderSchema,
  generation: integer(1),
  rung: text,
  reason: oneOf(withdrawalReasons),
});
