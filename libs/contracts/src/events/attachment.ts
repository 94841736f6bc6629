import { postHolderSchema, type PostHolder } from '../post-holder';
import { integer, matching, oneOf, orNull, record, text, uuid } from '../schema';

/** What a file may be: what scanners and offices write, and nothing that a browser or a reader would execute. */
export const attachmentMediaTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/tiff',
  'image/webp',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
] as const;
export type AttachmentMediaType = (typeof attachmentMediaTypes)[number];

/** A file as the journal knows it. Its name is in no event: names of files name people. */
export interface AttachedFile {
  readonly attachmentId: string;
  /** The paper of the procedure that it is; null for one that is none of them. */
  readonly componentCode: string | null;
  /** By its first bytes, not by its name. */
  readonly mediaType: AttachmentMediaType;
  readonly bytes: number;
  /** SHA-256 of the bytes as they were handed in, lower-case hexadecimal: the proof that the file is that one. */
  readonly sha256: string;
}

/** A file was added to the dossier's papers; its bytes were safe in the store before. No clock moves. */
export interface AttachmentAdded extends AttachedFile {
  readonly actor: PostHolder;
}

export const attachmentAddedSchema = record<AttachmentAdded>({
  actor: postHolderSchema,
  attachmentId: uuid,
  componentCode: orNull(text),
  mediaType: oneOf(attachmentMediaTypes),
  bytes: integer(1),
  sha256: matching('^[0-9a-f]{64}$'),
});

/** A file was taken back: added by mistake. It stays where it is, and says so. No clock moves. */
export interface AttachmentWithdrawn {
  readonly actor: PostHolder;
  readonly attachmentId: string;
  readonly reasonCode: string;
}

export const attachmentWithdrawnSchema = record<AttachmentWithdrawn>({
  actor: postHolderSchema,
  attachmentId: uuid,
  reasonCode: text,
});
