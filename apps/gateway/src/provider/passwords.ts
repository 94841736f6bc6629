import { hash, verify } from '@node-rs/argon2';

/** OWASP's least for argon2id: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each takes 19 MiB and a thread; more at once would take them from everything else. */
const atOnce = 4;

/** Long rather than complicated (NIST SP 800-63B). */
export const shortestPassword = 12;
export const longestPassword = 200;

/** Hashes and checks passwords, a few at a time. */
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private nobodys: Promise<string> | null = null;

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, cost));
  }

  /** Null stands for an account that is not there or has no password yet: false, after the same time. */
  async matches(hashed: string | null, password: string): Promise<boolean> {
    this.nobodys ??= this.hash('nobody has this password');
    const against = hashed ?? (await this.nobodys);
    const isRight = await this.inTurn(() => verify(against, password.slice(0, longestPassword)));
    return isRight && hashed !== null;
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= atOnce) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
