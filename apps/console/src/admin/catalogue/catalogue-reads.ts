import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../api/ask';
import type { components } from '../../api/desk';

type Schemas = components['schemas'];

export type ListedProcedure = Schemas['ListedProcedure'];
export type VersionInTime = Schemas['VersionInTime'];
export type ProcedureVersion = Schemas['ProcedureVersion'];
export type FieldDifference = Schemas['FieldDifference'];
export type CataloguePreview = Schemas['CataloguePreview'];

/** Whatever was read of the catalogue is asked for anew under this key once something was loaded or decided. */
export const CATALOGUE = 'catalogue';
export const everythingOfCatalogue = { queryKey: [CATALOGUE] };

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
