import { HttpException } from '@nestjs/common';

/** Thrown for more requests of one session than a person and their browser make. */
export class TooManyRequests extends HttpException {
  constructor() {
    super('Too many requests; wait a second and go on.', 429, { errorCode: 'TOO_MANY_REQUESTS' });
  }
}

const perSecond = 50;
const most = 150;
const remembered = 10_000;

/** So many requests a second for each session, and some at once that were saved up. In memory: it keeps one browser from drowning the desk. */
export class Budgets {
  private readonly left = new Map<string, { tokens: number; atMs: number }>();

  /** @throws TooManyRequests */
  take(session: string, nowMs: number = performance.now()): void {
    const before = this.left.get(session) ?? { tokens: most, atMs: nowMs };
    const tokens = Math.min(most, before.tokens + ((nowMs - before.atMs) / 1_000) * perSecond);
    this.left.delete(session); // So that the one not heard of for longest stays the first.
    this.left.set(session, { tokens: Math.max(0, tokens - 1), atMs: nowMs });
    if (this.left.size > remembered) this.left.delete(this.left.keys().next().value ?? session);
    if (tokens < 1) throw new TooManyRequests();
  }
}
