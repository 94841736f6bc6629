import type { AttachmentMediaType } from '#contracts';
import { DossierError } from '#domain';

/** Thrown for a file that is none of the kinds an office takes, or one that holds macros. */
export class KindRefused extends DossierError {
  readonly code = 'ATTACHMENT_KIND_REFUSED';
  readonly kind = 'invalid';

  constructor(readonly reason: 'unknown' | 'macros' | 'unreadable') {
    super(`${reasons[reason]} What is taken: PDF, PNG, JPEG, TIFF, WebP, docx, xlsx, odt and ods without macros.`);
  }
}

const reasons = {
  unknown: 'By its first bytes the file is none of the kinds that are taken.',
  macros: 'The file holds macros or controls, which could act on the computer of whoever opens it.',
  unreadable: 'The table of contents of the file cannot be read.',
} as const;

/** How kinds begin, byte for byte as Latin-1. */
const beginnings: readonly (readonly [AttachmentMediaType, string])[] = [
  ['application/pdf', '%PDF-'],
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/tiff', 'II*\0'],
  ['image/tiff', 'MM\0*'],
];
/** Between the two words stands its length. */
const WEBP = /^RIFF[^]{4}WEBP/;
const ZIP = 'PK\x03\x04';

/** Office documents by a part that each has; OpenDocument says its type in its first part, which is never compressed. */
const office = 'application/vnd.openxmlformats-officedocument';
const parts: readonly (readonly [AttachmentMediaType, string])[] = [
  [`${office}.wordprocessingml.document`, 'word/document.xml'],
  [`${office}.spreadsheetml.sheet`, 'xl/workbook.xml'],
];
const openDocument = /^PK[^]{28}mimetype(application\/vnd\.oasis\.opendocument\.(?:text|spreadsheet))PK/;
const macros = /(^|\/)(vba[^/]*\.(bin|xml)$|activex\/|macrosheets\/)|^(basic|scripts)\//i;

const HEAD_BYTES = 160;
/** The table of contents of a ZIP lies at its end; one of some thousand parts is shorter than this. */
const TAIL_BYTES = 256 * 1024;

/**
 * What a file is, by its bytes as they go by: neither its name nor what the caller says of it is asked. Nothing is unpacked; of a
 * ZIP the table of contents is read.
 */
export class KindOfBytes {
  private head = Buffer.alloc(0);
  private tail = Buffer.alloc(0);
  private length = 0;

  /** @throws KindRefused as soon as it is known */
  take(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (this.head.length < HEAD_BYTES) {
      this.head = Buffer.concat([this.head, bytes.subarray(0, HEAD_BYTES - this.head.length)]);
      if (this.head.length === HEAD_BYTES && this.known() === null && !this.isZip()) throw new KindRefused('unknown');
    }
    if (!this.isZip()) return;
    const kept = Buffer.concat([this.tail, bytes]);
    this.tail = kept.subarray(Math.max(0, kept.length - TAIL_BYTES));
  }

  /** After the last byte. @throws KindRefused */
  ended(): AttachmentMediaType {
    const known = this.known() ?? (this.isZip() ? this.ofZip() : null);
    if (known === null) throw new KindRefused('unknown');
    return known;
  }

  private known(): AttachmentMediaType | null {
    const text = this.head.toString('latin1');
    if (WEBP.test(text)) return 'image/webp';
    return beginnings.find(([, beginning]) => text.startsWith(beginning))?.[0] ?? null;
  }

  private isZip(): boolean {
    return this.head.toString('latin1', 0, 4) === ZIP;
  }

  private ofZip(): AttachmentMediaType | null {
    const names = namesIn(this.tail, this.length - this.tail.length);
    if (names.some((name) => macros.test(name))) throw new KindRefused('macros');
    const [, said] = openDocument.exec(this.head.toString('latin1')) ?? [];
    if (said !== undefined) return said as AttachmentMediaType;
    if (!names.includes('[Content_Types].xml')) return null;
    return parts.find(([, part]) => names.includes(part))?.[0] ?? null;
  }
}

const END = Buffer.from('PK\x05\x06', 'latin1');
const ENTRY = 0x02014b50;

/** The names in a ZIP's table of contents, of which `tail` is the end, from byte `at` on. @throws KindRefused */
function namesIn(tail: Buffer, at: number): readonly string[] {
  const end = tail.lastIndexOf(END);
  if (end === -1 || end + 22 > tail.length) throw new KindRefused('unreadable');
  const count = tail.readUInt16LE(end + 10);
  const names: string[] = [];
  let place = tail.readUInt32LE(end + 16) - at;
  while (names.length < count) {
    if (place < 0 || place + 46 > end || tail.readUInt32LE(place) !== ENTRY) throw new KindRefused('unreadable');
    const [name, extra, comment] = [28, 30, 32].map((offset) => tail.readUInt16LE(place + offset)) as [
      number,
      number,
      number,
    ];
    names.push(tail.toString('utf8', place + 46, place + 46 + name));
    place += 46 + name + extra + comment;
  }
  // Whoever reads from the front or from the back must find the same parts.
  if (place !== end) throw new KindRefused('unreadable');
  return names;
}
