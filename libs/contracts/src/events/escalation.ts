import { dueInstantNames, tellingRungSchema, type DueInstantName, type TellingRung } from '../deadlines';
import { addresseeSchema, postHolderSchema, type Addressee, type PostHolder } from '../post-holder';
import { instant, integer, oneOf, orNull, record, text } from '../schema';

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

/**
 * The person told took the case up, with a planned date. No other rung tells anybody until a due instant changes or the planned
 * date passes: then the broken promise rings one level higher, and the rest of the ladder is open again.
 */
export interface EscalationAcknowledged {
  readonly actor: PostHolder;
  readonly generation: number;
  readonly rung: string;
  readonly plannedAt: string;
  /** Why it is late; null in the older version, which did not ask. */
  readonly reasonCode: string | null;
  /** The rung of the planned date; null in the older version, which let it pass. */
  readonly promise: TellingRung | null;
}

const acknowledged = { actor: postHolderSchema, generation: integer(1), rung: text, plannedAt: instant };
export const escalationAcknowledgedSchema = record<EscalationAcknowledged>({
  ...acknowledged,
  reasonCode: orNull(text),
  promise: orNull(tellingRungSchema),
});
export const olderEscalationAcknowledged = [
  {
    version: 1,
    schema: record<Omit<EscalationAcknowledged, 'reasonCode' | 'promise'>>(acknowledged),
    lift: (data: object) => ({ ...data, reasonCode: null, promise: null }),
  },
];

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
