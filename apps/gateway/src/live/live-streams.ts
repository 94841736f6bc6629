import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, repeat } from '#platform';
import { Sessions } from '../sessions/sessions';

/** Why a stream ends: its session is over, goes on under another id or in another post, or this process stops. */
export type WhyEnded = 'session-over' | 'signed-in-again' | 'other-post' | 'stopping';
type End = (why: WhyEnded) => void;

/** A stream that was open when its session ended must not outlive it by more than five seconds (ASVS 7.4). */
const lookEveryMs = 2_000;

/**
 * The live streams of this process, by session. A request is judged when it comes; a stream goes on for hours, so its session is
 * asked for again every two seconds. Asked, not told: no message that is lost can leave a stream open.
 */
@Injectable()
export class LiveStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly open = new Map<string, Set<End>>();
  private readonly stopping = new AbortController();
  private looking: Promise<void>;

  constructor(
    private readonly sessions: Sessions,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.looking = repeat(() => this.look(), {
      pauseMs: lookEveryMs,
      signal: this.stopping.signal,
      onError: (error) => {
        this.log.warn({ err: error }, 'sessions of live streams could not be asked for');
      },
    });
  }

  /** Open streams would keep the server from closing. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.endOf([...this.open.keys()], 'stopping');
    await this.looking;
  }

  /** Has a stream ended with its session; the answer takes it off again. */
  add(hash: string, end: End): () => void {
    const streams = this.open.get(hash) ?? new Set<End>();
    this.open.set(hash, streams.add(end));
    return () => {
      streams.delete(end);
      if (streams.size === 0 && this.open.get(hash) === streams) this.open.delete(hash);
    };
  }

  private async look(): Promise<'idle'> {
    const hashes = [...this.open.keys()];
    if (hashes.length === 0) return 'idle';
    const holding = await this.sessions.thatHold(hashes);
    this.endOf(
      hashes.filter((hash) => !holding.has(hash)),
      'session-over',
    );
    return 'idle';
  }

  /** Ends the streams of these sessions at once. */
  endOf(hashes: readonly string[], why: WhyEnded): void {
    for (const end of hashes.flatMap((hash) => [...(this.open.get(hash) ?? [])])) end(why);
  }
}
