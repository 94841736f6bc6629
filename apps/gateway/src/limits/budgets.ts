import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { TooManyRequests } from '#platform';

/** How much of what may be asked for: some at once, that were saved up, and so many a second for ever. */
const budgets = {
  /** Everything of one session: more than a person and their browser ask for. */
  session: { most: 150, perSecond: 50 },
  /** Live streams that a session opens. Each holds a connection to `oversight`; the windows of a browser share one. */
  stream: { most: 30, perSecond: 0.5 },
  /** What a session says of the dossier it has open, which is told to others. */
  presence: { most: 60, perSecond: 3 },
  /** Requests of an address without a session that holds: a whole office whose sessions ended over night is fewer. */
  stranger: { most: 600, perSecond: 10 },
  /** Requests of an address to the embedded provider, four for each sign-in. */
  provider: { most: 480, perSecond: 8 },
} as const;

type Budget = keyof typeof budgets;

/** So many are remembered of each kind: bounded, whoever makes up keys. */
const remembered = 10_000;

interface Left {
  readonly tokens: number;
  readonly atMs: number;
}

/** The one place where requests are counted that no password is guessed with. In memory: it keeps one from drowning all. */
@Injectable()
export class Budgets {
  private readonly left = new Map<Budget, Map<string, Left>>();

  /** Takes one of what a session or an address has left. @throws TooManyRequests */
  take(budget: Budget, key: string, nowMs?: number): void {
    const wait = this.waitS(budget, key, nowMs);
    if (wait !== null) throw new TooManyRequests(wait);
  }

  /** The same; in seconds how long to wait where nothing is left, else null. */
  waitS(budget: Budget, key: string, nowMs: number = performance.now()): number | null {
    const { most, perSecond } = budgets[budget];
    const left = this.left.get(budget) ?? new Map<string, Left>();
    this.left.set(budget, left);
    const before = left.get(key) ?? { tokens: most, atMs: nowMs };
    const tokens = Math.min(most, before.tokens + ((nowMs - before.atMs) / 1_000) * perSecond);
    const isLeft = tokens >= 1;
    remember(left, key, { tokens: isLeft ? tokens - 1 : tokens, atMs: nowMs });
    return isLeft ? null : Math.ceil((1 - tokens) / perSecond);
  }
}

/** How often an address opened a page that is limited by the minute. Bounded like all that is counted here. */
export class PageHits implements ThrottlerStorage {
  private readonly windows = new Map<string, { readonly hits: number; readonly endsAtMs: number }>();

  increment(key: string, ttlMs: number, limit: number): ReturnType<ThrottlerStorage['increment']> {
    const nowMs = performance.now();
    const before = this.windows.get(key);
    const { hits, endsAtMs } = before && before.endsAtMs > nowMs ? before : { hits: 0, endsAtMs: nowMs + ttlMs };
    remember(this.windows, key, { hits: hits + 1, endsAtMs });
    const seconds = Math.ceil((endsAtMs - nowMs) / 1_000);
    const isBlocked = hits >= limit;
    return Promise.resolve({
      totalHits: hits + 1,
      timeToExpire: seconds,
      isBlocked,
      timeToBlockExpire: isBlocked ? seconds : 0,
    });
  }
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key); // So that the one not heard of for longest stays the first.
  map.set(key, value);
  if (map.size > remembered) map.delete(map.keys().next().value ?? key);
}
