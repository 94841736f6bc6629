export * from './act';
export * from './calendar-in-force';
export * from './bodies';
export * from './commands';
export * from './concerned';
export * from './conditions';
export * from './control-slip';
export * from './deadlines';
export * from './decide';
export * from './deciding';
export { refundDueOf, type RefundDue } from './decide-fees';
export * from './deputies';
export * from './dossier';
export * from './duplicates';
export { AnswersInvalid, answersTo, eFormSchema, questionsOf, type EForm, type EFormAnswer } from './e-form';
export * from './errors';
export { dueNames, explainedInstant, type DueName, type ExplainedInstant, type MovingStop } from './explained-instant';
export * from './fees';
export * from './fold';
export {
  areTwo,
  documentTakesTwo,
  FourEyes,
  othersEntitled,
  OwnProposal,
  personsOf,
  postsActedIn,
  takesTwo,
  type ActingPost,
} from './four-eyes';
export { apologyDraft, type ApologyDraft } from './forms/apology-draft';
export {
  draftedApology,
  entryOfForm,
  formOf,
  formsMadeBy,
  type Form,
  type FormOfEntry,
  type FormSources,
} from './forms/form';
export { NoAppointmentToMove } from './forms/form-errors';
export type { FormField, FormFieldName } from './forms/form-fields';
export { entryFormKinds, regulations, type EntryFormKind, type Regulation } from './forms/kinds';
export {
  trackingBookAt,
  trackingBookRow,
  type TrackingBookApplicant,
  type TrackingBookRow,
} from './forms/tracking-book';
export { requireExplained } from './forms/explained';
export { parseReasons, reasonsSchema, type ReasonCatalogue } from './forms/reasons';
export * from './hand-over';
export * from './intake-links';
export * from './interconnected';
export * from './lateness';
export * from './leaving';
export * from './life';
export * from './load-procedure';
export * from './load-schemas';
export * from './mandates';
export * from './moved-dossier';
export * from './notice';
export * from './offices-in-time';
export { dossierCommandNames, reasonedCommands, refusalOf, type DossierCommandName } from './open-commands';
export * from './opinion';
export * from './opinions';
export * from './organisation';
export * from './organisation-changes';
export * from './organisation-defects';
export * from './outcome';
export { papersOf, type PaperGiven, type PaperOnFile } from './papers';
export * from './policy';
export * from './procedure';
export * from './procedure-description';
export { procedureDifferences, type FieldDifference } from './procedure-differences';
export * from './procedure-in-force';
export * from './proposal-errors';
export { promiseMovesOf, type PromiseMove } from './promise-moves';
export * from './rebinding';
export * from './roles';
export * from './rungs';
export * from './statistics';
export * from './tables';
export * from './take-over';
export * from './transitions';
export * from './work-transfer';
