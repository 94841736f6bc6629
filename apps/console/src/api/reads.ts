import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import { ask } from './ask';
import { Problem } from './problem';
import type { ApprovalsPage, HistoryEntry, QueuePage } from './views';

/** Such lists change a few times a year. */
const RARELY_MS = 600_000;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => (await ask('/me')).body,
  staleTime: Infinity,
});

export const timeQuery = queryOptions({
  queryKey: ['time'],
  queryFn: async () => (await ask('/time')).body,
  staleTime: Infinity,
});

export const directoryQuery = queryOptions({
  queryKey: ['directory'],
  queryFn: async () => (await ask('/directory')).body,
  staleTime: RARELY_MS,
});

export const proceduresQuery = (language: string) =>
  queryOptions({
    queryKey: ['procedures', language],
    queryFn: async () => (await ask('/procedures', { query: { language } })).body.procedures,
    staleTime: RARELY_MS,
  });

export const reasonsQuery = queryOptions({
  queryKey: ['reasons'],
  queryFn: async () => (await ask('/reasons')).body.reasons,
  staleTime: RARELY_MS,
});

const PAGE = 200;
const FIRST_PAGE: { readonly cursor?: string } = {};

/** What a queue is asked for besides its name; all of it stands in the page's address. */
export type QueueFilters = Readonly<Record<string, string>>;

/** A queue, page by page, earliest deadline first. */
export const queueQuery = (queue: string, filters: QueueFilters) =>
  infiniteQueryOptions({
    queryKey: ['queue', queue, filters],
    queryFn: ({ pageParam, signal }) => askQueue(queue, { ...filters, ...pageParam }, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: ({ next }: QueuePage) => (next === null ? undefined : { cursor: next }),
    staleTime: Infinity, // The list never moves under the reader: what is new is offered, see `newestQuery`.
  });

/** The head of the queue as it is now, to tell what is new. */
export const newestQuery = (queue: string, filters: QueueFilters) =>
  queryOptions({
    queryKey: ['queue-newest', queue, filters],
    queryFn: ({ signal }) => askQueue(queue, filters, signal),
  });

async function askQueue(queue: string, query: Record<string, string>, signal: AbortSignal): Promise<QueuePage> {
  return (await ask('/queues/{queue}', { params: { queue }, query: { ...query, limit: PAGE }, signal })).body;
}

/** The id behind a code. People see codes only. @throws Problem `DOSSIER_NOT_FOUND` */
export const dossierIdQuery = (code: string) =>
  queryOptions({
    queryKey: ['dossier-id', code],
    queryFn: async () => {
      const found = (await ask('/dossiers', { query: { code } })).body.dossiers[0];
      if (!found) throw new Problem(404, 'DOSSIER_NOT_FOUND', '', []);
      return found.dossierId;
    },
    staleTime: Infinity,
  });

/** A dossier with the version that commands are decided upon. */
export const dossierQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId],
    queryFn: async () => {
      const { body, etag } = await ask('/dossiers/{dossierId}', { params: { dossierId } });
      return { view: body, etag };
    },
  });

export const commandsQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'commands'],
    queryFn: async () => (await ask('/dossiers/{dossierId}/commands', { params: { dossierId } })).body.commands,
  });

/** So many dossiers desk is asked about at once. */
const COMMANDS_OF = 100;

/** What can be done now with each of some dossiers; those out of sight are missing. */
export const commandsOfSomeQuery = (dossierIds: readonly string[]) =>
  queryOptions({
    queryKey: ['commands-of-some', dossierIds],
    queryFn: async ({ signal }) => {
      const starts = dossierIds.flatMap((_, index) => (index % COMMANDS_OF === 0 ? [index] : []));
      const answers = await Promise.all(
        starts.map((start) => {
          const ids = dossierIds.slice(start, start + COMMANDS_OF).join(',');
          return ask('/dossiers/commands', { query: { ids }, signal });
        }),
      );
      return answers.flatMap(({ body }) => body.dossiers);
    },
    gcTime: 0,
    staleTime: Infinity, // What is decided upon does not change under the reader's eyes.
  });

/** What was proposed of a dossier, and who could approve what takes two persons there. */
export const approvalsQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'approvals'],
    queryFn: async () => (await ask('/dossiers/{dossierId}/approvals', { params: { dossierId } })).body,
  });

