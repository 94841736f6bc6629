import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { topics, type HandleBatch, type Log, type Publisher, type Subscriber } from '#messaging';

/** Injection tokens: what tells of batches, where messages put aside are told, what a batch does, and the log. */
export const SUBSCRIBER = Symbol('SUBSCRIBER');
export const DEAD_LETTERS = Symbol('DEAD_LETTERS');
export const APPLY_BATCH = Symbol('APPLY_BATCH');
export const LOGGER = Symbol('LOGGER');

/** Hears from Kafka what happens to dossiers. */
@Injectable()
export class Hearing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(SUBSCRIBER) private readonly subscriber: Subscriber,
    @Inject(DEAD_LETTERS) private readonly deadLetters: Publisher,
    @Inject(APPLY_BATCH) private readonly applyBatch: HandleBatch,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  /** Not awaited: the service is ready without Kafka, and behind. */
  onApplicationBootstrap(): void {
    this.subscriber.run([topics.dossier], this.applyBatch).catch((error: unknown) => {
      this.log.error({ err: error }, 'nothing is heard from Kafka');
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.subscriber.stop();
    await this.deadLetters.close();
  }

  /** How many messages wait in Kafka. @throws MessagingUnavailable */
  async lag(): Promise<number> {
    return this.subscriber.lag();
  }
}
