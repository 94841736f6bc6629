import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { clockFrom, LOGGER, repeat, type Progress } from '#platform';
import { GatewaySettings } from '../gateway.settings';

/** How a service is: well; late with what works behind it; without something it cannot work without; not to be reached. */
export type ServiceState = 'ok' | 'behind' | 'not-ready' | 'silent';

/** One thing that a service says of itself. What is wrong in detail stands in its log, which names hosts; here it does not. */
export interface CheckView {
  readonly name: string;
  readonly ok: boolean;
  /** How much waits, in the unit of its name; null where nobody can say, or where there is nothing to count. */
  readonly lag: number | null;
  /** Since when it has been so, in real time, as far as this gateway has seen. */
  readonly since: string;
}

export interface ServiceView {
  readonly service: WatchedService;
  readonly state: ServiceState;
  /** Since when, in real time, as far as this gateway has seen. */
  readonly since: string;
  readonly checks: readonly CheckView[];
}

type WatchedService = 'desk' | 'clock' | 'oversight';

/** What was heard of a service at one look. */
interface Heard {
  readonly state: ServiceState;
  readonly checks: readonly Omit<CheckView, 'since'>[];
}

const everyMs = 30_000;
const timeoutMs = 5_000;

/**
 * Asks each service how it is, at intervals and whenever somebody wants to know, and remembers since when it has been so. In memory:
 * a gateway that was started anew knows of nothing before.
 */
@Injectable()
export class ServicesWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly clock = clockFrom(null);
  private readonly seen = new Map<string, { readonly state: string; readonly since: string }>();
  private readonly urls: readonly (readonly [WatchedService, string])[];
  private watching: Promise<void>;

  constructor(
    { DESK_URL, CLOCK_URL, OVERSIGHT_URL }: GatewaySettings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.urls = [
      ['desk', DESK_URL],
      ['clock', CLOCK_URL],
      ['oversight', OVERSIGHT_URL],
    ];
  }

  onApplicationBootstrap(): void {
    const look = async () => {
      await this.look();
      return 'idle' as const;
    };
    this.watching = repeat(look, {
      pauseMs: everyMs,
      signal: this.stopping.signal,
      onError: (error) => {
        this.log.warn({ err: error }, 'the services could not be asked how they are');
      },
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.watching;
  }

  /** How all of them are now. What cannot be reached is told as such: this itself does not fail. */
  async look(): Promise<readonly ServiceView[]> {
    const heard = await Promise.all(this.urls.map(async ([service, url]) => [service, await askedHow(url)] as const));
    const now = this.clock.realNow().toISOString();
    return heard.map(([service, { state, checks }]) => ({
      service,
      state,
      since: this.since(service, state, now),
      checks: checks.map((check) => ({ ...check, since: this.since(`${service} ${check.name}`, `${check.ok}`, now) })),
    }));
  }

  private since(what: string, state: string, now: string): string {
    const before = this.seen.get(what);
    if (before?.state === state) return before.since;
    this.seen.set(what, { state, since: now });
    return now;
  }
}

async function askedHow(url: string): Promise<Heard> {
  const ready = await asked<string>(url, 'ready');
  if (ready === null) return { state: 'silent', checks: [] };
  const missing = Object.entries(ready).filter(([, state]) => state !== 'ok');
  if (missing.length > 0) {
    return { state: 'not-ready', checks: missing.map(([name]) => ({ name, ok: false, lag: null })) };
  }
  const progress = await asked<Progress>(url, 'caught-up');
  if (progress === null) return { state: 'silent', checks: [] };
  const checks = Object.entries(progress).map(([name, { ok, lag }]) => ({ name, ok, lag }));
  return { state: checks.every(({ ok }) => ok) ? 'ok' : 'behind', checks };
}

/** What a service answers to one of the questions about its health; null for no answer of its own, in time. */
async function asked<Check>(url: string, question: string): Promise<Readonly<Record<string, Check>> | null> {
  try {
    const response = await fetch(new URL(`/health/${question}`, url), { signal: AbortSignal.timeout(timeoutMs) });
    const { checks } = (await response.json()) as { readonly checks?: Readonly<Record<string, Check>> };
    return checks ?? null;
  } catch {
    return null; // That it does not answer is the answer.
  }
}
