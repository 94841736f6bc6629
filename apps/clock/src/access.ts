import { Inject, Injectable } from '@nestjs/common';
import {
  AccessPolicy,
  requireRightAtDesk,
  tellDeskOfRefusal,
  type Caller,
  type Refusal,
  type ServiceFetch,
} from '#platform';
import { DESK_FETCH } from './desk/desk';

/** Nobody commands the clock; who looks after the system may see and mend what it lost or could not apply. */
@Injectable()
export class ClockAccess extends AccessPolicy {
  constructor(@Inject(DESK_FETCH) private readonly desk: ServiceFetch) {
    super();
  }

  override allow(caller: Caller, action: string): Promise<void> {
    return requireRightAtDesk(this.desk, caller, action);
  }
  override refused(caller: Caller, refusal: Refusal): Promise<void> {
    return tellDeskOfRefusal(this.desk, caller, refusal);
  }
}
