import type { components, paths } from './desk';

type Schemas = components['schemas'];

export type PostHolder = Schemas['PostHolder'];
export type Status = Schemas['DossierView']['status'];
export type Suspension = Schemas['Suspension'];

/** A dossier as the page shows it: facts, and what is personal as far as the reader may see it. */
export type DossierView = paths['/dossiers/{dossierId}']['get']['responses'][200]['content']['application/json'];

/** A file of a dossier's papers. */
export type Attachment = Schemas['AttachmentView'];

/** A dossier in a list of work. It names no applicant: a list of names would be a look at every one of them. */
export type QueueRow = Schemas['QueueRow'];
export type QueuePage = Schemas['QueuePage'];
/** How the clock of a dossier stands; `done` where nothing is owed any more but the handing out. */
export type ClockState = QueueRow['state'];

/** Why a dossier is due when it is. */
export type Explanation = Schemas['ExplanationView'];
/** A procedure in force for the caller's office. */
export type ProcedureInForce = Schemas['ProcedureView'];
/** One paper of a dossier, as it was found last. */
export type PaperOfDossier = Schemas['PaperView'];
/** One question of a procedure's e-form. */
export type Question = Schemas['QuestionView'];
/** One answer to it, in words. */
export type EFormAnswer = Schemas['EFormAnswer'];
/** All answers as one entry brought them. */
export type EFormStatement = Schemas['EFormStatement'];
export type PromisedDates = Schemas['PromiseView'];
export type ReceivedDossier = Schemas['ReceivedView'];
export type LikelyDuplicate = Schemas['LikelyDuplicate'];

/** A note of colleagues, or a message between the office and the applicant. */
export type NoteView = Schemas['NoteView'];
/** How the applicant found it, from 1 to 5. */
export type FeedbackView = Schemas['FeedbackView'];

export type DossierEvent = Schemas['DossierEvent'];
/**
 * One entry of the journal: the event as it was told, and its hash. An event of long ago stands here in the version of then, which
 * may lack what its type has now; one of a newer desk may be of a type that is not known here.
 */
export type HistoryEntry = Omit<Schemas['HistoryEntry'], 'event'> & { readonly event: DossierEvent };

/** Something that takes two persons, as one proposed it. */
export type Approval = Schemas['ApprovalView'];
export type ApprovalsPage = Schemas['WaitingPage'];
