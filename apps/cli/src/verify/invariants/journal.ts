import { sha256Hex } from '#platform';
import type { Evidence } from '../evidence';
import type { Finding } from './verdict';

export function sequencesWithoutGap({ journal }: Evidence): Finding {
  const next = new Map<string, number>();
  const offenders = journal.flatMap(({ stream, sequence }) => {
    const expected = next.get(stream) ?? 1;
    next.set(stream, sequence + 1);
    return sequence === expected ? [] : [`${stream}: ${sequence} where ${expected} belongs`];
  });
  return { says: 'entries of each stream are 1..n', checked: journal.length, offenders };
}

export function feedWithoutGap({ feed, journal, unfed }: Evidence): Finding {
  const offenders = feed.flatMap(({ position }, index) => (position === index + 1 ? [] : [`position ${position}`]));
  if (feed.length + unfed !== journal.length) offenders.push(`${journal.length - feed.length} entries without a place`);
  return { says: 'feed positions are 1..m, one for each entry', checked: feed.length, offenders };
}

export function chainsHold({ journal }: Evidence): Finding {
  const last = new Map<string, string>();
  const offenders = journal.flatMap(({ stream, sequence, body, hash, previousHash, type }) => {
    const event = JSON.parse(body) as { sequence: number; subject: string; type: string; previoushash?: string };
    const before = last.get(stream) ?? null;
    last.set(stream, hash);
    const holds =
      sha256Hex(body) === hash &&
      previousHash === before &&
      (event.previoushash ?? null) === before &&
      event.sequence === sequence &&
      event.subject === stream &&
      event.type === type;
    return holds ? [] : [`${stream}: entry ${sequence}`];
  });
  return { says: 'every hash and every chain holds', checked: journal.length, offenders };
}
