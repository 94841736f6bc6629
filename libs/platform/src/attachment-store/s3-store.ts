import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { sha256Hex } from '../bytes';
import {
  BytesMissing,
  keyOfName,
  nameOfKey,
  StoreAway,
  whenGone,
  type AttachmentStore,
  type StoredObject,
} from './attachment-store';
import type { FolderStore } from './folder-store';
import { listingIn } from './listing';
import type { S3File } from './s3-file';

/** How long the store may take; real time. */
export interface S3Limits {
  /** Until it answers a request without a body, and between two pieces of an answer's body. */
  readonly answerMs: number;
  /** Until it has answered, all attempts and pauses together; a file that is uploaded has all of it. */
  readonly allMs: number;
  /** Until it says whether it is there: whoever asks for health waits no longer, and asks again. */
  readonly checkMs: number;
  /** How long is waited before each attempt; so many there are at most. */
  readonly pausesMs: readonly number[];
}

/**
 * `allMs` and `answerMs` together, all that is waited for where an answer's body comes in one piece, stay below the 30 s for which
 * the gateway waits: whoever asks hears that the store is away.
 */
const limitsByDefault: S3Limits = { answerMs: 8_000, allMs: 18_000, checkMs: 2_000, pausesMs: [0, 200, 1_000] };

interface Sent {
  readonly method: 'GET' | 'PUT' | 'DELETE' | 'HEAD';
  readonly name?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly file?: { readonly key: string; readonly size: number; readonly sha256: string };
}

/** An answer whose body has not been read, and what ends the request. */
interface Answered {
  readonly response: Response;
  readonly stop: AbortController;
}

/**
 * Bytes as objects of a bucket, in any store that speaks S3 with signatures of version 4.
 *
 * An upload comes as fast as somebody's line is, is sealed as it comes, and cannot come twice: so it is written into the waiting
 * folder first and sent from there, with its size and its SHA-256 signed, as often as need be. What is refused half-way never
 * reaches the bucket.
 */
export class S3Store implements AttachmentStore {
  constructor(
    private readonly at: S3File,
    private readonly waiting: FolderStore,
    private readonly limits: S3Limits = limitsByDefault,
  ) {}

  async put(key: string, bytes: AsyncIterable<Uint8Array>, size: number, gone?: AbortSignal): Promise<void> {
    const hash = createHash('sha256');
    await this.waiting.put(key, counted(bytes, hash), size);
    const file = { key, size, sha256: hash.digest('hex') };
    try {
      await this.done({ method: 'PUT', name: nameOfKey(key), file }, gone);
    } finally {
      await this.waiting.remove(key);
    }
  }

  async get(key: string, gone?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const answered = await this.answerTo({ method: 'GET', name: nameOfKey(key) }, gone);
    if (answered.response.ok) return this.pieces(answered);
    const code = codeIn(await this.textOf(answered));
    throw code === 'NoSuchKey' ? new BytesMissing(key) : refusalOf(answered.response.status, code);
  }

  async remove(key: string, gone?: AbortSignal): Promise<void> {
    await this.done({ method: 'DELETE', name: nameOfKey(key) }, gone);
    await this.waiting.remove(key);
  }

  async *list(): AsyncGenerator<StoredObject> {
    let next: string | null = '';
    while (next !== null) {
      const query = { 'list-type': '2', ...(next !== '' && { 'continuation-token': next }) };
      const page = listingIn(await this.done({ method: 'GET', query }));
      for (const { name, storedAt } of page.objects) yield { key: keyOfName(name), name, storedAt };
      next = page.next;
    }
  }

  async check(): Promise<void> {
    const { response } = await this.attempt({ method: 'HEAD' }, this.limits.checkMs).catch(notReached);
    if (!response.ok) throw refusalOf(response.status, null);
  }

  /** The text of an answer of the 200s. @throws StoreAway for every other one */
  private async done(sent: Sent, gone?: AbortSignal): Promise<string> {
    const answered = await this.answerTo(sent, gone);
    const text = await this.textOf(answered);
    if (!answered.response.ok) throw refusalOf(answered.response.status, codeIn(text));
    return text;
  }

