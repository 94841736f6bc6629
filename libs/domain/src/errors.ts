import { DossierError, type Channel } from '#contracts';

export { DossierError, type ErrorKind } from '#contracts';

/** Thrown for a field that breaks a rule; `field` is its path in the request. */
export class FieldInvalid extends DossierError {
  readonly code = 'FIELD_INVALID';
  readonly kind = 'invalid';

  constructor(
    readonly field: string,
    readonly rule: string,
  ) {
    super(`${field} ${rule}.`);
  }
}

/** Thrown for a dossier that comes in a way its procedure does not offer; tells which ways it does. */
export class ChannelNotOffered extends DossierError {
  readonly code = 'CHANNEL_NOT_OFFERED';
  readonly kind = 'invalid';
  /** In the form that every wrong field has. */
  readonly errors: readonly { readonly field: string; readonly rule: string }[];

  constructor(
    readonly procedureCode: string,
    channel: Channel,
    readonly offered: readonly Channel[],
  ) {
    const rule = `must be one that procedure ${procedureCode} offers (${offered.join(', ')}), not ${channel}`;
    super(`channel ${rule}.`);
    this.errors = [{ field: 'channel', rule }];
  }
}

/** Thrown when the state a dossier is in does not allow the command (see the table of states and commands). */
export class CommandNotAllowed extends DossierError {
  readonly code = 'COMMAND_NOT_ALLOWED';
  readonly kind = 'conflict';

  constructor(
    readonly command: string,
    readonly dossierStatus: string,
    readonly allowedIn: readonly string[],
  ) {
    super(
      `A dossier that is "${dossierStatus}" does not allow "${command}"; it is allowed in: ${allowedIn.join(', ')}.`,
    );
  }
}

/** Thrown when a command says it happened before the last thing people did to the dossier. */
export class OccurredBeforeLast extends DossierError {
  readonly code = 'OCCURRED_BEFORE_LAST';
  readonly kind = 'conflict';

  constructor(
    readonly occurredAt: string,
    readonly lastOccurredAt: string,
  ) {
    super(`It would have happened at ${occurredAt}, before the last act on this dossier at ${lastOccurredAt}.`);
  }
}

/** Thrown when a supplement or an extension was asked for as often as the procedure lawfully allows. */
export class LimitOfRepeatsReached extends DossierError {
  readonly code = 'LIMIT_OF_REPEATS_REACHED';
  readonly kind = 'conflict';

  constructor(
    readonly command: string,
    readonly allowed: number,
  ) {
    super(
      `"${command}" is allowed ${allowed} time(s) for this procedure; an exception needs legalBasis and approvedBy.`,
    );
  }
}

/** Thrown when a payment is asked for that would stop the clock, and the procedure's clock stops for none. */
export class PaymentDoesNotPause extends DossierError {
  readonly code = 'PAYMENT_DOES_NOT_PAUSE';
  readonly kind = 'conflict';

  constructor(readonly procedureCode: string) {
    super(`The clock of procedure ${procedureCode} does not stop for a payment; charge it with "charge-fee".`);
  }
}

/** Thrown when a supplement would bring a second fee on the basis of one that was charged at acceptance. */
export class FeeAlreadyCharged extends DossierError {
  readonly code = 'FEE_ALREADY_CHARGED';
  readonly kind = 'conflict';

  constructor(
    readonly feeId: string,
    readonly basis: string,
  ) {
    super(`Fee ${feeId} for "${basis}" was charged at acceptance; a supplement brings no second one.`);
  }
}

/** Thrown when a fee is to be paid that was paid. */
export class FeeAlreadyPaid extends DossierError {
  readonly code = 'FEE_ALREADY_PAID';
  readonly kind = 'conflict';

  constructor(
    readonly feeId: string,
    readonly paidAt: string,
  ) {
    super(`Fee ${feeId} was paid at ${paidAt}.`);
  }
}

/** Thrown when a fee is to be paid or cancelled that was cancelled. */
export class FeeWasCancelled extends DossierError {
  readonly code = 'FEE_WAS_CANCELLED';
  readonly kind = 'conflict';

  constructor(
    readonly feeId: string,
    readonly cancelledAt: string,
  ) {
    super(`Fee ${feeId} was cancelled at ${cancelledAt}.`);
  }
}

/** Thrown for a fee that was never charged to the dossier. */
export class FeeUnknown extends DossierError {
  readonly code = 'FEE_UNKNOWN';
  readonly kind = 'not-found';

  constructor(readonly feeId: string) {
    super(`No fee ${feeId} was charged to this dossier.`);
  }
}

/** Thrown when an escalation to acknowledge does not stand: never recorded, withdrawn, or of an earlier schedule. */
export class EscalationNotFound extends DossierError {
  readonly code = 'ESCALATION_NOT_FOUND';
  readonly kind = 'not-found';

  constructor(
    readonly generation: number,
    readonly rung: string,
  ) {
    super(`No standing escalation of rung "${rung}" in generation ${generation}.`);
  }
}

/** Thrown when an escalation of an earlier schedule is acknowledged: the due date has changed since it rang. */
export class EscalationOutdated extends DossierError {
  readonly code = 'ESCALATION_OUTDATED';
  readonly kind = 'conflict';

  constructor(
    readonly generation: number,
    readonly rung: string,
    readonly presentGeneration: number,
  ) {
    super(`The due date has changed since rung "${rung}" rang; acknowledge a rung of generation ${presentGeneration}.`);
  }
}

/** Thrown when a hand-over is accepted or sent back and none waits for an answer: it was answered, or never made. */
export class NoHandOverPending extends DossierError {
  readonly code = 'NO_HAND_OVER_PENDING';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`No hand-over of dossier ${dossierId} waits to be accepted or sent back.`);
  }
}

/** Thrown when a dossier is sent back to somebody who no longer holds the post they gave it from, or whose office has ended. */
export class GiverGone extends DossierError {
  readonly code = 'GIVER_GONE';
  readonly kind = 'conflict';

  constructor(
    readonly officialId: string,
    readonly postId: string,
  ) {
    super(
      `Official ${officialId} no longer holds the post ${postId} of an office that goes on; a dossier goes back only to a giver in their post.`,
    );
  }
}

/** Thrown when no due instant of a dossier would be another by the newest calendar. */
export class NothingToRecompute extends DossierError {
  readonly code = 'NOTHING_TO_RECOMPUTE';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`Dossier ${dossierId} is due at the same instants by the newest version of its calendar.`);
  }
}

/** Thrown when a complaint or petition would come to the official or the office it is about. */
export class RoutedToConcerned extends DossierError {
  readonly code = 'ROUTED_TO_CONCERNED';
  readonly kind = 'conflict';

  constructor() {
    super('A complaint or petition is never given to whom it is about; name somebody else.');
  }
}

/** Thrown when the caller's post may not do this, or not for this office. */
export class ActionForbidden extends DossierError {
  readonly code = 'ACTION_FORBIDDEN';
  readonly kind = 'forbidden';

  constructor(readonly action: string) {
    super(`Your post does not allow "${action}" here.`);
  }
}

/** Thrown for a dossier that does not exist, or that the caller may not see: the two look alike on purpose. */
export class DossierNotFound extends DossierError {
  readonly code = 'DOSSIER_NOT_FOUND';
  readonly kind = 'not-found';

  constructor(readonly dossierId: string) {
    super(`No dossier ${dossierId} is known here.`);
  }
}
