import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

const KEY_BYTES = 32;

/**
 * A key for one purpose, derived from another (HKDF-SHA-256, RFC 5869): neither it nor what it makes tells anything of the key it
 * comes from, or of keys for other purposes.
 */
export function derivedKey(from: KeyObject, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', from.export(), Buffer.alloc(0), purpose, KEY_BYTES)));
}

/**
 * HMAC-SHA-256 of a text's UTF-8 bytes: equal texts have equal marks, so that they are found again without being stored, and
 * without the key nobody can try out which text it was.
 */
export function blindMark(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
