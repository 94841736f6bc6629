/** One entry of a stream, as the journal wrote it. */
export interface StreamEntry {
  /** A dossier's id, `organisation` or `catalogue`. */
  readonly stream: string;
  /** 1, 2, 3 ... without a gap. */
  readonly sequence: number;
  /** Lower-case hex SHA-256 of the bytes of `body`. */
  readonly hash: string;
  /** CloudEvents JSON: the exact bytes of the journal, as UTF-8 text. */
  readonly body: string;
}

/** A message that was put aside. */
export interface DeadLetter {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Empty when it had none. */
  readonly key: string;
  /** The exact text; what is no UTF-8 text, or holds a NUL, is `base64:` and its bytes in base64. */
  readonly value: string;
}

/**
 * What a consumer has applied: one per consumer, in its own database, so that an effect and the memory of it are one
 * transaction. An error of kind `unavailable`, from any of these, says that a *server* is down: nothing is put aside for
 * it, however long it lasts. So translate the errors of servers (connection refused, time-outs) to it.
 */
export interface Inbox {
  /** The last entry of the stream that was applied; null before the first. */
  last(stream: string): Promise<{ readonly sequence: number; readonly hash: string } | null>;

  /** Whether a message of the stream was put aside, so that later ones must wait. */
  isBlocked(stream: string): Promise<boolean>;

  /**
   * Applies consecutive entries, the first of which follows on the last applied, and remembers the last, in one
   * transaction where the effect allows. Another member of the group may do the same at the same time: entries that were
   * applied meanwhile are passed over, not refused.
   *
   * An error with a `kind` other than `unavailable` refuses the entries for good: the first refused becomes a dead letter.
   */
  apply(stream: string, entries: readonly StreamEntry[]): Promise<void>;

  /**
   * Keeps the message with its reason, and marks the stream (where it is known) as blocked, in one transaction. The same
   * topic, partition and offset may come again. To let the stream go on, clear the mark and call `goOn`: what was missed is
   * fetched from the journal.
   */
  deadLetter(message: DeadLetter, stream: string | null, reason: string): Promise<void>;
}

/**
 * The journal, by HTTP: entries after a sequence, oldest first, without a gap. May return only some of them, but none only
 * when there are none.
 */
export type FetchEntries = (stream: string, afterSequence: number) => Promise<readonly StreamEntry[]>;
