import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../api/ask';
import type { components } from '../../api/desk';
import { CATALOGUE } from '../catalogue/catalogue-reads';

type Schemas = components['schemas'];

export type CalendarView = Schemas['CalendarView'];
export type CalendarDay = Schemas['CalendarDay'];
export type ChangedDay = Schemas['ChangedDay'];
export type MovedDossier = Schemas['MovedDossier'];
/** Which open dossiers newer calendars move; a page of them. */
type MovedPage = Schemas['Preview'];

export const calendarsQuery = queryOptions({
  queryKey: [CATALOGUE, 'calendars'],
  queryFn: async () => (await ask('/calendars')).body.calendars,
});

export const calendarQuery = (id: string, version: string) =>
  queryOptions({
    queryKey: [CATALOGUE, 'calendar', id, version],
    queryFn: async () => (await ask('/calendars/{id}/{version}', { params: { id, version } })).body,
    staleTime: Infinity, // A version never changes.
  });

/** All open dossiers that the newest calendars would move, page after page. */
export const movedQuery = queryOptions({
  queryKey: [CATALOGUE, 'moved'],
  queryFn: ({ signal }) => allPages(async (after) => (await ask('/recomputations', { query: after, signal })).body),
});

/** What all pages of a look at the open dossiers come to. */
export type Moves = Omit<MovedPage, 'next'>;

/** Goes through the pages of a look, and tells how many dossiers were looked at so far. */
export async function allPages(
  page: (after: { readonly after?: string }) => Promise<MovedPage>,
  tell: (checked: number) => void = () => undefined,
): Promise<Moves> {
  let sum: Moves = { checked: 0, moved: [], failed: [] };
  for (let after = {}; ;) {
    const { next, checked, moved, failed } = await page(after);
    sum = {
      checked: sum.checked + checked,
      moved: [...sum.moved, ...moved],
      failed: [...sum.failed, ...failed],
    };
    tell(sum.checked);
    if (next === null) return sum;
    after = { after: next };
  }
}
