import type { CloudEvent } from './cloud-event';
import type { Schema } from './schema';
import * as attachment from './events/attachment';
import * as correction from './events/correction';
import * as deadLetter from './events/dead-letter';
import * as ending from './events/ending';
import * as escalation from './events/escalation';
import * as extension from './events/extension';
import * as fees from './events/fees';
import * as handling from './events/handling';
import * as link from './events/link';
import * as message from './events/message';
import * as notice from './events/notice';
import * as opinion from './events/opinion';
import * as organisation from './events/organisation';
import * as papers from './events/papers';
import * as procedure from './events/procedure';
import * as receipt from './events/receipt';
import * as rebinding from './events/rebinding';
import * as recomputation from './events/recomputation';
import * as ruleAct from './events/rule-act';
import * as suspension from './events/suspension';
import * as workTransfer from './events/work-transfer';

/** Every event of a dossier's stream, with the shape of its data. A new one does not compile until each fold names it. */
export interface DossierEventData {
  'dossier-submitted': receipt.DossierSubmitted;
  'dossier-received': receipt.DossierReceived;
  'dossier-refused': receipt.DossierRefused;
  'dossier-handed-over': handling.DossierHandedOver;
  'dossier-reassigned': handling.DossierReassigned;
  'hand-over-accepted': handling.HandOverAccepted;
  'hand-over-sent-back': handling.HandOverSentBack;
  'dossier-supplement-requested': suspension.DossierSupplementRequested;
  'dossier-supplement-received': suspension.DossierSupplementReceived;
  'dossier-payment-requested': suspension.DossierPaymentRequested;
  'dossier-payment-received': suspension.DossierPaymentReceived;
  'dossier-payment-cancelled': suspension.DossierPaymentCancelled;
  'dossier-suspended': suspension.DossierSuspended;
  'dossier-resumed': suspension.DossierResumed;
  'dossier-extended': extension.DossierExtended;
  'dossier-recomputed': recomputation.DossierRecomputed;
  'dossier-rebound': rebinding.DossierRebound;
  'dossier-escalated': escalation.DossierEscalated;
  'escalation-acknowledged': escalation.EscalationAcknowledged;
  'escalation-withdrawn': escalation.EscalationWithdrawn;
  'applicant-reminded': ruleAct.ApplicantReminded;
  'apology-drafted': ruleAct.ApologyDrafted;
  'consent-presumed': ruleAct.ConsentPresumed;
  'dossier-withdrawal-requested': ending.DossierWithdrawalRequested;
  'dossier-withdrawal-declined': ending.DossierWithdrawalDeclined;
  'dossier-processed': ending.DossierProcessed;
  'dossier-returned': ending.DossierReturned;
  'dossier-withdrawn': ending.DossierWithdrawn;
  'dossier-stopped': ending.DossierStopped;
  'dossier-corrected': correction.DossierCorrected;
  'fee-charged': fees.FeeCharged;
  'fee-paid': fees.FeePaid;
  'fee-refunded': fees.FeeRefunded;
  'fee-cancelled': fees.FeeCancelled;
  'dossier-linked': link.DossierLinked;
  'attachment-added': attachment.AttachmentAdded;
  'attachment-withdrawn': attachment.AttachmentWithdrawn;
  'papers-checked': papers.PapersChecked;
  'opinion-requested': opinion.OpinionRequested;
  'opinion-given': opinion.OpinionGiven;
  'opinion-presumed': opinion.OpinionPresumed;
}

/** Every event of the streams that are no dossier's. */
export interface OrganisationEventData {
  'organisation-loaded': organisation.OrganisationLoaded;
  'organisation-changed': organisation.OrganisationChanged;
  'catalogue-loaded': organisation.CatalogueLoaded;
  'dead-letter-discarded': deadLetter.DeadLetterDiscarded;
  'recomputation-decided': recomputation.RecomputationDecided;
  'work-transfer-decided': workTransfer.WorkTransferDecided;
  'applicant-notified': notice.ApplicantNotified;
  'message-exchanged': message.MessageExchanged;
  'procedure-published': procedure.ProcedurePublished;
  'procedure-withdrawn': procedure.ProcedureWithdrawn;
}

export type EventData = DossierEventData & OrganisationEventData;
export type EventType = keyof EventData;
export type DossierEventType = keyof DossierEventData;

