import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SignInUnderWay } from './relying-party';

/** How long somebody may take over signing in. */
export const signInTakesMs = 10 * 60_000;

/** By how much the clock of the office's own provider may be behind ours, in seconds. */
const skewS = 60;

/** A sign-in under way, as it is taken out when it comes back. */
export interface ReturnedSignIn extends SignInUnderWay {
  readonly returnTo: string;
  /** The official who alone may come back; null where nobody was signed in. */
  readonly expected: string | null;
  /** What the provider saw before this instant, in seconds since 1970, does not count. */
  readonly notBeforeS: number;
  /** Whether the account had been signed in to in this browser before; null where that is not known. */
  readonly knownBrowser: boolean | null;
}

/** Sign-ins under way: kept by the SHA-256 of their state, which the browser has, and used once. */
@Injectable()
export class SignIns {
  constructor(private readonly dataSource: DataSource) {}

  async keep(
    { state, nonce, verifier, again }: SignInUnderWay,
    { returnTo, expected }: Pick<ReturnedSignIn, 'returnTo' | 'expected'>,
  ): Promise<void> {
    await this.dataSource.query(
      `insert into gateway.sign_in (state_hash, nonce, verifier, return_to, expires_at, again, expected)
       values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5), $6, $7)`,
      [sha256(state), nonce, verifier, returnTo, signInTakesMs / 1_000, again, expected],
    );
  }

  /** The password was right: by now the browser is known, and whether it was before must not be forgotten. */
  async noteBrowser(state: string, isKnown: boolean): Promise<void> {
    await this.dataSource.query('update gateway.sign_in set known_browser = $2 where state_hash = $1', [
      sha256(state),
      isKnown,
    ]);
  }

  /** Takes it out, so that what came back counts once; null where there is none, or not any more. */
  async take(state: string): Promise<ReturnedSignIn | null> {
    const [row] = await this.dataSource.query<Omit<ReturnedSignIn, 'state'>[]>(
      `with taken as (delete from gateway.sign_in where state_hash = $1 returning *)
       select nonce, verifier, again, expected, return_to as "returnTo", known_browser as "knownBrowser",
         extract(epoch from began_at)::double precision - $2 as "notBeforeS"
       from taken where expires_at > clock_timestamp()`,
      [sha256(state), skewS],
    );
    return row ? { state, ...row } : null;
  }

  /**
   * The embedded provider's own session ends when the gateway's begins: otherwise the next person at this browser could be signed
   * in by its cookie.
   */
  async endAtProvider(accountId: string): Promise<void> {
    await this.dataSource.query(`delete from gateway.oidc where model = 'Session' and payload ->> 'accountId' = $1`, [
      accountId,
    ]);
  }
}

/** A path of this origin, beginning with one slash; anything else becomes the first page. */
export function returnPath(asked: unknown): string {
  return typeof asked === 'string' && /^\/(?![/\\])[\x20-\x7e]{0,1000}$/.test(asked) ? asked : '/';
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
