import { postHolderSchema, type PostHolder } from '../post-holder';
import { matching, orNull, record, uuid } from '../schema';

/**
 * The office and an applicant wrote to each other: what a court may ask for. Told in the stream `messages`, because it moves no
 * dossier on and may come after its end. Not what was written.
 */
export interface MessageExchanged {
  readonly dossierId: string;
  readonly messageId: string;
  /** Who wrote for the office; null where the applicant wrote. */
  readonly author: PostHolder | null;
  /** SHA-256 of the sealed bytes, hexadecimal: what is kept is what was written, and without the dossier's key it tells nothing. */
  readonly sealedHash: string;
}

export const messageExchangedSchema = record<MessageExchanged>({
  dossierId: uuid,
  messageId: uuid,
  author: orNull(postHolderSchema),
  sealedHash: matching('^[0-9a-f]{64}$'),
});
