import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { components } from '../api/desk';
import { commandsOfSomeQuery } from '../api/reads';
import { useUnasked } from '../live/unasked';
import type { Alert } from './alert-list';

/** How the dossier of an alert stands now: its clock, and what can be done with it. */
export type Standing = components['schemas']['CommandsView'];

/** How often what is left is asked anew; desk alone reckons with working time. */
const EACH_MS = 60_000;

/** How the dossiers of some alerts stand, by id; of those that nothing is owed to any more nobody asks. */
export function useStandings(alerts: readonly Alert[]): ReadonlyMap<string, Standing> {
  const open = alerts.filter(({ state }) => state === 'open' || state === 'acknowledged');
  const ids = [...new Set(open.map(({ dossierId }) => dossierId))].sort();
  const isAny = ids.length > 0;
  const { data, refetch } = useQuery({
    ...commandsOfSomeQuery(ids),
    enabled: isAny,
    placeholderData: keepPreviousData,
  });
  useUnasked(() => isAny && void refetch(), EACH_MS, true);
  return new Map(data?.map((one) => [one.dossierId, one]));
}
