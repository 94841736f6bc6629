import { DossierError } from '#domain';

/** What lies in a store under one name. */
export interface StoredObject {
  /** Null where its name is none of ours. */
  readonly key: string | null;
  readonly name: string;
  /** When it was stored, by the store's own clock; ISO 8601, UTC. */
  readonly storedAt: string;
}

/**
 * Where the sealed bytes of files lie. Keys are UUIDs of ours, never what a caller wrote. `gone` is aborted when nobody waits for
 * the work any more: then what was opened to be read is closed, read or not, and in a bucket all work ends, as StoreAway.
 */
export interface AttachmentStore {
  /**
   * Stores the bytes, `size` of them; resolves when they would survive a loss of power. What throws while it is read leaves nothing
   * under the key. @throws StoreAway
   */
  put(key: string, bytes: AsyncIterable<Uint8Array>, size: number, gone?: AbortSignal): Promise<void>;
  /** To be read to its end, or `gone`. @throws BytesMissing, StoreAway, this one also after some bytes were given */
  get(key: string, gone?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Also where there is nothing. @throws StoreAway */
  remove(key: string, gone?: AbortSignal): Promise<void>;
  /** All that lies there, in no order; what is stored or removed meanwhile may be among it or not. @throws StoreAway */
  list(): AsyncIterable<StoredObject>;
  /** Resolves while files can be stored and read. @throws StoreAway */
  check(): Promise<void>;
}

/** Does `end` when nobody waits any more, and at once where nobody does. */
export function whenGone(gone: AbortSignal | undefined, end: () => void): void {
  if (gone?.aborted) end();
  else gone?.addEventListener('abort', end, { once: true });
}

/** Thrown when the store cannot be reached, does not answer in time or refuses us: nothing of the file was recorded. */
export class StoreAway extends DossierError {
  readonly code = 'ATTACHMENT_STORE_AWAY';
  readonly kind = 'unavailable';

  constructor(options?: ErrorOptions) {
    super('The store of the files cannot be reached at present; try again in a moment.');
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** Thrown when the store has no bytes of a file that has a row: a fault of the store, or of its backup, and an alarm. */
export class BytesMissing extends Error {
  readonly code = 'BYTES_MISSING';
  override readonly name = 'BytesMissing';

  constructor(
    readonly key: string,
    options?: ErrorOptions,
  ) {
    super(`The store has no bytes of attachment ${key}.`, options);
  }
}

const NAME = /^([0-9a-f]{2})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{10}\1)$/;

/**
 * What a key is called in every store: `<its last two digits>/<key>`. So a folder that is copied into a bucket as it is, or back,
 * is the same store.
 */
export function nameOfKey(key: string): string {
  const name = `${key.slice(-2)}/${key}`;
  if (!NAME.test(name)) throw new RangeError('A key of the store is a UUID.');
  return name;
}

export function keyOfName(name: string): string | null {
  return NAME.exec(name)?.[2] ?? null;
}

/** What the bytes of an attachment are sealed for, see `sealedStream`. */
export function attachmentContext(dossierId: string, attachmentId: string): string {
  return `desk.attachment/${dossierId}/${attachmentId}/bytes`;
}
