import { queryOptions } from '@tanstack/react-query';
import { call, withQuery } from '../api/call';
import type { LikelyDuplicate, PromisedDates } from '../api/views';

/** The date depends on the moment: at noon or at closing time it moves on. */
export const ANEW_MS = 60_000;

/** What a dossier handed in now would be promised by the reader's office, and why. */
export const promiseQuery = (procedureCode: string, channel: string, language: string) =>
  queryOptions({
    queryKey: ['promise', procedureCode, channel, language],
    queryFn: async () =>
      (await call<PromisedDates>(withQuery('/api/desk/promises', { procedureCode, channel, language }))).body,
  });

/** Dossiers that this applicant likely handed in before. It is a look at personal data, which desk writes down. */
export const duplicatesQuery = (procedureCode: string, applicant: object) =>
  queryOptions({
    queryKey: ['duplicates', procedureCode, applicant],
    queryFn: async () => {
      const { body } = await call<{ likelyDuplicates: readonly LikelyDuplicate[] }>('/api/desk/duplicates', {
        method: 'POST',
        body: { procedureCode, applicant },
      });
      return body.likelyDuplicates;
    },
    staleTime: ANEW_MS,
    gcTime: 0,
  });
