import { infiniteQueryOptions } from '@tanstack/react-query';
import { call, withQuery } from '../api/call';
import type { components } from '../api/oversight';

type AlertsPage = components['schemas']['AlertsPage'];

/** How many alerts are read and shown at once. */
export const ALERTS_AT_ONCE = 50;

const FIRST: { readonly cursor?: string } = {};

/** The reader's open alerts, earliest due first, page by page. */
export const alertsQuery = infiniteQueryOptions({
  queryKey: ['alerts'],
  queryFn: async ({ pageParam, signal }) => {
    const path = withQuery('/api/oversight/alerts', { state: 'open', limit: ALERTS_AT_ONCE, ...pageParam });
    return (await call<AlertsPage>(path, { signal })).body;
  },
  initialPageParam: FIRST,
  getNextPageParam: ({ next }: AlertsPage) => (next === null ? undefined : { cursor: next }),
});
