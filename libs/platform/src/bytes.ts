import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The one text of a JSON value (RFC 8785), whatever the order its properties were written in. What is hashed, signed or
 * compared is this text.
 *
 * @throws TypeError for what JSON has no text for: undefined, a function, a symbol; Error for NaN and Infinity.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError(`There is no JSON text for a value of type ${typeof value}.`);
  return text;
}

/** SHA-256 of bytes, or of the UTF-8 bytes of a text, in lower-case hexadecimal. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
