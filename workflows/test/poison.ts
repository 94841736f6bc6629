import { createHash, randomUUID } from 'node:crypto';
import type { DossierEvent, JournalEntry } from '#contracts';
import { bodyOf, DossierBook } from './dossier-book';

/** The bytes that a topic of ours takes in one batch; a message has less, for what surrounds it. */
const TOPIC_TAKES = 1_048_588;
const AROUND_A_MESSAGE = 150;

interface Poison {
  /** The message, made from the sound text of the dossier's first entry. */
  readonly of: (sound: string) => string | Buffer;
  /** What the reason says. */
  readonly reason: string;
}

/** Every kind of message that can never be applied, told under a dossier's name. */
export const poisons: Readonly<Record<string, Poison>> = {
  empty: { of: () => '', reason: 'it is not JSON' },
  truncated: { of: (sound) => sound.slice(0, -7), reason: 'it is not JSON' },
  'as large as the topic takes': {
    of: () => `{"data":"${'x'.repeat(TOPIC_TAKES - AROUND_A_MESSAGE)}"}`,
    reason: 'it has no subject',
  },
  'of another schema': {
    of: (sound) => changed(sound, { data: { officeId: 7 } }),
    reason: 'must have required property',
  },
  'of another office': {
    of: () => bodyOf(new DossierBook(randomUUID()).write('dossier-received').event),
    reason: 'its subject is not its key',
  },
  'of a future version': {
    of: (sound) => changed(sound, { dataschema: 'urn:motcua:dossier-received/9' }),
    reason: 'unknown version',
  },
  'nested a hundred thousand times': {
    of: (sound) => sound.replace('"data":{', `"data":{"deep":${'['.repeat(100_000)}${']'.repeat(100_000)},`),
    reason: 'it is nested deeper',
  },
  'not UTF-8': {
    of: (sound) => Buffer.concat([Buffer.from(sound.slice(0, -1)), Buffer.from([0xc3, 0x28, 0xff, 0x7d])]),
    reason: 'it is not UTF-8',
  },
};

/** More than any topic of ours takes: five megabytes. */
export const tooLarge = 'x'.repeat(5_000_000);

/** Writes an entry of a type that only a newer build knows; its envelope and its place in the chain are sound. */
export function writeUnknown(book: DossierBook): JournalEntry {
  const last = book.entries.at(-1)!;
  const event = {
    ...last.event,
    id: randomUUID(),
    type: 'dossier-beamed',
    dataschema: 'urn:motcua:dossier-beamed/1',
    sequence: last.event.sequence + 1,
    previoushash: last.hash,
    data: { officeId: 'enterprise' },
  } as unknown as DossierEvent;
  const entry = { event, hash: createHash('sha256').update(bodyOf(event)).digest('hex') };
  book.entries.push(entry);
  return entry;
}

function changed(sound: string, change: object): string {
  return JSON.stringify({ ...(JSON.parse(sound) as object), ...change });
}
