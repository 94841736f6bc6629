import type { Caller } from './caller';

/** A service's table of who may do what. The service provides it under this class; the AccessGuard asks it. */
export abstract class AccessPolicy {
  /**
   * Decides by the caller's post and the action alone; what depends on the dossier is decided where the dossier is read.
   *
   * @throws ActionForbidden when the caller may not.
   */
  abstract allow(caller: Caller, action: string): Promise<void>;
}
