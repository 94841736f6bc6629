import { DossierError } from '#contracts';
import type { EntryFormKind, Regulation } from './kinds';

/** Thrown when a dossier has no entry (or the named entry is none) that the form could be made from. */
export class FormNotMade extends DossierError {
  readonly code = 'FORM_NOT_MADE';
  readonly kind = 'not-found';

  constructor(
    readonly form: EntryFormKind,
    readonly sequence: number | null,
    readonly madeFrom: readonly string[],
  ) {
    const entry = sequence === null ? 'No entry of this dossier' : `Entry ${sequence} of this dossier`;
    super(`${entry} makes a form "${form}"; it is made from: ${madeFrom.join(', ')}.`);
  }
}

/** Thrown for a form that its circular does not have. */
export class FormNotOfRegulation extends DossierError {
  readonly code = 'FORM_NOT_OF_REGULATION';
  readonly kind = 'invalid';

  constructor(
    readonly form: EntryFormKind,
    readonly regulation: Regulation,
  ) {
    super(`Circular ${regulation} has no form "${form}".`);
  }
}

/** Thrown when all that a form could give as its reason is a code: a citizen is owed words. */
export class ReasonUnexplained extends DossierError {
  readonly code = 'REASON_UNEXPLAINED';
  readonly kind = 'conflict';

  constructor(readonly reasonCode: string) {
    super(
      `Reason "${reasonCode}" has no words for a citizen: it is not in the catalogue of reasons, and no remark was given with it.`,
    );
  }
}

/** Thrown when an apology is to be drafted for a dossier that was promised no date. */
export class NoAppointmentToMove extends DossierError {
  readonly code = 'NO_APPOINTMENT_TO_MOVE';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`Dossier ${dossierId} has no appointment that could be moved.`);
  }
}
