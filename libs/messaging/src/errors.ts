import { DossierError } from '#domain';

/** Thrown when Kafka cannot be reached, or did not answer in time. What was asked may have happened or not. */
export class MessagingUnavailable extends DossierError {
  readonly code = 'MESSAGING_UNAVAILABLE';
  readonly kind = 'unavailable';

  constructor(
    readonly attempted: string,
    override readonly cause: unknown,
  ) {
    super(`Kafka could not ${attempted}: ${textOf(cause)}`);
  }
}

/** Thrown when a publisher is asked to publish before it has answered: two at once would mix up the order. */
export class PublishInProgress extends DossierError {
  readonly code = 'PUBLISH_IN_PROGRESS';
  readonly kind = 'conflict';

  constructor(readonly topic: string) {
    super(`Nothing was published to ${topic}: this publisher is still publishing. Await it, or make another.`);
  }
}

/** Thrown when a closed publisher is asked to publish. */
export class PublisherClosed extends DossierError {
  readonly code = 'PUBLISHER_CLOSED';
  readonly kind = 'conflict';

  constructor(readonly topic: string) {
    super(`Nothing was published to ${topic}: this publisher is closed.`);
  }
}

/** Thrown for a message larger than its topic takes (`max.message.bytes`). Trying again cannot help. */
export class MessageTooLarge extends DossierError {
  readonly code = 'MESSAGE_TOO_LARGE';
  readonly kind = 'invalid';

  constructor(
    readonly topic: string,
    override readonly cause: unknown,
  ) {
    super(`${topic} does not take a message of this size; see its setting max.message.bytes.`);
  }
}

/** Thrown when a topic exists that would break a promise; nothing is changed about it, that is the operator's to decide. */
export class TopicUnfit extends DossierError {
  readonly code = 'TOPIC_UNFIT';
  readonly kind = 'conflict';

  constructor(
    readonly topic: string,
    readonly reason: string,
  ) {
    super(`Topic ${topic} ${reason}`);
  }
}

/** Thrown for a message that is not an entry of a stream. */
export class MessageUnreadable extends DossierError {
  readonly code = 'MESSAGE_UNREADABLE';
  readonly kind = 'invalid';

  constructor(readonly rule: string) {
    super(`Not an entry of a stream: ${rule}.`);
  }
}

/**
 * Thrown when two histories of one stream disagree: another hash for a number that is known, or a number that the journal
 * lacks. So it looks after a journal was restored to an earlier time, or changed. Nothing may be applied until somebody
 * has decided which history holds.
 */
export class HistoryForked extends DossierError {
  readonly code = 'HISTORY_FORKED';
  readonly kind = 'conflict';

  constructor(
    readonly stream: string,
    readonly sequence: number,
    readonly detail: string,
  ) {
    super(`The history of stream ${stream} forked at entry ${sequence}: ${detail}.`);
  }
}

/** Thrown when part of a batch could not be applied for now. Applying the batch again does what is missing. */
export class BatchIncomplete extends DossierError {
  readonly code = 'BATCH_INCOMPLETE';
  readonly kind = 'unavailable';

  constructor(
    readonly waitingStreams: number,
    override readonly cause: unknown,
  ) {
    super(`${waitingStreams} stream(s) of the batch wait${cause === null ? '' : `: ${textOf(cause)}`}`);
  }
}

/** What an error says in one line. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
