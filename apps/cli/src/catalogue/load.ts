import type { ServiceFetch } from '#platform';
import type { CatalogueContent } from './files';

/** Services take requests of 1 MB; a province's 1,300 procedures are several times that. */
const PAGE_BYTES = 500_000;

/**
 * Loads calendars, and then procedures page by page; each page is loaded as a whole or not at all. Answers how many versions
 * were added. Loading what is there changes nothing, so one that was broken off is done again. @throws RemoteRefusal
 */
export async function loadCatalogue(desk: ServiceFetch, { calendars, procedures }: CatalogueContent): Promise<number> {
  const [first = [], ...further] = pagesOf(procedures);
  let added = 0;
  for (const body of [
    { calendars, procedures: first },
    ...further.map((page) => ({ calendars: [], procedures: page })),
  ]) {
    added += (await desk<{ added: number }>({ method: 'POST', path: '/catalogue', body })).body.added;
  }
  return added;
}

function pagesOf(values: readonly unknown[]): readonly (readonly unknown[])[] {
  const pages: unknown[][] = [];
  let room = 0;
  for (const value of values) {
    const bytes = Buffer.byteLength(JSON.stringify(value));
    if (bytes > room) {
      pages.push([]);
      room = PAGE_BYTES;
    }
    pages.at(-1)?.push(value);
    room -= bytes;
  }
  return pages;
}