/** One event of a dossier, as journalled and as told. */
export type DossierEvent = { [Type in DossierEventType]: CloudEvent<Type, DossierEventData[Type]> }[DossierEventType];

export type OrganisationEvent = {
  [Type in keyof OrganisationEventData]: CloudEvent<Type, OrganisationEventData[Type]>;
}[keyof OrganisationEventData];

export type MotcuaEvent = DossierEvent | OrganisationEvent;

/** The events after which nothing more happens to a dossier. */
export const endingEventTypes = [
  'dossier-refused',
  'dossier-returned',
  'dossier-withdrawn',
  'dossier-stopped',
] as const;

/** True for the event that ends its dossier; it is always the last of its stream. */
export function endsDossier(event: { readonly type: DossierEventType }): boolean {
  return (endingEventTypes as readonly string[]).includes(event.type);
}

/** A version that is told no more, and how what it said is said in the version after it. */
export interface OlderVersion {
  readonly version: number;
  readonly schema: Pick<Schema<unknown>, 'json'>;
  readonly lift: (data: never) => object;
}

interface EventSchema<Data> {
  readonly version: number;
  readonly schema: Schema<Data>;
  /** Every version before, oldest first. */
  readonly older?: readonly OlderVersion[];
}

/** The current version and schema of each event's data. A released version never changes; a new one is added. */
export const eventSchemas: { readonly [Type in EventType]: EventSchema<EventData[Type]> } = {
  'dossier-submitted': {
    version: 2,
    schema: receipt.dossierSubmittedSchema,
    older: [{ version: 1, schema: receipt.dossierSubmittedSchema1, lift: receipt.withOtherOffices }],
  },
  'dossier-received': {
    version: 3,
    schema: receipt.dossierReceivedSchema,
    older: [
      { version: 1, schema: receipt.dossierReceivedSchema1, lift: receipt.dossierReceivedFrom1 },
      { version: 2, schema: receipt.dossierReceivedSchema2, lift: receipt.dossierReceivedFrom2 },
    ],
  },
  'dossier-refused': { version: 1, schema: receipt.dossierRefusedSchema },
  'dossier-handed-over': {
    version: 2,
    schema: handling.dossierHandedOverSchema,
    older: [{ version: 1, schema: handling.dossierHandedOverSchema1, lift: handling.dossierHandedOverFrom1 }],
  },
  'dossier-reassigned': {
    version: 3,
    schema: handling.dossierReassignedSchema,
    older: handling.olderDossierReassigned,
  },
  'hand-over-accepted': { version: 1, schema: handling.handOverAcceptedSchema },
  'hand-over-sent-back': { version: 1, schema: handling.handOverSentBackSchema },
  'dossier-supplement-requested': {
    version: 2,
    schema: suspension.dossierSupplementRequestedSchema,
    older: suspension.olderDossierSupplementRequested,
  },
  'dossier-supplement-received': { version: 1, schema: suspension.dossierSupplementReceivedSchema },
  'dossier-payment-requested': {
    version: 2,
    schema: suspension.dossierPaymentRequestedSchema,
    older: suspension.olderDossierPaymentRequested,
  },
  'dossier-payment-received': { version: 1, schema: suspension.dossierPaymentReceivedSchema },
  'dossier-payment-cancelled': { version: 1, schema: suspension.dossierPaymentCancelledSchema },
  'dossier-suspended': {
    version: 2,
    schema: suspension.dossierSuspendedSchema,
    older: suspension.olderDossierSuspended,
  },
  'dossier-resumed': { version: 1, schema: suspension.dossierResumedSchema },
  'dossier-extended': { version: 2, schema: extension.dossierExtendedSchema, older: extension.olderDossierExtended },
  'dossier-recomputed': { version: 1, schema: recomputation.dossierRecomputedSchema },
  'dossier-rebound': { version: 2, schema: rebinding.dossierReboundSchema, older: rebinding.olderDossierRebound },
  'dossier-escalated': { version: 1, schema: escalation.dossierEscalatedSchema },
  'escalation-acknowledged': {
    version: 2,
    schema: escalation.escalationAcknowledgedSchema,
    older: escalation.olderEscalationAcknowledged,
  },
  'escalation-withdrawn': { version: 1, schema: escalation.escalationWithdrawnSchema },
  'applicant-reminded': { version: 1, schema: ruleAct.applicantRemindedSchema },
  'apology-drafted': { version: 1, schema: ruleAct.apologyDraftedSchema },
  'consent-presumed': { version: 1, schema: ruleAct.consentPresumedSchema },
  'dossier-withdrawal-requested': { version: 1, schema: ending.dossierWithdrawalRequestedSchema },
  'dossier-withdrawal-declined': { version: 1, schema: ending.dossierWithdrawalDeclinedSchema },
  'dossier-processed': { version: 1, schema: ending.dossierProcessedSchema },
  'dossier-returned': { version: 1, schema: ending.dossierReturnedSchema },
  'dossier-withdrawn': { version: 1, schema: ending.dossierWithdrawnSchema },
  'dossier-stopped': { version: 3, schema: ending.dossierStoppedSchema, older: ending.olderDossierStopped },
  'dossier-corrected': {
    version: 3,
    schema: correction.dossierCorrectedSchema,
    older: correction.olderDossierCorrected,
  },
  'fee-charged': { version: 1, schema: fees.feeChargedSchema },
  'fee-paid': { version: 1, schema: fees.feePaidSchema },
  'fee-refunded': { version: 1, schema: fees.feeRefundedSchema },
  'fee-cancelled': { version: 1, schema: fees.feeCancelledSchema },
  'dossier-linked': { version: 1, schema: link.dossierLinkedSchema },
  'attachment-added': { version: 1, schema: attachment.attachmentAddedSchema },
  'attachment-withdrawn': { version: 1, schema: attachment.attachmentWithdrawnSchema },
  'papers-checked': { version: 1, schema: papers.papersCheckedSchema },
  'opinion-requested': { version: 2, schema: opinion.opinionRequestedSchema, older: opinion.olderOpinionRequested },
  'opinion-given': { version: 1, schema: opinion.opinionGivenSchema },
  'opinion-presumed': { version: 1, schema: opinion.opinionPresumedSchema },
  'organisation-loaded': {
    version: 2,
    schema: organisation.organisationLoadedSchema,
    older: organisation.olderOrganisationLoaded,
  },
  'organisation-changed': { version: 1, schema: organisation.organisationChangedSchema },
  'catalogue-loaded': {
    version: 2,
    schema: organisation.catalogueLoadedSchema,
    older: organisation.olderCatalogueLoaded,
  },
  'dead-letter-discarded': { version: 1, schema: deadLetter.deadLetterDiscardedSchema },
  'recomputation-decided': { version: 1, schema: recomputation.recomputationDecidedSchema },
  'work-transfer-decided': { version: 1, schema: workTransfer.workTransferDecidedSchema },
  'applicant-notified': { version: 1, schema: notice.applicantNotifiedSchema },
  'message-exchanged': { version: 1, schema: message.messageExchangedSchema },
  'procedure-published': { version: 1, schema: procedure.procedurePublishedSchema },
  'procedure-withdrawn': { version: 1, schema: procedure.procedureWithdrawnSchema },
};

