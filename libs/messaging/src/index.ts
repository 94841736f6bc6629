export * from './errors';
export * from './inbox';
export { kafkaPublisher, type KafkaPublisherOptions } from './kafka-publisher';
export { kafkaSubscriber, type KafkaSubscriberOptions } from './kafka-subscriber';
export { ensureTopics, messagesTaken } from './kafka-topics';
export * from './messaging';
export { Slots } from './slots';
export { streamListener, type StreamListener, type StreamListenerOptions } from './stream-listener';
export { topics } from './topics';
