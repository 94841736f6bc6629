import { randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { blindMark, Clock, derivedKey, readKeyFile } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { cookieOf, sessionCookie } from '../sessions/sessions';

/** `__Host-`, as the session's cookie. */
const NAME = '__Host-motcua-known';
/** From the last sign-in on; whoever comes back later is counted with strangers, and let in all the same. */
const knownForMs = 180 * 24 * 3_600_000;
/** Officials who share a computer; with more, the one longest away is counted with strangers. */
const most = 8;

/** An account as far as this needs it: its name, and the hash of its password, null where there is none to try. */
interface Known {
  readonly username: string;
  readonly passwordHash: string | null;
}

/**
 * Browsers in which somebody has signed in to an account before ("device cookies", OWASP: Slow Down Online Guessing Attacks with
 * Device Cookies). Each guesses on its own account, so that strangers' wrong passwords do not lock out whose account it is. A cookie
 * holds, for each account, `nonce.end.proof`; it proves nothing any more when the password is another.
 */
@Injectable()
export class KnownBrowsers {
  private readonly key: KeyObject;

  constructor(
    { SECRET_FILE }: GatewaySettings,
    private readonly clock: Clock,
  ) {
    this.key = derivedKey(readKeyFile(SECRET_FILE), 'motcua known browsers');
  }

  /** By what this browser is counted at sign-ins to the account; null where it is a stranger there. */
  of(request: Request, account: Known): string | null {
    return entriesIn(request).find((entry) => this.isFor(entry, account))?.nonce ?? null;
  }

  /** Somebody has just signed in to the account here. */
  remember(request: Request, response: Response, account: Known): void {
    const others = entriesIn(request).filter((entry) => !this.isFor(entry, account));
    const entry = { nonce: randomBytes(16).toString('base64url'), endsAtMs: this.nowMs() + knownForMs };
    const entries = [{ ...entry, proof: this.proofOf(entry, account) }, ...others].slice(0, most);
    const value = entries.map(({ nonce, endsAtMs, proof }) => [nonce, endsAtMs, proof].join('.')).join('~');
    response.cookie(NAME, value, { ...sessionCookie.options, sameSite: 'strict', maxAge: knownForMs });
  }

  private isFor(entry: Entry, account: Known): boolean {
    const [given, wanted] = [Buffer.from(entry.proof), Buffer.from(this.proofOf(entry, account))];
    const isOurs = given.length === wanted.length && timingSafeEqual(given, wanted);
    return isOurs && entry.endsAtMs > this.nowMs() && account.passwordHash !== null;
  }

  private proofOf({ nonce, endsAtMs }: Omit<Entry, 'proof'>, { username, passwordHash }: Known): string {
    return blindMark(this.key, JSON.stringify([nonce, endsAtMs, username, passwordHash])).toString('base64url');
  }

  private nowMs(): number {
    return this.clock.realNow().getTime();
  }
}

interface Entry {
  readonly nonce: string;
  readonly endsAtMs: number;
  readonly proof: string;
}

function entriesIn(request: Request): readonly Entry[] {
  const entries = (cookieOf(request, NAME) ?? '').split('~').slice(0, most);
  return entries.flatMap((entry) => {
    const [nonce, endsAt, proof] = entry.split('.');
    return nonce && endsAt && proof ? [{ nonce, endsAtMs: Number(endsAt), proof }] : [];
  });
}
