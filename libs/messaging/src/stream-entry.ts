import { createHash } from 'node:crypto';
import { MessageUnreadable } from './errors';
import type { DeadLetter, StreamEntry } from './inbox';
import type { ReceivedMessage } from './messaging';
import { carriesStream } from './topics';

/** An entry that names the one before it. */
export interface LinkedEntry extends StreamEntry {
  /** The hash of the stream's entry before; null for the first. */
  readonly previousHash: string | null;
}

/** A message as it arrived, and what it says it is. */
export interface Told {
  readonly letter: DeadLetter;
  /** The stream it claims to belong to; null when no stream of its topic can have that name. */
  readonly stream: string | null;
  readonly content: LinkedEntry | MessageUnreadable;
}

/** Strict, because bytes that are lost in decoding would change the hash. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const HASH = /^[0-9a-f]{64}$/;
/** Of an entry; ours have less than ten. */
const MOST_LEVELS = 64;

/** Reads a message of a topic; never throws, because what cannot be read must be put aside. */
export function read(topic: string, partition: number, { key, value, offset }: ReceivedMessage): Told {
  const letter = { topic, partition, offset, key: storable(key), value: storable(value) };
  const keyed = carriesStream(topic, letter.key) ? letter.key : null;
  try {
    const content = entryOf(textOf(value));
    if (content.stream !== letter.key) throw new MessageUnreadable('its subject is not its key');
    if (keyed === null) throw new MessageUnreadable(`its topic carries no such stream`);
    return { letter, stream: keyed, content };
  } catch (error) {
    if (error instanceof MessageUnreadable) return { letter, stream: keyed, content: error };
    throw error;
  }
}

/**
 * What the text of an entry says about its place in its stream.
 *
 * @throws MessageUnreadable, with words of ours alone: what it holds may not be told.
 */
export function entryOf(body: string): LinkedEntry {
  const { subject: stream, sequence, previoushash = null } = objectOf(body);
  if (typeof stream !== 'string') throw new MessageUnreadable('it has no subject');
  if (!isSequence(sequence)) throw new MessageUnreadable('its sequence is not 1, 2, 3 ...');
  if (sequence === 1 ? previoushash !== null : !isHash(previoushash)) {
    throw new MessageUnreadable('its previoushash is not what its sequence demands');
  }
  return { stream, sequence, body, hash: hashOf(body), previousHash: isHash(previoushash) ? previoushash : null };
}

function hashOf(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}

function isSequence(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && HASH.test(value);
}

interface Envelope {
  readonly subject?: unknown;
  readonly sequence?: unknown;
  readonly previoushash?: unknown;
}

function objectOf(body: string): Envelope {
  if (isDeeperThan(MOST_LEVELS, body)) throw new MessageUnreadable(`it is nested deeper than ${MOST_LEVELS} levels`);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new MessageUnreadable('it is not JSON');
  }
  if (typeof value !== 'object' || value === null) throw new MessageUnreadable('it is not a JSON object');
  return value;
}

/** Counted before it is parsed: what is nested a hundred thousand times over ends the stack of whoever writes it again. */
function isDeeperThan(most: number, json: string): boolean {
  let level = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const mark = json[at];
    if (mark === '"') inText = !inText;
    else if (inText && mark === '\\') at += 1;
    else if (!inText && (mark === '{' || mark === '[')) level += 1;
    else if (!inText && (mark === '}' || mark === ']')) level -= 1;
    if (level > most) return true;
  }
  return false;
}

function textOf(bytes: Buffer | null): string {
  if (bytes === null) throw new MessageUnreadable('it is empty');
  const text = decoded(bytes);
  if (text === null) throw new MessageUnreadable('it is not UTF-8');
  return text;
}

/** See DeadLetter: PostgreSQL's text holds no NUL. */
function storable(bytes: Buffer | null): string {
  if (bytes === null) return '';
  const text = decoded(bytes);
  return text === null || text.includes('\0') ? `base64:${bytes.toString('base64')}` : text;
}

function decoded(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}
