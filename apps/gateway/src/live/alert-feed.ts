import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, repeat } from '#platform';
import { Tokens } from '../carrying/tokens';
import { GatewaySettings } from '../gateway.settings';
import { Sessions } from '../sessions/sessions';

const openAgainAfterMs = 1_000;
/** After failures in a row the pause doubles up to this; somewhere in it, so that not all browsers' streams come back in one moment. */
const longestPauseMs = 60_000;

/** A stream of one browser. */
interface Follower {
  readonly hash: string;
  /** Behind which event to go on; undefined begins with the open alerts. */
  readonly lastEventId: string | undefined;
  /** Takes an event as it stands in the stream, without its empty line. */
  readonly say: (event: string) => void;
  readonly signal: AbortSignal;
}

/**
 * The alerts of whoever is signed in, from `oversight`. Its stream ends with the token; it is opened again behind the last event,
 * so that the browser sees one stream for as long as its window is open.
 */
@Injectable()
export class AlertFeed {
  constructor(
    private readonly settings: GatewaySettings,
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Until the signal. */
  async follow({ hash, lastEventId, say, signal }: Follower): Promise<void> {
    let position = lastEventId;
    let failures = 0;
    const step = async (): Promise<'idle'> => {
      const session = await this.sessions.find(hash);
      if (session === null) return 'idle'; // Its streams end within seconds.
      const { token } = await this.tokens.callerOf(session);
      for await (const event of this.events(token, position, signal)) {
        failures = 0;
        position = /^id: ?(.+)$/m.exec(event)?.[1] ?? position;
        say(event);
      }
      return 'idle';
    };
    await repeat(step, {
      pauseMs: () => pauseAfter(failures),
      signal,
      onError: (error) => {
        failures += 1;
        if (!signal.aborted) this.log.warn({ err: error }, 'the alerts of a browser broke off');
      },
    });
  }

  private async *events(token: string, lastEventId: string | undefined, signal: AbortSignal): AsyncGenerator<string> {
    const response = await fetch(new URL('/alerts/stream', this.settings.OVERSIGHT_URL), {
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
      redirect: 'error',
      signal,
    });
    if (!response.ok || response.body === null) throw new Error(`oversight answered ${response.status}.`);
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      yield* blocks.filter((block) => !block.startsWith(':'));
    }
  }
}

function pauseAfter(failures: number): number {
  const windowMs = Math.min(longestPauseMs, openAgainAfterMs * 2 ** failures);
  return failures === 0 ? openAgainAfterMs : openAgainAfterMs + Math.random() * (windowMs - openAgainAfterMs);
}
