/** Injection token of the {@link AttachmentStore}. */
export const ATTACHMENT_STORE = Symbol('ATTACHMENT_STORE');

/** Where the sealed bytes of files lie. Keys are UUIDs of ours, never what a caller wrote. */
export interface AttachmentStore {
  /**
   * Stores the bytes, `size` of them; resolves when they would survive a loss of power. What throws while it is read leaves nothing
   * under the key.
   */
  put(key: string, bytes: AsyncIterable<Uint8Array>, size: number): Promise<void>;
  /** @throws BytesMissing */
  get(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** Also where there is nothing. */
  remove(key: string): Promise<void>;
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
