import { Partitioners, type Producer } from 'kafkajs';
import { MessageTooLarge, MessagingUnavailable, PublishInProgress, PublisherClosed } from './errors';
import { kafkaClient, type KafkaOptions } from './kafka-client';
import type { OutgoingMessage, Publisher } from './messaging';
import { isDoneWithin } from './waiting';

export type KafkaPublisherOptions = KafkaOptions;

/** Well below what a topic takes at once (`max.message.bytes`, 1 MB), however the messages fall on its partitions. */
const BATCH_BYTES = 500_000;
const CLOSE_LIMIT_MS = 10_000;

/** A publisher to Kafka. It connects when it first has something to publish. */
export function kafkaPublisher(options: KafkaPublisherOptions): Publisher {
  return new KafkaPublisher(options);
}

/**
 * Not idempotent, although kafkajs offers it: its idempotent producer gives the sequence number of a batch that failed to
 * the next, different batch, the broker takes that for a repeat and acknowledges it unread, and acknowledged messages are
 * lost (tulios/kafkajs#1005). Instead one batch at a time, and a new producer after any error: duplicates, never a loss.
 */
class KafkaPublisher implements Publisher {
  private producer: Producer | null = null;
  private isPublishing = false;
  private isClosed = false;

  constructor(private readonly options: KafkaPublisherOptions) {}

  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (this.isClosed) throw new PublisherClosed(topic);
    if (this.isPublishing) throw new PublishInProgress(topic);
    this.isPublishing = true;
    try {
      for (const batch of batchesOf(messages)) await this.send(topic, batch);
    } finally {
      this.isPublishing = false;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.discardProducer();
  }

  private async send(topic: string, messages: OutgoingMessage[]): Promise<void> {
    try {
      const producer = await this.connectedProducer();
      await producer.send({
        topic,
        acks: -1,
        messages: messages.map(({ headers, ...rest }) => ({ ...rest, ...(headers && { headers }) })),
      });
    } catch (error) {
      await this.discardProducer();
      throw isTooLarge(error)
        ? new MessageTooLarge(topic, error)
        : new MessagingUnavailable(`publish to ${topic}`, error);
    }
  }

  private async connectedProducer(): Promise<Producer> {
    if (this.producer) return this.producer;
    this.producer = kafkaClient(this.options).producer({
      idempotent: false,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await this.producer.connect();
    return this.producer;
  }

  private async discardProducer(): Promise<void> {
    const { producer } = this;
    if (!producer) return;
    this.producer = null;
    if (!(await isDoneWithin(CLOSE_LIMIT_MS, producer.disconnect()))) {
      this.options.log.warn({ limitMs: CLOSE_LIMIT_MS }, 'a Kafka producer did not disconnect in time and was left');
    }
  }
}

function* batchesOf(messages: readonly OutgoingMessage[]): Generator<OutgoingMessage[]> {
  let batch: OutgoingMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.value);
    if (batch.length > 0 && bytes + size > BATCH_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(message);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function isTooLarge(error: unknown): boolean {
  return (
    error instanceof Error &&
    'type' in error &&
    (error.type === 'MESSAGE_TOO_LARGE' || error.type === 'RECORD_LIST_TOO_LARGE')
  );
}
