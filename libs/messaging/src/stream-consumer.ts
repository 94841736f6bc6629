import { CatchUp, type CatchUpOptions } from './catch-up';
import { BatchIncomplete, HistoryForked, MessageTooLarge, MessageUnreadable, textOf } from './errors';
import type { DeadLetter, StreamEntry } from './inbox';
import type { HandleBatch, Log, Publisher } from './messaging';
import { kindOf, Poison } from './poison';
import { Slots } from './slots';
import { read, type Told } from './stream-entry';
import { topics } from './topics';

/** What `streamConsumer` needs besides an inbox, the journal, and the judgement of entries. */
export interface StreamConsumerOptions extends CatchUpOptions {
  /** Used for dead letters alone: a publisher does one thing at a time. */
  readonly deadLetters: Publisher;
  readonly log: Log;
  /** How many streams are worked at once, over all partitions; 16 unless given. */
  readonly concurrency?: number;
}

/** What hears messages and applies entries. */
export interface StreamConsumer {
  readonly handle: HandleBatch;

  /**
   * Lets a stream go on from its journal once its mark was cleared, as if its newest entry were told again: applies all that
   * it lacks. Answers null, or why it was put aside again, with this letter, because what the journal holds cannot be
   * applied. Idempotent, also on several members at once. Throws what may pass.
   */
  goOn(stream: string, letter: DeadLetter): Promise<string | null>;

  /** How many entries were applied, since the start, whose type this build does not know. */
  unknownTypes(): number;
}

/**
 * The inbox rule: makes of messages that arrive twice, late, out of order, or not at all, entries that are applied once,
 * in order, without a gap.
 *
 * Per stream: a number that was applied is dropped, the next is applied, and before a later one the missing are fetched
 * from the journal. What can never be applied (unreadable, not valid, refused for good, a fork of the history) is put
 * aside as a dead letter, and only its stream waits. What cannot be applied *now* makes the batch come again. A stream
 * that fails five times with an error of no kind of ours, while others succeed, is put aside as well. While nothing
 * succeeds, or a server is said to be `unavailable`, everything waits and nothing is put aside.
 */
export function streamConsumer(options: StreamConsumerOptions): StreamConsumer {
  return new InboxRule(options);
}

const REFUSALS = 5;
const LONGEST_REASON = 500;

/** A stream that could not be worked, for a reason that may pass. */
interface Refused {
  readonly stream: string;
  /** Sent again, the newest makes the consumer fetch all before it. */
  readonly newest: DeadLetter;
  readonly error: unknown;
}

class InboxRule implements StreamConsumer {
  private readonly concurrency: number;
  private readonly slots: Slots;
  private readonly burials = new Slots(1);
  private readonly streams: CatchUp;
  /** How many times a stream was worked with success: while it grows, the servers are up. */
  private successes = 0;
  /** Streams that fail: how often while others succeeded, and `successes` when that was last looked at. */
  private readonly refusals = new Map<string, { readonly count: number; readonly successes: number }>();
  private unknown = 0;

  constructor(private readonly options: StreamConsumerOptions) {
    this.concurrency = options.concurrency ?? 16;
    this.slots = new Slots(this.concurrency);
    this.streams = new CatchUp({ ...options, onUnknownType: (entry, type) => this.countUnknown(entry, type) });
  }

  readonly handle: HandleBatch = async (batch) => {
    const before = this.successes;
    const told = batch.messages.map((message) => read(batch.topic, batch.partition, message));

    const refused: Refused[] = [];
    let notBegun = 0;
    const work = async ([stream, ofStream]: [string, Told[]]): Promise<void> => {
      const nothingWorks = refused.length >= this.concurrency && this.successes === before;
      if (nothingWorks || batch.isStale()) notBegun += 1;
      else refused.push(...(await this.work(stream, ofStream)));
    };
    await Promise.all([...byStream(told)].map((group) => this.slots.run(() => work(group))));

    for (const { stream, letter, content } of told) if (stream === null) await this.putAside(letter, null, content);
    const waiting: Refused[] = [];
    for (const refusal of refused) if (!(await this.givesUp(refusal, before))) waiting.push(refusal);
    if (waiting.length + notBegun > 0) throw new BatchIncomplete(waiting.length + notBegun, waiting[0]?.error ?? null);
  };

