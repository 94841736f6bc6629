export * from './errors';
export * from './inbox';
export { kafkaPublisher, type KafkaPublisherOptions } from './kafka-publisher';
export { kafkaSubscriber, type KafkaSubscriberOptions } from './kafka-subscriber';
export { ensureTopics } from './kafka-topics';
export * from './messaging';
export { streamConsumer, type StreamConsumerOptions } from './stream-consumer';
export { topics } from './topics';
