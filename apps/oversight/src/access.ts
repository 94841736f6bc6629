import { Inject, Injectable } from '@nestjs/common';
import { ActionForbidden } from '#domain';
import {
  AccessPolicy,
  requireRightAtDesk,
  tellDeskOfRefusal,
  type Caller,
  type Refusal,
  type ServiceFetch,
} from '#platform';
import { DESK_FETCH } from './desk/desk';

/**
 * Who may do what here: any person (alerts are always those of the caller, and an acknowledgement is judged by `desk`), or
 * whoever `desk`, which alone knows posts and their rights, lets do the action named.
 */
const whoMay = {
  'read-own-alerts': 'any person',
  acknowledge: 'any person',
  'read-deliveries': 'read-journal',
  'read-dead-letters': 'read-dead-letters',
  'resend-dead-letter': 'resend-dead-letter',
  'discard-dead-letter': 'discard-dead-letter',
} as const;

/** The table above as the guard asks it. Services have no business here. */
@Injectable()
export class OversightAccess extends AccessPolicy {
  constructor(@Inject(DESK_FETCH) private readonly desk: ServiceFetch) {
    super();
  }

  override async allow(caller: Caller, action: string): Promise<void> {
    if (caller.kind !== 'person' || !isAction(action)) throw new ActionForbidden(action);
    if (whoMay[action] !== 'any person') await requireRightAtDesk(this.desk, caller, whoMay[action]);
  }

  override refused(caller: Caller, refusal: Refusal): Promise<void> {
    return tellDeskOfRefusal(this.desk, caller, refusal);
  }
}

function isAction(action: string): action is keyof typeof whoMay {
  return Object.hasOwn(whoMay, action);
}
