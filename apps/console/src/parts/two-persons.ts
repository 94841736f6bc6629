import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem';
import { meQuery } from '../api/reads';

/** A proposal is told by no event: what waits is asked for so often, while somebody is there. */
export const PROPOSALS_AGAIN_MS = 60_000;

/**
 * Whether an act takes two persons here: as the organisation says, until the service says otherwise to somebody who tries. Two are
 * asked for only where a second could approve, which the service alone knows.
 */
export function useTwoPersons(act: string): { readonly takesTwo: boolean; readonly learn: (problem: unknown) => void } {
  const { data: me } = useSuspenseQuery(meQuery);
  const [told, setTold] = useState<boolean | null>(null);
  const learn = (problem: unknown) => {
    if (isCode(problem, 'FOUR_EYES')) setTold(true);
    if (isCode(problem, 'ONE_IS_ENOUGH')) setTold(false);
  };
  return { takesTwo: told ?? act in me.conditions, learn };
}

/** True where all that stood in the way is that it takes two: the page says so and offers to propose it. */
export function asksForSecond(problem: unknown): boolean {
  return isCode(problem, 'FOUR_EYES');
}

function isCode(problem: unknown, code: string): boolean {
  return problem instanceof Problem && problem.code === code;
}
