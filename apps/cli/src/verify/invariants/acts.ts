import type { DossierEvent } from '#contracts';
import type { Evidence } from '../evidence';
import { groupedBy, keyOf, type Finding } from './verdict';

/**
 * Each command keeps its answer in the transaction of its entries, for the last of them. What a service did of its own, and what
 * one operation did to many dossiers, is answered to nobody.
 */
export function answersOnce({ answers, events }: Evidence): Finding {
  const answered = answers.map(({ dossierId, sequence }) => keyOf(dossierId, sequence));
  const kept = groupedBy(answered, (key) => key);
  const acts = [...events].flatMap(([dossierId, history]) =>
    history.filter(isCommanded).map(({ sequence, recordedat }) => {
      const made = history.filter((event) => event.sequence >= sequence && event.recordedat === recordedat);
      return { key: keyOf(dossierId, sequence), made: made.map((event) => keyOf(dossierId, event.sequence)) };
    }),
  );
  const known = new Set(acts.map(({ key }) => key));
  const offenders = [
    ...acts.filter(({ made }) => !made.some((key) => kept.has(key))).map(({ key }) => `${key}: no answer is kept`),
    ...[...kept.keys()].filter((key) => !known.has(key)).map((key) => `${key}: an answer to no act`),
    ...[...kept].filter(([, same]) => same.length > 1).map(([key]) => `${key}: answered twice`),
  ];
  return { says: 'every act of people has its one kept answer', checked: acts.length, offenders };
}

function isCommanded({ data }: DossierEvent): boolean {
  const byOperation = 'operationId' in data && data.operationId !== null;
  return !data.actor.officialId.startsWith('service:') && !byOperation;
}

export function everyActHasActor({ events }: Evidence): Finding {
  let checked = 0;
  const offenders = [...events].flatMap(([dossierId, history]) =>
    history.flatMap(({ data, sequence }) => {
      checked += 1;
      const { officialId, postId, officeId } = data.actor;
      return officialId && postId && officeId ? [] : [`${dossierId}: entry ${sequence} has no actor in a post`];
    }),
  );
  return { says: 'every entry names who acted, in which post and office', checked, offenders };
}
