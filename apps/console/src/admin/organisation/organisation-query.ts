import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../api/ask';

/** The organisation as it is saved, with its version for If-Match. */
export const organisationQuery = queryOptions({
  queryKey: ['organisation'],
  queryFn: async () => {
    const { body, etag } = await ask('/organisation');
    return { organisation: body.organisation, etag };
  },
  staleTime: Infinity, // What is edited does not change under the editor's hands; who was faster is told at saving.
});
