/**
 * The port to whatever carries messages. All of the product but this library knows these interfaces only; whatever
 * implements them must pass `messaging.kafka.spec.ts`.
 */

/** One message to publish. Messages of one key keep their order. */
export interface OutgoingMessage {
  readonly key: string;
  readonly value: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Tells everyone. */
export interface Publisher {
  /**
   * Resolves when all messages are acknowledged by every replica in sync. Order within a key is kept, duplicates are
   * normal. One call at a time: whoever calls again before the answer is refused.
   *
   * After an error nobody knows which of the messages arrived: publish again from the last acknowledged position.
   *
   * @throws PublishInProgress, PublisherClosed, MessageTooLarge; MessagingUnavailable for everything that may pass.
   */
  publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;

  /** Gives the connections back, within ten seconds. */
  close(): Promise<void>;
}

/** One message as it arrived. `value` holds the exact bytes. */
export interface ReceivedMessage {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Decimal, of arbitrary size; ordered within a partition. */
  readonly offset: string;
  readonly headers: Readonly<Record<string, string>>;
  /** When it was published, by the publisher's clock; UTC, ISO 8601. Decides nothing. */
  readonly timestamp: string;
}

/** What arrived of one partition since the last batch, in order, never empty. */
export interface Batch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly ReceivedMessage[];
  /** Whether the partition may be somebody else's by now, or a stop was asked for: then begin nothing more, and throw. */
  isStale(): boolean;
}

/**
 * Brings about the effect of a batch. Returned: the batch is done, its position is kept. Thrown: the whole batch comes
 * again after a pause; nothing is lost or skipped. A batch may come again in either case, also on another machine at the
 * same time, so the effect is idempotent.
 */
export type HandleBatch = (batch: Batch) => Promise<void>;

/** Hears everything from the beginning, at least once, in order per key; members of a group share the partitions. */
export interface Subscriber {
  /**
   * Begins to hear and resolves once the group was joined; waits for servers and topics that are not there yet. Batches
   * of different partitions are handled concurrently, those of one partition one after the other. Call it once.
   */
  run(topics: readonly string[], handle: HandleBatch): Promise<void>;

  /**
   * How many messages wait for this group, asked of the broker: the only sign of health worth having, because a consumer
   * can be connected and hear nothing.
   *
   * @throws MessagingUnavailable
   */
  lag(): Promise<number>;

  /** Takes nothing more in, lets what is under way finish, leaves the group; gives up after ten seconds. */
  stop(): Promise<void>;
}

/** Where this library writes what operators should know; pino's loggers are such logs. */
export interface Log {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}
