import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What of the dossiers exists for whoever asks: all of them, for a service and for loops that nobody asked for; of a person the
 * offices that their right to read dossiers reaches, never what is about them.
 */
export type Sight =
  | { readonly of: 'nothing' | 'everything' }
  | {
      readonly of: 'every-office' | 'offices';
      readonly offices: readonly string[];
      readonly officialId: string;
      /** The offices in which the person acts: what is about one of them is about the person. */
      readonly actingIn: readonly string[];
    };

const nothing: Sight = { of: 'nothing' };
const everything: Sight = { of: 'everything' };

/** Who asks now, along everything that follows from it. */
const asking = new AsyncLocalStorage<{ sight: Sight }>();

/** What exists for whoever asks now; nothing where nobody said who it is. */
export function sightNow(): Sight {
  return asking.getStore()?.sight ?? nothing;
}

/** For what must exist for somebody in particular, amid what is written wherever it leads. */
export function seeingAs<Result>(sight: Sight, work: () => Result): Result {
  return asking.run({ sight }, work);
}

/** For whatever nobody in particular asks for, or what was found to be allowed and must be written wherever it leads. */
export function seeingEverything<Result>(work: () => Result): Result {
  return seeingAs(everything, work);
}

/** Begins a request: until it is known who asks, nothing exists. */
export function beginRequest<Result>(work: () => Result): Result {
  return seeingAs(nothing, work);
}

/** Says for the rest of the request what exists for whoever asks. Outside of a request there is nobody to say it of. */
export function seeFromNowOn(sight: Sight): void {
  const request = asking.getStore();
  if (request) request.sight = sight;
}
