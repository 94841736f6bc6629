import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from '../api/ask';
import { call } from '../api/call';
import type { components as ofClock } from '../api/clock';
import type { components as ofDesk } from '../api/desk';

export type DossierAudit = ofClock['schemas']['DossierAudit'];
export type UnusualAct = ofDesk['schemas']['UnusualAct'];
export type AccessLine = ofDesk['schemas']['AccessLine'];
export type Lateness = ofDesk['schemas']['Lateness'];
type UnusualActsPage = ofDesk['schemas']['UnusualActsPage'];
type AccessLogPage = ofDesk['schemas']['AccessLogPage'];

const FIRST_PAGE: { readonly cursor?: string } = {};
const nextOf = ({ next }: { readonly next: string | null }) => (next === null ? undefined : { cursor: next });

/** Each of these readings is a look that stands in the access log: none is repeated by itself. */
const once = { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false } as const;

/** The three witnesses of a dossier, compared and replayed beside the servers. */
export const auditQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['audit', dossierId],
    queryFn: async ({ signal }) => (await call<DossierAudit>(`/api/clock/audits/${dossierId}`, { signal })).body,
    ...once,
  });

/** Who held a dossier when, and how late it is against what was promised. */
export const responsibilityQuery = (dossierId: string) =>
  queryOptions({
    queryKey: ['responsibility', dossierId],
    queryFn: async ({ signal }) =>
      (await ask('/dossiers/{dossierId}/responsibility', { params: { dossierId }, signal })).body,
    ...once,
  });

/** Which unusual acts; undefined for all. */
export interface ActsAsked {
  readonly kind: string | undefined;
  readonly office: string | undefined;
}

export const unusualActsQuery = (asked: ActsAsked) =>
  infiniteQueryOptions({
    queryKey: ['unusual-acts', asked],
    queryFn: async ({ pageParam, signal }) =>
      (await ask('/unusual-acts', { query: { ...asked, ...pageParam }, signal })).body,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page: UnusualActsPage) => nextOf(page),
    ...once,
  });

/** Which lines of the access log; undefined for all. Instants are real time. */
export interface LinesAsked {
  readonly dossierId: string | undefined;
  readonly official: string | undefined;
  readonly outcome: string | undefined;
  readonly from: string | undefined;
  readonly until: string | undefined;
}

export const accessLogQuery = (asked: LinesAsked) =>
  infiniteQueryOptions({
    queryKey: ['access-log', asked],
    queryFn: async ({ pageParam, signal }) =>
      (await ask('/access-log', { query: { ...asked, ...pageParam }, signal })).body,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page: AccessLogPage) => nextOf(page),
    ...once,
  });
