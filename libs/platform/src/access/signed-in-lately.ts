import { DossierError, signedInLately, signInHoldsS } from '#domain';
import type { Caller } from './caller';

/** Thrown where an act needs a sign-in of the last minutes and the caller's is older, or nobody can say how old it is. */
export class SignInAgain extends DossierError {
  readonly code = 'SIGN_IN_AGAIN';
  readonly kind = 'forbidden';
  /** How old the sign-in may be, in seconds. */
  readonly maxAgeS = signInHoldsS;

  constructor(readonly action: string) {
    super(`"${action}" needs a sign-in of the last ${signInHoldsS / 60} minutes. Sign in again, then repeat it.`);
  }
}

const CHANGES_NOTHING = ['GET', 'HEAD'];

/**
 * Lets through what changes nothing, what no such condition stands on, and whoever signed in lately: in real time, whatever time
 * the service keeps. @throws SignInAgain
 */
export function requireSignedInLately(caller: Caller, action: string, method: string): void {
  if (CHANGES_NOTHING.includes(method) || !signedInLately.some((name) => name === action)) return;
  const at = caller.kind === 'person' ? caller.authenticatedAt : null;
  if (at === null || Date.now() - at.getTime() > signInHoldsS * 1_000) throw new SignInAgain(action);
}
