import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { derivedKey } from './blind-index';
import { SealBroken } from './sealed';

/*
 * AES-256-GCM for bytes too many to hold: sealed chunk by chunk, each under its number and whether it is the last, so that chunks
 * left out, exchanged or cut off are found (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
 *
 * Sealed bytes: format (1 byte, = 1) | for each 64 KiB: ciphertext | tag (16). The key is derived for the context, which is used
 * for one content only: so a number is a nonce.
 */
const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/** How many bytes so many become when they are sealed. */
export function sealedSize(bytes: number): number {
  return 1 + bytes + TAG_BYTES * Math.max(1, Math.ceil(bytes / CHUNK_BYTES));
}

/** The sealed bytes of a content. A context must never be used for a second one: draw an id for each. */
export async function* sealedStream(
  dataKey: KeyObject,
  content: AsyncIterable<Uint8Array>,
  context: string,
): AsyncGenerator<Buffer> {
  const key = derivedKey(dataKey, context);
  yield Buffer.of(FORMAT);
  for await (const { chunk, number, isLast } of numbered(content, CHUNK_BYTES)) {
    const cipher = createCipheriv(CIPHER, key, nonceOf(number, isLast), { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.of(FORMAT));
    yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  }
}

/**
 * The content that was sealed for this context; each chunk is given only after it was found unchanged and in its place.
 *
 * @throws SealBroken, also after some of it was given
 */
export async function* openedStream(
  dataKey: KeyObject,
  sealed: AsyncIterable<Uint8Array>,
  context: string,
): AsyncGenerator<Buffer> {
  const key = derivedKey(dataKey, context);
  for await (const { chunk, number, isLast } of numbered(withoutFormat(sealed, context), CHUNK_BYTES + TAG_BYTES)) {
    if (chunk.length < TAG_BYTES) throw new SealBroken(context);
    const decipher = createDecipheriv(CIPHER, key, nonceOf(number, isLast), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.of(FORMAT));
    decipher.setAuthTag(chunk.subarray(chunk.length - TAG_BYTES));
    const content = decipher.update(chunk.subarray(0, chunk.length - TAG_BYTES));
    try {
      decipher.final();
    } catch (cause) {
      throw new SealBroken(context, { cause });
    }
    yield content;
  }
}

async function* withoutFormat(sealed: AsyncIterable<Uint8Array>, context: string): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const bytes of sealed) {
    if (bytes.length === 0) continue;
    if (isFirst && bytes[0] !== FORMAT) throw new SealBroken(context);
    yield isFirst ? bytes.subarray(1) : bytes;
    isFirst = false;
  }
}

/** All in chunks of one size, of which only the last may be shorter; there is always one. */
async function* numbered(bytes: AsyncIterable<Uint8Array>, size: number) {
  let held: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  for await (const some of bytes) {
    held.push(some);
    length += some.length;
    if (length <= size) continue;
    let rest = Buffer.concat(held);
    for (; rest.length > size; rest = rest.subarray(size)) {
      yield { chunk: rest.subarray(0, size), number: number++, isLast: false };
    }
    held = [rest];
    length = rest.length;
  }
  yield { chunk: Buffer.concat(held), number, isLast: true };
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(number, NONCE_BYTES - 5);
  nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
  return nonce;
}