const WAITING_AT_ONCE = 50;

/** The proposals that wait for the reader's decision, oldest first. */
export const waitingQuery = infiniteQueryOptions({
  queryKey: ['waiting-approvals'],
  queryFn: async ({ pageParam, signal }) =>
    (await ask('/approvals', { query: { limit: WAITING_AT_ONCE, ...pageParam }, signal })).body,
  initialPageParam: FIRST_PAGE,
  getNextPageParam: ({ next }: ApprovalsPage) => (next === null ? undefined : { cursor: next }),
});

/** Null where nothing limits the dossier. */
export const explanationQuery = (dossierId: string, language: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'explanation', language],
    queryFn: () =>
      ask('/dossiers/{dossierId}/explanation', { params: { dossierId }, query: { language } }).then(
        ({ body }) => body,
        (problem: unknown) => {
          if (problem instanceof Problem && problem.code === 'NOTHING_DUE') return null;
          throw problem;
        },
      ),
  });

export const historyQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'history'],
    queryFn: async () => {
      const { entries } = (await ask('/dossiers/{dossierId}/history', { params: { dossierId } })).body;
      return entries as unknown as readonly HistoryEntry[]; // An event of any version; who reads one bears that in mind.
    },
  });

/** What the office and the applicant wrote to each other; each read is logged as a look. */
export const messagesQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'messages'],
    queryFn: async () => (await ask('/dossiers/{dossierId}/messages', { params: { dossierId } })).body,
  });

/** How many answers of the applicant nobody has read. */
export const unreadQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'unread'],
    queryFn: async () => (await ask('/dossiers/{dossierId}/messages/unread', { params: { dossierId } })).body.unread,
  });

/** What colleagues noted for each other; each read is logged as a look. */
export const notesQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'notes'],
    queryFn: async () => (await ask('/dossiers/{dossierId}/notes', { params: { dossierId } })).body.notes,
  });

/** The dossiers that it belongs to, and those that belong to it. */
export const linksQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'links'],
    queryFn: async () => (await ask('/dossiers/{dossierId}/links', { params: { dossierId } })).body.links,
  });

/** Which forms the dossier's entries made. */
export const formsQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'forms'],
    queryFn: async () => (await ask('/dossiers/{dossierId}/forms', { params: { dossierId } })).body.forms,
  });

/** A file is looked at by the scanner within seconds; every look at the list is logged, so it is not asked for ever. */
const SCANNED_WITHIN = { looks: 8, everyMs: 3_000 };

/** The files of a dossier. */
export const attachmentsQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'attachments'],
    queryFn: async () => (await ask('/dossiers/{dossierId}/attachments', { params: { dossierId } })).body,
    refetchInterval: ({ state: { data, dataUpdateCount } }) => {
      const isScanned = data?.attachments.every(({ state }) => state !== 'quarantined') ?? true;
      return isScanned || dataUpdateCount % SCANNED_WITHIN.looks === 0 ? false : SCANNED_WITHIN.everyMs;
    },
  });

/** Which papers lie there, named in a language. */
export const papersQuery = (dossierId: string, language: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'papers', language],
    queryFn: async () =>
      (await ask('/dossiers/{dossierId}/papers', { params: { dossierId }, query: { language } })).body.papers,
  });

/** What the applicant answered on the screen, as of the entry that brought it. Each asking is a logged look: it is not repeated by itself. */
export const eFormQuery = (dossierId: string, asOf: number) =>
  queryOptions({
    queryKey: ['e-form', dossierId, asOf],
    queryFn: async () => (await ask('/dossiers/{dossierId}/e-form', { params: { dossierId } })).body,
    staleTime: Infinity,
  });

/** Names for the ids that desk speaks in. An id that the directory does not know (any more) stands for itself. */
export interface Names {
  readonly official: (id: string | null) => string;
  readonly office: (id: string) => string;
  readonly post: (id: string) => string;
}

export function useNames(): Names {
  const { data } = useQuery(directoryQuery);
  const named = (list: readonly { readonly id: string; readonly name: string }[] | undefined) => (id: string | null) =>
    list?.find((one) => one.id === id)?.name ?? id ?? '';
  return { official: named(data?.officials), office: named(data?.offices), post: named(data?.posts) };
}
