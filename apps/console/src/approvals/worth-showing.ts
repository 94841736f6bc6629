import type { Approval } from '../api/views';

/** The newest of each command, as long as somebody may still have to do something about it. */
export function worthShowing(newestFirst: readonly Approval[]): readonly Approval[] {
  const newest = newestFirst.filter(
    ({ command }, index) => newestFirst.findIndex((one) => one.command === command) === index,
  );
  return newest.filter(({ state }) => state === 'open' || state === 'outdated' || state === 'declined');
}
