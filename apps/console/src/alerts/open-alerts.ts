import { useInfiniteQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useLive } from '../live/live';
import { useUnasked } from '../live/unasked';
import { alertsShown, withTold, type ToldAlerts } from './alert-list';
import { alertsQuery } from './alerts-query';

/** How often the list is read anew where the live connection is not to be had. */
const WITHOUT_LIVE_MS = 60_000;

/** How many alerts of the reader nobody has taken up. */
export interface OpenAlerts {
  readonly count: number;
  /** Whether there are more than were read. */
  readonly isAtLeast: boolean;
}

/** Counts the reader's open alerts, live, on whatever page they are; none for whoever `isTold` none. Keeps the list that is read up to date. */
export function useOpenAlerts(isTold: boolean): OpenAlerts {
  const { data, hasNextPage, refetch } = useInfiniteQuery({ ...alertsQuery, enabled: isTold });
  const [told, setTold] = useState<ToldAlerts>(new Map());
  useLive('alert', (alert) => setTold((before) => withTold(before, alert)));
  useUnasked(
    () => {
      if (isTold) void refetch();
    },
    WITHOUT_LIVE_MS,
    false,
  );
  const all = alertsShown(data?.pages.flatMap(({ alerts }) => alerts) ?? [], told);
  return { count: all.filter(({ state }) => state === 'open').length, isAtLeast: hasNextPage };
}

/** The same in words. */
export function alertWords(t: TFunction, { count, isAtLeast }: OpenAlerts): string {
  return t(isAtLeast ? 'frame:alerts-at-least' : 'frame:alerts', { count });
}
