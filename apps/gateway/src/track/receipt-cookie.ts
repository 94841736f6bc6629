import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Clock, derivedKey, open, readKeyFile, seal, SealBroken } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { cookieOf } from '../sessions/sessions';
import type { Receipt } from './look-ups';

/** `__Host-`, as the session's cookie. */
const NAME = '__Host-motcua-receipt';
const CONTEXT = 'gateway receipt cookie/2';
/** Long enough to read that something was sent; on a computer that others use too, not longer. */
const maxAgeMs = 120_000;

interface Kept extends Receipt {
  readonly endsAtMs: number;
}

/**
 * The receipt of whoever has just sent something, so that the page they are led to can show the dossier, and a reload sends nothing
 * again. Sealed, for two minutes. It opens that one page and nothing else: what is sent is sent with code and secret.
 */
@Injectable()
export class ReceiptCookie {
  private readonly key: KeyObject;

  constructor(
    { SECRET_FILE }: GatewaySettings,
    private readonly clock: Clock,
  ) {
    this.key = derivedKey(readKeyFile(SECRET_FILE), 'motcua receipt cookie');
  }

  give(response: Response, { code, secret }: Receipt): void {
    const kept: Kept = { code, secret, endsAtMs: this.clock.realNow().getTime() + maxAgeMs };
    const value = seal(this.key, JSON.stringify(kept), CONTEXT).toString('base64url');
    response.cookie(NAME, value, { httpOnly: true, secure: true, sameSite: 'strict', path: '/', maxAge: maxAgeMs });
  }

  /** Null without one, for one that is not ours, and for one that is over, also where a browser kept it for longer. */
  of(request: Request): Receipt | null {
    const value = cookieOf(request, NAME);
    if (value === null) return null;
    try {
      const kept = JSON.parse(open(this.key, Buffer.from(value, 'base64url'), CONTEXT).toString('utf8')) as Kept;
      return kept.endsAtMs > this.clock.realNow().getTime() ? { code: kept.code, secret: kept.secret } : null;
    } catch (error) {
      if (error instanceof SealBroken) return null;
      throw error;
    }
  }
}
