import { deadlinesSchema, type Deadlines } from '../deadlines';
import { addresseeSchema, postHolderSchema, type Addressee, type PostHolder } from '../post-holder';
import { instant, integer, oneOf, record, text } from '../schema';
import { recorders, type Recorder } from './escalation';

/** A rule did what it prescribes at a rung's instant, which is the event's time. `actor` is the service. */
interface RuleActed {
  readonly actor: PostHolder;
  readonly generation: number;
  readonly rung: string;
  readonly recordedBy: Recorder;
}

const ruleActed = { actor: postHolderSchema, generation: integer(1), rung: text, recordedBy: oneOf(recorders) };

/** The applicant is to be reminded of what the dossier waits for. The notice itself is sent by `desk`. */
export interface ApplicantReminded extends RuleActed {
  readonly answerDueAt: string;
}

export const applicantRemindedSchema = record<ApplicantReminded>({ ...ruleActed, answerDueAt: instant });

/**
 * The appointment will hardly be kept: an apology with a new date is drafted for whoever may sign it (Decree 61/2018: at least
 * one day before the limit ends). Signed, it becomes `dossier-extended`.
 */
export interface ApologyDrafted extends RuleActed {
  readonly appointmentAt: string;
  readonly responsible: PostHolder;
  /** The head who is to sign. */
  readonly addressee: Addressee;
}

export const apologyDraftedSchema = record<ApologyDrafted>({
  ...ruleActed,
  appointmentAt: instant,
  responsible: postHolderSchema,
  addressee: addresseeSchema,
});

/** The other body did not answer in its time, and the law takes silence for consent. The office's clock runs again. */
export interface ConsentPresumed extends RuleActed {
  readonly legalBasis: string;
  readonly deadlines: Deadlines;
}

export const consentPresumedSchema = record<ConsentPresumed>({
  ...ruleActed,
  legalBasis: text,
  deadlines: deadlinesSchema,
});
