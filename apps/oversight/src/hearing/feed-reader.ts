import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { topics, type Log, type ReceivedMessage, type StreamListener } from '#messaging';
import { LOGGER, repeat } from '#platform';
import { Desk, type FeedEntry } from '../desk/desk';
import { LISTENER } from './listener';

const silenceMs = 10_000;
const lookEveryMs = 1_000;
const entriesAtOnce = 500;
/** No partition of Kafka: what a dead letter says of an entry that came by the feed. */
const noPartition = -1;

/**
 * Reads desk's feed by HTTP while Kafka is silent, and applies it as if Kafka had told it.
 *
 * The position says up to where everything was applied; it stands still while Kafka speaks. What Kafka told meanwhile is
 * then passed over by the inbox rule. Several processes may read at once: that is work done twice, and no harm.
 */
@Injectable()
export class FeedReader implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private reading: Promise<void>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly desk: Desk,
    @Inject(LISTENER) private readonly listener: StreamListener,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.reading = repeat(() => this.readWhileSilent(), {
      pauseMs: lookEveryMs,
      signal: this.stopping.signal,
      onError: (error) => {
        this.log.warn({ err: error }, 'the feed could not be read or applied');
      },
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.reading;
  }

  private async readWhileSilent(): Promise<'more' | 'idle'> {
    if (this.listener.silentForMs() < silenceMs) return 'idle';
    return this.readOn();
  }

  /** Applies the next page of the feed and remembers its end. */
  async readOn(): Promise<'more' | 'idle'> {
    const entries = await this.desk.feedAfter(await this.position(), entriesAtOnce);
    const last = entries.at(-1);
    if (!last) return 'idle';
    const ofDossiers = entries.filter(({ stream }) => isUUID(stream));
    if (ofDossiers.length > 0) await this.listener.applyBatch(this.batchOf(ofDossiers));
    await this.dataSource.query('update oversight.feed_position set position = greatest(position, $1)', [
      last.position,
    ]);
    return entries.length === entriesAtOnce ? 'more' : 'idle';
  }

  private async position(): Promise<string> {
    const rows = await this.dataSource.query<{ position: string }[]>('select position from oversight.feed_position');
    return rows[0]?.position ?? '0';
  }

  private batchOf(entries: readonly FeedEntry[]) {
    return {
      topic: topics.dossier,
      partition: noPartition,
      messages: entries.map(messageOf),
      isStale: () => this.stopping.signal.aborted,
    };
  }
}

function messageOf({ stream, position, body }: FeedEntry): ReceivedMessage {
  return {
    key: Buffer.from(stream),
    value: Buffer.from(body),
    offset: String(position),
    headers: {},
    timestamp: '',
  };
}
