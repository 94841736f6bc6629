import { dossierFrom } from '#domain';
import type { Evidence, HeardRow } from '../evidence';
import { keyOf, type Finding } from './verdict';

export function toldInOrder({ feed, told, journal, journalledSince }: Evidence): Finding {
  const entries = [...journal, ...journalledSince];
  const hashes = new Map(entries.map(({ stream, sequence, hash }) => [keyOf(stream, sequence), hash]));
  const last = new Map<string, number>();
  const offenders: string[] = [];
  for (const { stream, sequence, hash } of told) {
    const before = last.get(stream) ?? 0;
    if (sequence > before + 1) offenders.push(`${stream}: ${sequence} told after ${before}`);
    if (hashes.get(keyOf(stream, sequence)) !== hash) offenders.push(`${stream}: ${sequence} told with other bytes`);
    last.set(stream, Math.max(before, sequence));
  }
  const heard = new Set(told.map(({ stream, sequence }) => keyOf(stream, sequence)));
  for (const { stream, sequence } of feed) {
    if (!heard.has(keyOf(stream, sequence))) offenders.push(`${stream}: ${sequence} never told`);
  }
  return { says: 'every entry is in Kafka, in order per stream', checked: feed.length, offenders };
}

export function heardByClock({ clock, events, journal }: Evidence): Finding {
  return heard('clock', clock, [...events.keys()], journal);
}

export function heardByOversight({ oversight, events, journal }: Evidence): Finding {
  return heard('oversight', oversight, [...events.keys()], journal);
}

function heard(
  who: string,
  rows: readonly HeardRow[],
  streams: readonly string[],
  journal: Evidence['journal'],
): Finding {
  const ends = new Map(journal.map(({ stream, sequence, hash }) => [stream, { sequence, hash }]));
  const byStream = new Map(rows.map((row) => [row.stream, row]));
  const offenders = streams.flatMap((stream) => {
    const row = byStream.get(stream);
    const end = ends.get(stream);
    if (row?.sequence === end?.sequence && row?.hash === end?.hash) return [];
    return [`${stream}: heard ${row?.sequence ?? 0} of ${end?.sequence ?? 0}`];
  });
  return { says: `${who} has heard every dossier to its last entry`, checked: streams.length, offenders };
}

/** Of an ended one Temporal may know nothing any more, after its retention or a loss, if it was told of the end. */
export function oneWorkflowEach({ events, workflows, clock }: Evidence): Finding {
  const told = new Map(clock.map((row) => [row.stream, row.told]));
  const offenders = [...events].flatMap(([dossierId, history]) => {
    const { endedAt, ...dossier } = dossierFrom(history);
    const status = workflows.get(dossierId) ?? null;
    const offence = [`${dossierId}: ${endedAt === null ? dossier.status : 'ended'}, workflow ${status ?? 'unknown'}`];
    if (endedAt !== null) {
      const isGone = status === null && told.get(dossierId) === dossier.lastSequence;
      return status === 'COMPLETED' || isGone ? [] : offence;
    }
    const everRang = history.some((event) => event.nextrungat !== undefined);
    return everRang && status !== 'RUNNING' && status !== 'PAUSED' ? offence : [];
  });
  return {
    says: 'one workflow for each dossier, closed exactly when it ended',
    checked: events.size,
    offenders,
  };
}

export function nothingStuck({ unfed, deadLetters, clock, oversight, rungsWaiting }: Evidence): Finding {
  const blocked = [...clock, ...oversight].filter((row) => row.blocked).map(({ stream }) => `${stream}: blocked`);
  const offenders = [
    ...(unfed === 0 ? [] : [`${unfed} entries wait for the relay`]),
    ...(deadLetters === 0 ? [] : [`${deadLetters} dead letters`]),
    ...blocked,
    ...rungsWaiting.map((dossierId) => `${dossierId}: a rung waits for its entry`),
  ];
  return { says: 'nothing is stuck', checked: clock.length + oversight.length, offenders };
}
