import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../api/ask';
import type { components } from '../../api/desk';

type Schemas = components['schemas'];

export type CalendarView = Schemas['CalendarView'];
export type CalendarDay = Schemas['CalendarDay'];
export type ChangedDay = Schemas['ChangedDay'];
export type MovedDossier = Schemas['MovedDossier'];
/** Which open dossiers newer calendars move; a page of them. */
export type MovedPage = Schemas['Preview'];
export type ListedProcedure = Schemas['ListedProcedure'];
export type VersionInTime = Schemas['VersionInTime'];
export type ProcedureVersion = Schemas['ProcedureVersion'];
export type FieldDifference = Schemas['FieldDifference'];
export type CataloguePreview = Schemas['CataloguePreview'];

/** Whatever was read of the catalogue is asked for anew under this key once something was loaded or decided. */
const CATALOGUE = 'catalogue';
export const everythingOfCatalogue = { queryKey: [CATALOGUE] };

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

/** Every procedure, drafts and withdrawn ones too. */
export const allProceduresQuery = queryOptions({
  queryKey: [CATALOGUE, 'procedures'],
  queryFn: async () => (await ask('/catalogue/procedures')).body.procedures,
});

export const versionsQuery = (code: string) =>
  queryOptions({
    queryKey: [CATALOGUE, 'versions', code],
    queryFn: async () => (await ask('/catalogue/procedures/{code}/versions', { params: { code } })).body.versions,
  });

export const versionQuery = (code: string, version: number) =>
  queryOptions({
    queryKey: [CATALOGUE, 'version', code, version],
    queryFn: async () =>
      (await ask('/catalogue/procedures/{code}/versions/{version}', { params: { code, version: String(version) } }))
        .body,
  });

/** What a version says otherwise than an earlier one. */
export const differencesQuery = (code: string, version: number, against: number) =>
  queryOptions({
    queryKey: [CATALOGUE, 'differences', code, version, against],
    queryFn: async () => {
      const params = { code, version: String(version) };
      const route = '/catalogue/procedures/{code}/versions/{version}/differences';
      return (await ask(route, { params, query: { against } })).body.differences;
    },
    staleTime: Infinity, // Neither version ever changes.
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
