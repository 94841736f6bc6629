import { kafkaPublisher } from './kafka-publisher';
import { kafkaSubscriber, type KafkaSubscriberOptions } from './kafka-subscriber';
import type { HandleBatch } from './messaging';
import { streamConsumer, type StreamConsumer, type StreamConsumerOptions } from './stream-consumer';

export type StreamListenerOptions = KafkaSubscriberOptions & Omit<StreamConsumerOptions, 'deadLetters'>;

/** Hears streams and applies each of their entries once: a subscriber, the inbox rule, and a place for dead letters. */
export interface StreamListener extends Pick<StreamConsumer, 'goOn' | 'unknownTypes'> {
  /** Begins to hear; waits for servers and topics that are not there yet. Call it once. */
  readonly start: (topics: readonly string[]) => void;
  /** Applies what came another way, by the same rule. */
  readonly applyBatch: HandleBatch;
  /** For how long nothing was heard from Kafka, in real time. */
  readonly silentForMs: () => number;
  /** How many messages wait in Kafka. Throws MessagingUnavailable. */
  readonly lag: () => Promise<number>;
  /** Takes nothing more in and gives the connections back. */
  readonly stop: () => Promise<void>;
}

export function streamListener(options: StreamListenerOptions): StreamListener {
  const subscriber = kafkaSubscriber(options);
  const deadLetters = kafkaPublisher(options);
  const consumer = streamConsumer({ ...options, deadLetters });
  let heardAtMs = performance.now();
  const hear: HandleBatch = async (batch) => {
    heardAtMs = performance.now();
    await consumer.handle(batch);
  };
  return {
    applyBatch: consumer.handle,
    goOn: (stream, letter) => consumer.goOn(stream, letter),
    unknownTypes: () => consumer.unknownTypes(),
    start: (topics) => void subscriber.run(topics, hear).catch(options.onFatal),
    silentForMs: () => performance.now() - heardAtMs,
    lag: () => subscriber.lag(),
    stop: async () => {
      await subscriber.stop();
      await deadLetters.close();
    },
  };
}
