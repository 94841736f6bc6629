import { ActionForbidden } from '#domain';
import type { ServiceFetch } from '../http/service-fetch';
import type { Refusal } from './access-policy';
import type { Caller } from './caller';

/**
 * Asks `desk`, which alone knows posts and their rights, whether the person's post of now entitles to the action. The
 * person's token must be made out to `desk` as well.
 *
 * @throws ActionForbidden, also for services; RemoteRefusal when `desk` does not answer
 */
export async function requireRightAtDesk(desk: ServiceFetch, caller: Caller, action: string): Promise<void> {
  if (caller.kind !== 'person') throw new ActionForbidden(action);
  const path = `/rights/${encodeURIComponent(action)}`;
  const { body } = await desk<{ scope: string | null }>({ method: 'GET', path, token: caller.token });
  if (body.scope === null) throw new ActionForbidden(action);
}

/**
 * Has `desk`, which keeps the access log, write down what this service did not let a person do; that services are refused is an
 * operator's matter and stands in their logs. @throws RemoteRefusal
 */
export async function tellDeskOfRefusal(desk: ServiceFetch, caller: Caller, refusal: Refusal): Promise<void> {
  if (caller.kind !== 'person') return;
  const { officialId, postId, officeId } = caller;
  await desk({ method: 'POST', path: '/refusals', body: { officialId, postId, officeId, ...refusal } });
}
