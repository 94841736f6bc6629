import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { KeyFileInvalid, readKeyText } from './key-file';

/*
 * AES-256-GCM for personal data: a key per dossier seals the columns, a key from outside the database wraps that key.
 * Destroying the wrapped key makes the columns unreadable for ever (Law 91/2025/QH15, erasure).
 *
 * Sealed bytes: format (1 byte, = 1) | nonce (12) | ciphertext | tag (16).
 */
const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const WRAPPED_KEY = 'motcua data key';

/**
 * Thrown when sealed bytes were changed, belong to another context, or were sealed with another key. Nothing in a request
 * can mend it, so it is no refusal but a fault of the stored data, and an alarm.
 */
export class SealBroken extends Error {
  readonly code = 'SEAL_BROKEN';
  override readonly name = 'SealBroken';

  constructor(
    readonly context: string,
    options?: ErrorOptions,
  ) {
    super(`The sealed bytes of "${context}" were changed, moved, or sealed with another key.`, options);
  }
}

/** A new random key for one dossier. A KeyObject, because it cannot slip into a log or an answer. */
export function newDataKey(): KeyObject {
  return createSecretKey(randomBytes(KEY_BYTES));
}

/** The data key, sealed with the key-encryption key: what is stored beside the dossier. */
export function wrapKey(kek: KeyObject, dataKey: KeyObject): Buffer {
  return seal(kek, dataKey.export(), WRAPPED_KEY);
}

/**
 * The data key that was wrapped.
 *
 * @throws SealBroken
 */
export function unwrapKey(kek: KeyObject, wrapped: Uint8Array): KeyObject {
  return createSecretKey(open(kek, wrapped, WRAPPED_KEY));
}

/**
 * Seals bytes, or the UTF-8 bytes of a text. `context` says where they belong (table, column, dossier): it is not stored,
 * and they open only where they belong. Two seals of the same text differ.
 */
export function seal(dataKey: KeyObject, plaintext: Uint8Array | string, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, dataKey, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticated(context));
  const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/**
 * The bytes that were sealed for this context.
 *
 * @throws SealBroken
 */
export function open(dataKey: KeyObject, sealed: Uint8Array, context: string): Buffer {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT) throw new SealBroken(context);
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, dataKey, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(authenticated(context));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plaintext = decipher.update(sealed.subarray(1 + NONCE_BYTES, sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch (cause) {
    throw new SealBroken(context, { cause });
  }
}

/** The format is authenticated too, so that a later one can never be passed off as this one. */
function authenticated(context: string): Buffer {
  return Buffer.concat([Buffer.of(FORMAT), Buffer.from(context, 'utf8')]);
}

/**
 * A 256-bit key from a file that holds it in base64 (`openssl rand -base64 32`).
 *
 * @throws KeyFileInvalid
 */
export function readKeyFile(path: string): KeyObject {
  const text = readKeyText(path).trim();
  const key = Buffer.from(text, 'base64');
  // Buffer.from skips what is no base64; only a text that comes out the same was one.
  if (key.length !== KEY_BYTES || key.toString('base64') !== text) {
    throw new KeyFileInvalid(path, 'does not hold 32 bytes in base64');
  }
  return createSecretKey(key);
}
