import type { Instant, Limit, LocalDate } from '#calendar';
import type {
  AttachedFile,
  Channel,
  ClockStop,
  CorrectableField,
  CorrectedEForm,
  FeeTime,
  LinkKind,
  PaymentMethod,
  OtherOffices,
  OpinionOutcome,
  PostHolder,
  Proof,
  Recipient,
  Result,
  OpinionSilence,
} from '#contracts';
import type { GivenInstants } from './deadlines';
import type { PaperGiven } from './papers';
import type { ProcedureVersion } from './procedure';

/** What begins a dossier at the desk: submitted and accepted in one. It decides where no other office is named. */
export interface Receive extends Partial<OtherOffices> {
  readonly dossierId: string;
  readonly code: string;
  readonly officeId: string;
  readonly channel: Channel;
  readonly holder: PostHolder;
  /** For a procedure whose instants are given; null otherwise. */
  readonly given: GivenInstants | null;
  /** The wrongly ended dossier this one continues, with the first receipt's clock; null otherwise. */
  readonly predecessor: Predecessor | null;
}

/** What a successor takes over from the dossier it continues. */
export interface Predecessor {
  readonly dossierId: string;
  readonly clockStartedAt: Instant;
  readonly clockStops: readonly ClockStop[];
}

/** What begins a dossier online. `holder` answers for its acceptance. */
export interface Submit extends Partial<OtherOffices> {
  readonly dossierId: string;
  readonly officeId: string;
  readonly channel: Channel;
  readonly holder: PostHolder;
}

/** An act beyond the lawful number needs both; null within it. */
export interface Exception {
  readonly legalBasis: string | null;
  readonly approvedBy: string | null;
}

/** Which papers were found with an act; nothing where nobody looked. */
interface Checking {
  readonly papers?: readonly PaperGiven[];
}

/** What people ask of a dossier that has begun. Reasons are codes: free text stays encrypted in `desk`. */
export type Command =
  | ({ readonly name: 'accept'; readonly code: string; readonly holder: PostHolder } & Checking)
  | { readonly name: 'refuse'; readonly reasonCode: string }
  | { readonly name: 'hand-over'; readonly to: PostHolder; readonly step: string | null }
  | {
      readonly name: 'reassign';
      readonly to: PostHolder;
      readonly reasonCode: string;
      /** Of the decision by which all such work changes hands; null where the dossier is moved alone. */
      readonly operationId?: string | null;
    }
  | { readonly name: 'accept-hand-over' }
  | { readonly name: 'send-back'; readonly reasonCode: string }
  | ({
      readonly name: 'request-supplement';
      readonly reasonCode: string;
      readonly components: readonly string[];
    } & Exception)
  | ({ readonly name: 'receive-supplement' } & Checking)
  | { readonly name: 'check-papers'; readonly papers: readonly PaperGiven[] }
  | { readonly name: 'request-payment'; readonly amountMinor: number; readonly currency: string }
  | { readonly name: 'receive-payment' }
  | { readonly name: 'cancel-payment'; readonly reasonCode: string }
  | { readonly name: 'cancel-fee'; readonly feeId: string; readonly reasonCode: string }
  | {
      readonly name: 'charge-fee';
      readonly feeId: string;
      readonly amountMinor: number;
      readonly currency: string;
      readonly basis: string;
      readonly legalBasis: string;
      readonly collectedAt: FeeTime;
    }
  | {
      readonly name: 'pay-fee';
      readonly feeId: string;
      readonly amountMinor: number;
      readonly receiptNumber: string;
      readonly method: PaymentMethod;
    }
  | ({ readonly name: 'add-attachment' } & AttachedFile)
  | { readonly name: 'withdraw-attachment'; readonly attachmentId: string; readonly reasonCode: string }
  | { readonly name: 'link'; readonly kind: LinkKind; readonly otherDossierId: string }
  | { readonly name: 'refund-fee'; readonly feeId: string; readonly amountMinor: number; readonly reasonCode: string }
  | { readonly name: 'suspend'; readonly reasonCode: string }
  | { readonly name: 'resume' }
  | ({
      readonly name: 'extend';
      readonly reasonCode: string;
      /** The new day of appointment, `YYYY-MM-DD` in the office's zone: due at the end of its working time. */
      readonly until: string;
      readonly signedBy: string;
    } & Exception)
  /** By the newest version of its calendar. */
  | { readonly name: 'recompute'; readonly operationId: string; readonly legalBasis: string }
  /** The wrong procedure was chosen: `procedure` is the version of the right one that was in force at the first receipt. */
  | { readonly name: 'rebind'; readonly procedure: ProcedureVersion; readonly reasonCode: string }
  | {
      readonly name: 'acknowledge';
      readonly generation: number;
      readonly rung: string;
      readonly plannedAt: Instant;
      readonly reasonCode: string;
    }
  | {
      readonly name: 'request-opinion';
      readonly opinionId: string;
      readonly asked: PostHolder;
      /** Either how long it may take, or the last day (`YYYY-MM-DD` in the office's zone), due at the end of its working time. */
      readonly limit: Limit | null;
      readonly until: LocalDate | null;
      readonly questionCode: string;
      readonly legalBasis: string | null;
      readonly onSilence: OpinionSilence;
    }
  | {
      readonly name: 'give-opinion';
      readonly opinionId: string;
      readonly outcome: OpinionOutcome;
      readonly reasonCode: string | null;
    }
  | { readonly name: 'request-withdrawal' }
  | { readonly name: 'confirm-withdrawal' }
  | { readonly name: 'decline-withdrawal'; readonly reasonCode: string }
  | { readonly name: 'stop'; readonly reasonCode: string }
  | { readonly name: 'mark-processed'; readonly result: Result }
  | { readonly name: 'return'; readonly to: Recipient; readonly proof: Proof }
  | {
      readonly name: 'correct';
      readonly field: CorrectableField;
      readonly oldValue: string | null;
      readonly newValue: string | null;
      /** Of the e-form alone. */
      readonly eForm?: CorrectedEForm;
      readonly reasonCode: string;
    };

/** The command of a name. */
export type CommandOf<Name extends Command['name']> = Extract<Command, { name: Name }>;
