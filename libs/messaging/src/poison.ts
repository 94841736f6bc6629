import { textOf } from './errors';
import type { DeadLetter } from './inbox';

/** Internal: carries a message that can never be applied, with the reason, to where it is put aside. */
export class Poison extends Error {
  constructor(
    readonly letter: DeadLetter,
    override readonly cause: unknown,
  ) {
    super(textOf(cause));
  }
}

const KINDS = new Set<unknown>(['invalid', 'forbidden', 'not-found', 'conflict', 'stale', 'unavailable']);

/** What an error of ours says can be done about it; null for errors of anybody else. */
export function kindOf(error: unknown): string | null {
  return error instanceof Error && 'kind' in error && KINDS.has(error.kind) ? (error.kind as string) : null;
}
