import { Inject, Injectable } from '@nestjs/common';
import { ActionForbidden } from '#domain';
import { AccessPolicy, requireRightAtDesk, type Caller, type PersonCaller, type ServiceFetch } from '#platform';
import { Desk, DESK_FETCH } from './desk/desk';

/**
 * Who may do what here.
 *
 * - `any person`: alerts are always those of the caller, and an acknowledgement is judged by `desk`.
 * - `readers of the journal`: administrators and auditors. Posts and their rights are known to `desk` alone, so it is asked.
 * - `entitled at desk`: whoever desk's policy lets do the action of the same name.
 */
const whoMay = {
  'read-own-alerts': 'any person',
  acknowledge: 'any person',
  'read-deliveries': 'readers of the journal',
  'read-dead-letters': 'entitled at desk',
  'resend-dead-letter': 'entitled at desk',
  'discard-dead-letter': 'entitled at desk',
} as const;

/** The table above as the guard asks it. Services have no business here. */
@Injectable()
export class OversightAccess extends AccessPolicy {
  constructor(
    private readonly desk: Desk,
    @Inject(DESK_FETCH) private readonly deskFetch: ServiceFetch,
  ) {
    super();
  }

  override async allow(caller: Caller, action: string): Promise<void> {
    if (caller.kind !== 'person' || !isAction(action) || !(await this.may(caller, action))) {
      throw new ActionForbidden(action);
    }
  }

  private async may(caller: PersonCaller, action: keyof typeof whoMay): Promise<boolean> {
    switch (whoMay[action]) {
      case 'any person':
        return true;
      case 'readers of the journal':
        return this.desk.mayReadJournal(caller);
      case 'entitled at desk':
        await requireRightAtDesk(this.deskFetch, caller, action);
        return true;
    }
  }
}

function isAction(action: string): action is keyof typeof whoMay {
  return Object.hasOwn(whoMay, action);
}