  /** Asks again where another time may help, somebody still waits and there is time. @throws StoreAway where no time did */
  private async answerTo(sent: Sent, gone?: AbortSignal): Promise<Answered> {
    const endsAt = performance.now() + this.limits.allMs;
    let last = new StoreAway();
    for (const pauseMs of this.limits.pausesMs) {
      await pause(pauseMs);
      const leftMs = endsAt - performance.now();
      if (leftMs <= 0 || gone?.aborted) break;
      try {
        const answered = await this.attempt(sent, sent.file ? leftMs : Math.min(leftMs, this.limits.answerMs), gone);
        if (!isPassing(answered.response.status)) return answered;
        answered.stop.abort();
        last = refusalOf(answered.response.status, null);
      } catch (cause) {
        last = new StoreAway({ cause });
      }
    }
    throw last;
  }

  private async attempt({ method, name, query, file }: Sent, limitMs: number, gone?: AbortSignal): Promise<Answered> {
    const signed = new AwsV4Signer({
      method,
      url: this.urlOf(name, query),
      headers: { 'x-amz-content-sha256': file?.sha256 ?? sha256Hex('') },
      accessKeyId: this.at.accessKeyId,
      secretAccessKey: this.at.secretAccessKey,
      region: this.at.region,
      service: 's3',
    });
    const { url, headers } = await signed.sign();
    if (file) headers.set('content-length', String(file.size));
    const stop = new AbortController();
    whenGone(gone, () => stop.abort());
    const timer = setTimeout(() => stop.abort(), limitMs);
    try {
      const body = file ? readLater(() => this.waiting.get(file.key)) : null;
      const init = { method, headers, body, duplex: 'half', redirect: 'manual', signal: stop.signal } as const;
      return { response: await fetch(url, init as unknown as RequestInit), stop };
    } finally {
      clearTimeout(timer);
    }
  }

  private urlOf(name = '', query: Readonly<Record<string, string>> = {}): string {
    const url = new URL(this.at.endpoint);
    if (!this.at.pathStyle) url.hostname = `${this.at.bucket}.${url.hostname}`;
    url.pathname = this.at.pathStyle ? `/${this.at.bucket}/${name}`.replace(/\/$/, '') : `/${name}`;
    url.search = String(new URLSearchParams(query));
    return url.toString();
  }

  private async textOf(answered: Answered): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const some of this.pieces(answered)) pieces.push(some);
    return Buffer.concat(pieces).toString('utf8');
  }

  /** The body; who reads it may take their time, the store may not. */
  private async *pieces({ response, stop }: Answered): AsyncGenerator<Uint8Array> {
    const reader = (response.body ?? new Blob([]).stream()).getReader();
    try {
      for (;;) {
        const timer = setTimeout(() => stop.abort(), this.limits.answerMs);
        const { done, value } = await reader.read().finally(() => clearTimeout(timer));
        if (done) return;
        yield value;
      }
    } catch (cause) {
      throw new StoreAway({ cause });
    } finally {
      stop.abort(); // Whoever reads no further has no use for the connection.
    }
  }
}

async function* counted(bytes: AsyncIterable<Uint8Array>, hash: { update(some: Uint8Array): unknown }) {
  for await (const some of bytes) {
    hash.update(some);
    yield some;
  }
}

/** An answer that another time may be another one. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}

/** Whatever the store refuses us is for the operator to mend: wrong keys, no bucket, no room. */
function refusalOf(status: number, code: string | null): StoreAway {
  return new StoreAway({ cause: new Error(`The store answered ${status}${code === null ? '' : ` ${code}`}.`) });
}

function notReached(cause: unknown): never {
  throw new StoreAway({ cause });
}

function codeIn(text: string): string | null {
  return /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? null;
}

/** Opened when it is read, so that of a request that never got so far nothing is left open. */
async function* readLater(read: () => Promise<AsyncIterable<Uint8Array>>): AsyncGenerator<Uint8Array> {
  yield* await read();
}
