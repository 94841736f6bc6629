import { createHash } from 'node:crypto';
import type { FetchEntries, ReceivedMessage, StreamEntry } from '../src';

/** A dossier's id that is easy to tell from others. */
export function dossierId(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** The entries 1 to `length` of a stream, chained; another `history` gives other bytes, hence other hashes. */
export function entriesOf(
  stream: string,
  length: number,
  history = 'kept',
  after: readonly StreamEntry[] = [],
): StreamEntry[] {
  const entries = [...after];
  while (entries.length < length) entries.push(entryAfter(stream, entries.at(-1), history));
  return entries;
}

function entryAfter(stream: string, before: StreamEntry | undefined, history: string): StreamEntry {
  const sequence = (before?.sequence ?? 0) + 1;
  const body = JSON.stringify({
    data: { history },
    ...(before && { previoushash: before.hash }),
    sequence,
    subject: stream,
  });
  return { stream, sequence, body, hash: createHash('sha256').update(body).digest('hex') };
}

/** The journal as `desk` would serve it: a page at a time. */
export function fetchFrom(journal: readonly StreamEntry[], pageSize = 3): FetchEntries {
  return (stream, after) =>
    Promise.resolve(journal.filter((entry) => entry.stream === stream && entry.sequence > after).slice(0, pageSize));
}

/** The entry as it arrives. */
export function told(entry: StreamEntry, offset = 0): ReceivedMessage {
  return message(entry.stream, entry.body, offset);
}

/** Any message as it arrives. */
export function message(key: string | null, value: string | Buffer | null, offset = 0): ReceivedMessage {
  return {
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    offset: String(offset),
    headers: {},
    timestamp: '2026-11-23T01:00:00.000Z',
  };
}
