import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { topics, type HandleBatch, type Log, type Publisher, type Subscriber } from '#messaging';
import { Clock } from '#platform';

/** Injection tokens: what tells of batches, where messages put aside are told, what a batch does, and the log. */
export const SUBSCRIBER = Symbol('SUBSCRIBER');
export const DEAD_LETTERS = Symbol('DEAD_LETTERS');
export const APPLY_BATCH = Symbol('APPLY_BATCH');
export const LOGGER = Symbol('LOGGER');

/** Hears from Kafka what happens to dossiers. */
@Injectable()
export class Hearing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private heardAtMs: number;

  constructor(
    @Inject(SUBSCRIBER) private readonly subscriber: Subscriber,
    @Inject(DEAD_LETTERS) private readonly deadLetters: Publisher,
    @Inject(APPLY_BATCH) private readonly applyBatch: HandleBatch,
    @Inject(LOGGER) private readonly log: Log,
    private readonly clock: Clock,
  ) {
    this.heardAtMs = this.nowMs();
  }

  /** Not awaited: the service is ready without Kafka, and behind. */
  onApplicationBootstrap(): void {
    this.subscriber
      .run([topics.dossier], async (batch) => {
        this.heardAtMs = this.nowMs();
        await this.applyBatch(batch);
      })
      .catch((error: unknown) => {
        this.log.error({ err: error }, 'nothing is heard from Kafka; the feed is read instead');
      });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.subscriber.stop();
    await this.deadLetters.close();
  }

  /** For how long Kafka has told nothing to this process, in real time. */
  get silentForMs(): number {
    return this.nowMs() - this.heardAtMs;
  }

  /** How many messages wait in Kafka. @throws MessagingUnavailable */
  async lag(): Promise<number> {
    return this.subscriber.lag();
  }

  private nowMs(): number {
    return this.clock.realNow().getTime();
  }
}
