import type { Admin, Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { MessagingUnavailable } from './errors';
import { kafkaClient, type KafkaOptions } from './kafka-client';
import type { HandleBatch, ReceivedMessage, Subscriber } from './messaging';
import { isDoneWithin, pauseAfterMs, sleep } from './waiting';

export interface KafkaSubscriberOptions extends KafkaOptions {
  /** Members of one group share the partitions; each group hears everything. */
  readonly groupId: string;
  /** The subscriber hears nothing any more and will not by itself: log it and end the process, so that it is started anew. */
  readonly onFatal: (error: Error) => void;
  /** After how long without a sign of life a member is dead and others take over its partitions; 20 s unless given. */
  readonly sessionTimeoutMs?: number;
}

const STOP_LIMIT_MS = 10_000;
/**
 * An answer is waited for longer than a session lasts. After a crash kafkajs joins twice, and the group may be led by the one of the
 * two that nobody listens to any more; whoever waits for its plan hears of it when that session ends. Asked for a shorter time it would
 * leave, join twice again, and so for ever.
 */
const LEADER_MARGIN_MS = 5_000;
/** How long a fetch waits for messages when there are none; a stop takes as long. It delays no message. */
const FETCH_WAIT_MS = 1_000;
const HEARTBEAT_MS = 1_000;
/** As many as the busiest topic has. kafkajs fetches again when all of one fetch are handled: a handler has a time-out. */
const PARTITIONS_AT_ONCE = 12;

/** A subscriber to Kafka. It starts at the beginning of a topic where its group has kept no position. */
export function kafkaSubscriber(options: KafkaSubscriberOptions): Subscriber {
  return new KafkaSubscriber(options);
}

/**
 * kafkajs with its own commits off: a position is kept only after the effect. A batch that fails is not given back to
 * kafkajs as an error, because that restarts the whole consumer; its partition alone is paused and then fetched again.
 */
class KafkaSubscriber implements Subscriber {
  private readonly consumer: Consumer;
  private readonly stopping = new AbortController();
  /** Failures in a row, per partition. */
  private readonly failures = new Map<string, number>();
  private topics: readonly string[] = [];
  private begun = Promise.resolve();
  private admin: Admin | null = null;

  constructor(private readonly options: KafkaSubscriberOptions) {
    const { groupId, sessionTimeoutMs = 20_000 } = options;
    const requestTimeoutMs = sessionTimeoutMs + LEADER_MARGIN_MS;
    this.consumer = kafkaClient({ requestTimeoutMs, ...options }).consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.min(3_000, sessionTimeoutMs / 3),
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: {
        initialRetryTime: 300,
        maxRetryTime: 10_000,
        retries: 5,
        restartOnFailure: () => Promise.resolve(!this.isStopping()),
      },
    });
  }

  async run(topics: readonly string[], handle: HandleBatch): Promise<void> {
    if (this.topics.length > 0) throw new Error('A subscriber runs once.');
    this.topics = topics;
    const joined = new Promise<void>((resolve) => {
      this.consumer.on('consumer.group_join', () => resolve());
      this.stopping.signal.addEventListener('abort', () => resolve());
    });
    this.watchForCrashes();
    this.begun = this.begin(handle);
    await this.begun;
    await joined;
  }

  async lag(): Promise<number> {
    if (this.topics.length === 0) throw new Error('A subscriber that does not run has no lag.');
    try {
      const admin = await this.connectedAdmin();
      const lags = await Promise.all(this.topics.map((topic) => this.lagOf(admin, topic)));
      return Number(lags.reduce((sum, lag) => sum + lag, 0n));
    } catch (error) {
      await this.discardAdmin();
      throw new MessagingUnavailable('tell the lag', error);
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    // Not before it has begun: kafkajs would begin all the same, and nobody would stop it (tulios/kafkajs#1593).
    const stopped = this.begun.then(() => Promise.all([this.consumer.disconnect(), this.discardAdmin()]));
    if (!(await isDoneWithin(STOP_LIMIT_MS, stopped))) {
      this.options.log.warn({ limitMs: STOP_LIMIT_MS }, 'the Kafka consumer did not stop in time and was left');
    }
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /** kafkajs restarts itself after most crashes; after the others the process would live on and hear nothing. */
  private watchForCrashes(): void {
    const { log, onFatal } = this.options;
    this.consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
      if (restart) log.info({ err: error }, 'the Kafka consumer starts anew');
      else if (!this.isStopping()) onFatal(error);
    });
  }

  /** Waits for brokers and topics that are not there yet: services start in any order. */
  private async begin(handle: HandleBatch): Promise<void> {
    const { log } = this.options;
    for (let attempt = 1; !this.isStopping(); attempt += 1) {
      try {
        await this.consumer.connect();
        await this.consumer.subscribe({ topics: [...this.topics], fromBeginning: true });
        if (this.isStopping()) return;
        await this.consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
          eachBatch: (payload) => this.work(payload, handle),
        });
        return;
      } catch (error) {
        const retryInMs = pauseAfterMs(attempt);
        log.warn({ err: error, topics: this.topics, attempt, retryInMs }, 'cannot subscribe yet');
        await sleep(retryInMs, this.stopping.signal);
      }
    }
  }

  private async work(payload: EachBatchPayload, handle: HandleBatch): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const heart = this.keepBeating(payload);
    const isStale = (): boolean => heart.isLost() || !payload.isRunning() || payload.isStale();
    try {
      await handle({ topic, partition, messages: messages.map(received), isStale });
    } catch (error) {
      this.postpone(payload, error);
      return;
    } finally {
      heart.stop();
    }
    this.failures.delete(keyOf(payload));
    await commit(payload);
  }

  /** The batch stays unresolved: once its partition is fetched again, it comes again. */
  private postpone(payload: EachBatchPayload, error: unknown): void {
    const { topic, partition, messages } = payload.batch;
    if (this.isStopping()) {
      this.options.log.info({ topic, partition, err: error }, 'a batch was left for the next start');
      return;
    }
    const attempt = (this.failures.get(keyOf(payload)) ?? 0) + 1;
    const retryInMs = pauseAfterMs(attempt);
    this.failures.set(keyOf(payload), attempt);
    this.options.log.warn(
      { topic, partition, offset: messages[0]?.offset, messages: messages.length, attempt, retryInMs, err: error },
      'a batch was not handled and comes again',
    );
    const resume = payload.pause();
    void sleep(retryInMs, this.stopping.signal).then(resume);
  }

  /** Keeps the member alive however long its handler takes; a handler that hangs shows as lag. */
  private keepBeating(payload: EachBatchPayload): { isLost(): boolean; stop(): void } {
    let lost = false;
    const timer = setInterval(() => {
      payload.heartbeat().catch((error: unknown) => {
        lost = true;
        clearInterval(timer);
        this.options.log.info({ err: error }, 'the group changes: this member may lose its partitions');
      });
    }, HEARTBEAT_MS);
    return { isLost: () => lost, stop: () => clearInterval(timer) };
  }

  private async lagOf(admin: Admin, topic: string): Promise<bigint> {
    const [offsets, committed] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      admin.fetchOffsets({ groupId: this.options.groupId, topics: [topic] }),
    ]);
    const positions = new Map(
      committed.flatMap(({ partitions }) => partitions.map((p) => [p.partition, BigInt(p.offset)])),
    );
    return offsets.reduce((sum, { partition, low, high }) => {
      const position = positions.get(partition) ?? -1n;
      return sum + BigInt(high) - (position > BigInt(low) ? position : BigInt(low));
    }, 0n);
  }

  private async connectedAdmin(): Promise<Admin> {
    if (this.admin) return this.admin;
    const admin = kafkaClient(this.options).admin();
    this.admin = admin;
    await admin.connect();
    return admin;
  }

  private async discardAdmin(): Promise<void> {
    const { admin } = this;
    this.admin = null;
    await admin?.disconnect();
  }
}

/** Resolved last, so that a batch whose position could not be kept is fetched again, instead of showing as lag for ever. */
async function commit({ batch, ...payload }: EachBatchPayload): Promise<void> {
  const { topic, partition } = batch;
  const offset = String(BigInt(batch.lastOffset()) + 1n);
  await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
  payload.resolveOffset(batch.lastOffset());
}

function received({ key, value, offset, headers = {}, timestamp }: KafkaMessage): ReceivedMessage {
  const texts = Object.entries(headers).flatMap(([name, text]) => (text === undefined ? [] : [[name, String(text)]]));
  return {
    key,
    value,
    offset,
    headers: Object.fromEntries(texts) as Record<string, string>,
    timestamp: new Date(Number(timestamp)).toISOString(),
  };
}

function keyOf({ batch: { topic, partition } }: EachBatchPayload): string {
  return `${topic}/${partition}`;
}
