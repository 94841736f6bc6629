import { queryOptions } from '@tanstack/react-query';
import { call, withQuery } from '../api/call';
import type { Figures } from './figures';
import type { GroupedBy } from './group-words';

/** What is asked for: instants as desk takes them; without an office, all that the reader may count. */
interface FiguresAsked {
  readonly from: string;
  readonly until: string;
  readonly officeId: string | undefined;
  readonly by: GroupedBy | undefined;
}

export const figuresQuery = (asked: FiguresAsked) =>
  queryOptions({
    queryKey: ['figures', asked],
    queryFn: async ({ signal }) =>
      (await call<Figures>(withQuery('/api/desk/statistics', { ...asked }), { signal })).body,
  });
