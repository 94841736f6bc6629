import { createHash } from 'node:crypto';
import { HttpException } from '@nestjs/common';
import type { AttachmentMediaType } from '#contracts';
import { DossierError, FieldInvalid } from '#domain';
import type { RequestOfCaller } from '#platform';
import { KindOfBytes } from './media-type';

/** What is taken of one file. */
export const MOST_BYTES = 20 * 1024 * 1024;
const LONGEST_NAME = 200;

/** A file as it is handed in: what is said of it, and its bytes as they come. */
export interface Upload {
  readonly name: string;
  readonly componentCode: string | null;
  /** How many bytes will come; the connection breaks off where fewer do. */
  readonly size: number;
  /** SHA-256 that the sender counted. */
  readonly sha256: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Thrown for a body that is no file as it is. */
export class MediaTypeRefused extends HttpException {
  constructor() {
    super('Send the bytes of the file as they are, as application/octet-stream.', 415, {
      errorCode: 'MEDIA_TYPE_REFUSED',
    });
  }
}

/** Thrown for a file that is larger than is taken. */
export class AttachmentTooLarge extends HttpException {
  constructor() {
    super(`A file may have ${MOST_BYTES} bytes at most.`, 413, { errorCode: 'ATTACHMENT_TOO_LARGE' });
  }
}

/** Thrown when other bytes came than the sender counted: something on the way changed them. */
export class HashMismatch extends DossierError {
  readonly code = 'ATTACHMENT_HASH_MISMATCH';
  readonly kind = 'invalid';

  constructor() {
    super('The bytes that came do not have the SHA-256 that was sent with them; send the file again.');
  }
}

/** Thrown when the sender went away half-way. */
class UploadBrokenOff extends DossierError {
  readonly code = 'UPLOAD_BROKEN_OFF';
  readonly kind = 'invalid';

  constructor() {
    super('The upload broke off; nothing was kept.');
  }
}

/**
 * The file of a request: its bytes are the body, its name and hash stand in headers.
 *
 * @throws MediaTypeRefused, AttachmentTooLarge, FieldInvalid
 */
export function uploadOf(request: RequestOfCaller, componentCode: string | null): Upload {
  if (!/^application\/octet-stream(;|$)/i.test(request.header('content-type') ?? '')) throw new MediaTypeRefused();
  const size = Number(request.header('content-length') ?? 'unknown');
  if (size > MOST_BYTES) throw new AttachmentTooLarge();
  if (!(size > 0)) throw new FieldInvalid('Content-Length', 'must be sent: how many bytes the file has, not 0');
  const sha256 = request.header('x-attachment-sha256') ?? '';
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new FieldInvalid('X-Attachment-Sha256', 'must be the SHA-256 of the file, 64 lower-case hexadecimal digits');
  }
  return { name: nameIn(request.header('x-attachment-name')), componentCode, size, sha256, bytes: request };
}

/** What a file is called: text for people, in which no path is left. */
function nameIn(header: string | undefined): string {
  const name =
    decoded(header ?? '')
      .normalize('NFC')
      .split(/[/\\]/)
      .at(-1)
      ?.trim() ?? '';
  if (name === '' || name.length > LONGEST_NAME || /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(name)) {
    throw new FieldInvalid(
      'X-Attachment-Name',
      `must be the name of the file, percent-encoded UTF-8: 1 to ${LONGEST_NAME} characters, none that is no text or turns its direction`,
    );
  }
  return name;
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return ''; // No percent-encoded UTF-8: refused as no name.
  }
}

/** Reads an upload through: how many bytes, of which kind and with which hash is known when the last was given. */
export class ReadThrough {
  mediaType: AttachmentMediaType | null = null;

  constructor(private readonly upload: Upload) {}

  /** The bytes; the end comes only where all is as it should be. @throws KindRefused, HashMismatch, AttachmentTooLarge */
  async *bytes(): AsyncGenerator<Uint8Array> {
    const [hash, kind] = [createHash('sha256'), new KindOfBytes()];
    let length = 0;
    for await (const some of whole(this.upload.bytes)) {
      length += some.length;
      if (length > this.upload.size) throw new AttachmentTooLarge();
      hash.update(some);
      kind.take(some);
      yield some;
    }
    if (length !== this.upload.size || hash.digest('hex') !== this.upload.sha256) throw new HashMismatch();
    this.mediaType = kind.ended();
  }
}

async function* whole(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    throw new UploadBrokenOff();
  }
}
