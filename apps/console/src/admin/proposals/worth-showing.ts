import type { DocumentProposal } from './document-proposals';

/** What is shown of them, newest first: all that wait or no longer fit, and the last if it was declined. What was approved holds. */
export function worthShowing(newestFirst: readonly DocumentProposal[]): readonly DocumentProposal[] {
  return newestFirst.filter(
    ({ state }, index) => state === 'open' || state === 'outdated' || (state === 'declined' && index === 0),
  );
}