  async goOn(stream: string, letter: DeadLetter): Promise<string | null> {
    return this.slots.run(async () => {
      try {
        await this.streams.goOn(stream, letter);
        return null;
      } catch (error) {
        if (!(error instanceof Poison)) throw error;
        return this.putAside(error.letter, stream, error.cause);
      }
    });
  }

  unknownTypes(): number {
    return this.unknown;
  }

  private countUnknown({ stream, sequence }: StreamEntry, type: string): void {
    this.unknown += 1;
    this.options.log.warn(
      { stream, sequence, type },
      'an event of a newer build: its place counts, what it says does not',
    );
  }

  /** Returns the stream if it was refused for now. */
  private async work(stream: string, told: readonly Told[]): Promise<Refused[]> {
    try {
      if (await this.catchUp(stream, told)) this.successes += 1;
      this.refusals.delete(stream);
      return [];
    } catch (error) {
      return [{ stream, newest: newestOf(told), error }];
    }
  }

  /** Whether anything was applied. */
  private async catchUp(stream: string, told: readonly Told[]): Promise<boolean> {
    try {
      return await this.streams.catchUp(stream, told);
    } catch (error) {
      if (!(error instanceof Poison)) throw error;
      await this.putAside(error.letter, stream, error.cause);
      return false;
    }
  }

  /** A refusal counts against the stream only if others succeeded since the one before: then the servers are up. */
  private async givesUp({ stream, newest, error }: Refused, before: number): Promise<boolean> {
    if (kindOf(error) === 'unavailable') return false;
    const refusal = this.refusals.get(stream) ?? { count: 0, successes: before };
    const count = refusal.count + (this.successes > refusal.successes ? 1 : 0);
    this.refusals.set(stream, { count, successes: this.successes });
    if (count < REFUSALS) return false;

    await this.putAside(
      newest,
      stream,
      new Error(`refused ${count} times, at last with: ${textOf(error)}`, { cause: error }),
    );
    this.refusals.delete(stream);
    return true;
  }

  /**
   * The topic first: once the stream is marked as blocked, its messages are not looked at again. Answers the reason as it is
   * kept.
   */
  private async putAside(letter: DeadLetter, stream: string | null, cause: unknown): Promise<string> {
    const { inbox, log } = this.options;
    const reason = printable(textOf(cause));
    await this.burials.run(() => this.publish(letter, stream, reason));
    await inbox.deadLetter(letter, stream, reason);
    const { topic, partition, offset } = letter;
    log.error(
      { stream, topic, partition, offset, err: cause },
      cause instanceof HistoryForked ? 'HISTORY FORKED' : 'dead letter',
    );
    return reason;
  }

  private async publish(
    { topic, partition, offset, key, value }: DeadLetter,
    stream: string | null,
    reason: string,
  ): Promise<void> {
    const headers = { reason, topic, partition: String(partition), offset, stream: stream ?? '' };
    try {
      await this.options.deadLetters.publish(topics.deadLetter, [{ key, value, headers }]);
    } catch (error) {
      if (!(error instanceof MessageTooLarge)) throw error;
      this.options.log.error(
        { topic, partition, offset, err: error },
        'too large for the dead-letter topic: kept in the table alone',
      );
    }
  }
}

/** The messages of each stream, in the order in which they came. */
function byStream(told: readonly Told[]): Map<string, Told[]> {
  const streams = new Map<string, Told[]>();
  for (const one of told) {
    if (one.stream === null) continue;
    const ofStream = streams.get(one.stream);
    if (ofStream) ofStream.push(one);
    else streams.set(one.stream, [one]);
  }
  return streams;
}

function newestOf(told: readonly Told[]): DeadLetter {
  return told.reduce((newest, other) => (sequenceOf(other) >= sequenceOf(newest) ? other : newest)).letter;
}

function sequenceOf({ content }: Told): number {
  return content instanceof MessageUnreadable ? 0 : content.sequence;
}

/** One line that a log, a header and a database can keep. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, LONGEST_REASON);
}
