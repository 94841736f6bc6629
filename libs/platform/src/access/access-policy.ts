import type { Caller } from './caller';

/** What a caller was not let do. */
export interface Refusal {
  readonly action: string;
  /** Method and pattern of the route, without what was put into it. */
  readonly route: string;
  /** The dossier it was about, where it was about one. */
  readonly dossierId: string | null;
  /** `not-found`: what the caller may not see does not exist for them. */
  readonly outcome: 'forbidden' | 'not-found';
}

/** Whoever is told of each refusal, after whatever it interrupted was undone. */
export interface HearsOfRefusals {
  refused(caller: Caller, refusal: Refusal): Promise<void>;
}

/** A service's table of who may do what. The service provides it under this class; the AccessGuard asks it. */
export abstract class AccessPolicy implements HearsOfRefusals {
  /**
   * Decides by the caller's post and the action alone; what depends on the dossier is decided where the dossier is read.
   *
   * @throws ActionForbidden when the caller may not.
   */
  abstract allow(caller: Caller, action: string): Promise<void>;

  /** Sees to it that the access log has it. */
  abstract refused(caller: Caller, refusal: Refusal): Promise<void>;
}
