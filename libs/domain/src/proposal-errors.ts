import type { FourEyesAct } from './conditions';
import { DossierError } from './errors';

/** Thrown when an act is proposed that one person may do alone here. */
export class OneIsEnough extends DossierError {
  readonly code = 'ONE_IS_ENOUGH';
  readonly kind = 'conflict';

  constructor(readonly command: FourEyesAct) {
    super(`"${command}" takes one person here: whoever has the right does it directly.`);
  }
}

/** Thrown when the same is proposed while a proposal of it waits. */
export class AlreadyProposed extends DossierError {
  readonly code = 'ALREADY_PROPOSED';
  readonly kind = 'conflict';

  constructor(readonly approvalId: string) {
    super(`This is proposed already (${approvalId}); whoever proposed it can withdraw it first.`);
  }
}

/** Thrown for a proposal that is not there, or that the caller may not see. */
export class ApprovalNotFound extends DossierError {
  readonly code = 'APPROVAL_NOT_FOUND';
  readonly kind = 'not-found';

  constructor(readonly approvalId: string) {
    super(`No proposal ${approvalId} is known here.`);
  }
}

/** Thrown when a proposal is decided that was decided, or that what it is about has overtaken. */
export class ApprovalClosed extends DossierError {
  readonly code = 'APPROVAL_CLOSED';
  readonly kind = 'conflict';

  constructor(readonly state: string) {
    super(`Nothing is to be decided about this proposal any more: it is ${state}.`);
  }
}

/** Thrown when somebody withdraws what another proposed. */
export class NotTheProposer extends DossierError {
  readonly code = 'NOT_THE_PROPOSER';
  readonly kind = 'forbidden';

  constructor() {
    super('A proposal is withdrawn by whoever proposed it, and by nobody else.');
  }
}
