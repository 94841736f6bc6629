import { postHolderSchema, type PostHolder } from '../post-holder';
import { integer, matching, oneOf, orNull, record, text } from '../schema';

/** The services that put messages aside. */
export const consumers = ['clock', 'oversight'] as const;
export type Consumer = (typeof consumers)[number];

/**
 * Why a message that was put aside is of no use to anybody: told by somebody else (`foreign`), broken on its way (`damaged`),
 * told rightly by the journal since (`superseded`), or made to see what happens (`drill`).
 */
export const discardReasons = ['foreign', 'damaged', 'superseded', 'drill'] as const;
export type DiscardReason = (typeof discardReasons)[number];

/** Which message a consumer could not apply; the message itself is not told. */
export interface DiscardedLetter {
  readonly consumer: Consumer;
  readonly topic: string;
  /** -1 where it came by the feed. */
  readonly partition: number;
  /** Decimal; of the partition, or the position in the feed. */
  readonly offset: string;
  /** Lower-case hex SHA-256 of the message's bytes: after Kafka was filled again, its offset may be another's. */
  readonly sha256: string;
  /** The stream that waited for it; null where the message named none. */
  readonly stream: string | null;
}

/** A person took a message away that a consumer had put aside: nobody will apply it any more. */
export interface DeadLetterDiscarded extends DiscardedLetter {
  readonly actor: PostHolder;
  readonly reasonCode: DiscardReason;
}

export const deadLetterDiscardedSchema = record<DeadLetterDiscarded>({
  actor: postHolderSchema,
  consumer: oneOf(consumers),
  topic: text,
  partition: integer(-1),
  offset: matching('^[0-9]+$'),
  sha256: matching('^[0-9a-f]{64}$'),
  stream: orNull(text),
  reasonCode: oneOf(discardReasons),
});
