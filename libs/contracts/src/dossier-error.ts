/** What a caller can do about an error: mend the request, ask someone else, look elsewhere, re-read, or try again later. */
export type ErrorKind = 'invalid' | 'forbidden' | 'not-found' | 'conflict' | 'stale' | 'unavailable';

/**
 * Base of every refusal the product gives on purpose: one class per reason, with its data.
 *
 * `code` is stable and part of the public API; `kind` is translated once at each edge (HTTP problem, activity retry,
 * dead letter). Only `unavailable` is worth retrying.
 */
export abstract class DossierError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}