const organisationEventTypes: { readonly [Type in keyof OrganisationEventData]: true } = {
  'organisation-loaded': true,
  'organisation-changed': true,
  'catalogue-loaded': true,
  'dead-letter-discarded': true,
  'recomputation-decided': true,
  'work-transfer-decided': true,
  'applicant-notified': true,
  'message-exchanged': true,
  'procedure-published': true,
  'procedure-withdrawn': true,
};

/** The streams that are no dossier's: what was loaded or put aside, what became of notices to applicants, and that they and the office wrote. */
const organisationStreams = ['organisation', 'catalogue', 'notices', 'messages'] as const;
export type OrganisationStream = (typeof organisationStreams)[number];

export function isOrganisationStream(stream: string): stream is OrganisationStream {
  return (organisationStreams as readonly string[]).includes(stream);
}

/** Whether events of this type stand in a stream that is no dossier's. */
export function isOrganisationEventType(type: string): type is keyof OrganisationEventData {
  return Object.hasOwn(organisationEventTypes, type);
}

/**
 * Whether this build knows events of this type. One of a newer build is heard too: its envelope is sound and counts in its
 * stream, and whoever adds up events passes over what it says.
 */
export function isKnownEventType(type: string): type is EventType {
  return Object.hasOwn(eventSchemas, type);
}

/** `urn:motcua:dossier-received/1`: what `dataschema` says of an event's data; of the present version where none is named. */
export function dataSchemaOf(type: EventType, version = eventSchemas[type].version): string {
  return `urn:motcua:${type}/${version}`;
}
