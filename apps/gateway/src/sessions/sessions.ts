import { createHash, randomBytes } from 'node:crypto';
import { createParamDecorator, HttpException, Injectable, type ExecutionContext } from '@nestjs/common';
import type { CookieOptions, Request } from 'express';
import { DataSource } from 'typeorm';
import type { Language } from '#contracts';
import { instantSql } from '../instant-sql';

/** Thrown where nobody is signed in, or not any more. */
export class SignedOut extends HttpException {
  constructor() {
    super('Nobody is signed in here, or the session has ended. Sign in again.', 401, { errorCode: 'SIGNED_OUT' });
  }
}

/** A browser that is signed in. */
export interface Session {
  /** SHA-256 of the cookie's value, in hexadecimal: by this it is known everywhere but in the browser. */
  readonly hash: string;
  readonly csrf: string;
  readonly officialId: string;
  /** The post chosen to act in; null until one was. */
  readonly postId: string | null;
  readonly language: Language;
  /** When they last showed who they are; null where the provider does not say. */
  readonly authenticatedAt: Date | null;
  /** When it ends if nothing more is asked, and when it ends in any case. */
  readonly idleEndsAt: string;
  readonly endsAt: string;
}

export interface RequestOfSession extends Request {
  /** Set by the guard on every route that needs somebody signed in. */
  session?: Session;
}

/** The session of this request, as a parameter of a route that needs somebody signed in. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): Session => {
  const { session } = context.switchToHttp().getRequest<RequestOfSession>();
  if (session === undefined) throw new Error(`${context.getHandler().name} needs no session: it has none.`);
  return session;
});

/** What a sign-in makes a session of. */
export interface SignedIn {
  readonly issuer: string;
  readonly subject: string;
  readonly officialId: string;
  readonly language: Language;
  /** In seconds since 1970; null where the provider does not say. */
  readonly authTime: number | null;
}

/** The value of a session's cookie, and the hash by which the database knows it. */
export interface SessionInHand {
  readonly value: string;
  readonly hash: string;
}

/** `__Host-`: browsers take it from this very origin alone, never from a neighbour below the same domain. */
const COOKIE = '__Host-motcua';
const cookieOptions: CookieOptions = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' };

/** ASVS 7.3: half an hour without a request, half a day in any case. */
const idle = "interval '30 minutes'";
const longest = "interval '12 hours'";

const columns = `encode(id_hash, 'hex') as hash, csrf, official_id as "officialId", post_id as "postId", language,
  authenticated_at as "authenticatedAt",
  ${instantSql(`least(last_seen_at + ${idle}, expires_at)`)} as "idleEndsAt",
  ${instantSql('expires_at')} as "endsAt"`;
/** Condition on `gateway.session` for those that hold. */
export const sessionHolds = `ended_at is null and expires_at > clock_timestamp() and last_seen_at > clock_timestamp() - ${idle}`;
/** A provider whose clock is ahead of ours makes nobody's sign-in younger than it is. */
const authenticatedAt = (seconds: `$${number}`) => `least(to_timestamp(${seconds}), clock_timestamp())`;

/**
 * Sessions are rows, so that one can be ended at once. The browser holds 256 random bits, the database their SHA-256: who reads
 * the database can take over no session.
 */
@Injectable()
export class Sessions {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The session of a request; being asked for keeps it alive. A live stream does not: it opens itself again for as long as the
   * window is there, whoever has left the desk.
   *
   * @throws SignedOut
   */
  async of(request: Request): Promise<Session> {
    const value = cookieOf(request, COOKIE);
    if (value === null) throw new SignedOut();
    const hash = hashOf(value);
    const session = await this.find(hash);
    if (session === null) throw new SignedOut();
    if (request.get('accept') !== 'text/event-stream') await this.keepAlive(hash);
    return session;
  }

  /** Who is signed in at the browser of a request; null for nobody. */
  async officialOf(request: Request): Promise<string | null> {
    const value = cookieOf(request, COOKIE);
    return value === null ? null : ((await this.find(hashOf(value)))?.officialId ?? null);
  }

  /** The session with this hash while it holds. */
  async find(hash: string): Promise<Session | null> {
    const [session] = await this.dataSource.query<Session[]>(
      `select ${columns} from gateway.session where id_hash = decode($1, 'hex') and ${sessionHolds}`,
      [hash],
    );
    return session ?? null;
  }

  /** Begins a session, with an id that was never used before; answers the value of its cookie. */
  async begin({ issuer, subject, officialId, language, authTime }: SignedIn): Promise<SessionInHand> {
    const value = randomBytes(32).toString('base64url');
    const hash = hashOf(value);
    await this.dataSource.query(
      `insert into gateway.session (id_hash, csrf, issuer, subject, official_id, language, authenticated_at, expires_at, post_id)
       values (decode($1, 'hex'), $2, $3, $4, $5, $6, case when $7::double precision is not null then ${authenticatedAt('$7')} end, clock_timestamp() + ${longest},
         (select post_id from gateway.session where official_id = $5 order by created_at desc limit 1))`,
      [hash, randomBytes(32).toString('base64url'), issuer, subject, officialId, language, authTime],
    );
    return { value, hash };
  }

  /**
   * The session of a request goes on under an id that was never used before, as one that was signed in now; other windows keep
   * their CSRF token. Null where it is over, or not of this official.
   */
  async renew(
    request: Request,
    { issuer, subject, officialId, authTime }: Omit<SignedIn, 'language'>,
  ): Promise<(SessionInHand & { readonly before: string }) | null> {
    const before = hashOf(cookieOf(request, COOKIE) ?? '');
    const value = randomBytes(32).toString('base64url');
    const hash = hashOf(value);
    const renewed = await this.dataSource.query<[unknown[], number]>(
      `update gateway.session set id_hash = decode($2, 'hex'), issuer = $3, subject = $4, last_seen_at = clock_timestamp(),
         authenticated_at = ${authenticatedAt('$6')}, expires_at = clock_timestamp() + ${longest}
       where id_hash = decode($1, 'hex') and official_id = $5 and ${sessionHolds}`,
      [before, hash, issuer, subject, officialId, authTime],
    );
    return renewed[1] === 0 ? null : { value, hash, before };
  }

  /** The post to act in from now on. */
  async choosePost(hash: string, postId: string | null): Promise<void> {
    await this.dataSource.query(`update gateway.session set post_id = $2 where id_hash = decode($1, 'hex')`, [
      hash,
      postId,
    ]);
  }

  /** The language from now on, and that of the account for the next sign-in. */
  async chooseLanguage({ hash, officialId }: Session, language: Language): Promise<void> {
    await this.dataSource.query(
      `with chosen as (update gateway.session set language = $2 where id_hash = decode($1, 'hex'))
       update gateway.account set language = $2 where official_id = $3`,
      [hash, language, officialId],
    );
  }

  /** Those of some sessions that hold. */
  async thatHold(hashes: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ hash: string }[]>(
      `select encode(id_hash, 'hex') as hash from gateway.session
       where id_hash in (select decode(hash, 'hex') from unnest($1::text[]) hash) and ${sessionHolds}`,
      [hashes],
    );
    return new Set(rows.map(({ hash }) => hash));
  }

  /** Ends one. Ending an ended one changes nothing. */
  async end(hash: string): Promise<void> {
    await this.dataSource.query(
      `update gateway.session set ended_at = clock_timestamp() where id_hash = decode($1, 'hex') and ended_at is null`,
      [hash],
    );
  }

  /** Ends the session that a browser brings along, where it has one: another sign-in takes its place. */
  async endThatOf(request: Request): Promise<void> {
    const value = cookieOf(request, COOKIE);
    if (value !== null) await this.end(hashOf(value));
  }

  /**
   * Ends all sessions of an official; answers how many there were. What the embedded provider holds of them goes too: a sign-in
   * whose password was checked before must not be finished after.
   */
  async endAllOf(officialId: string): Promise<number> {
    const [row] = await this.dataSource.query<{ ended: number }[]>(
      `with ended as (
         update gateway.session set ended_at = clock_timestamp() where official_id = $1 and ${sessionHolds} returning 1),
       under_way as (
         delete from gateway.oidc using gateway.account
         where account.official_id = $1
           and account.account_id::text in (payload ->> 'accountId', payload #>> '{result,login,accountId}'))
       select count(*)::integer as ended from ended`,
      [officialId],
    );
    return row?.ended ?? 0;
  }

  /** Ends all sessions of somebody whom another provider signed in; answers how many there were. */
  async endAllOfIdentity({ issuer, subject }: Pick<SignedIn, 'issuer' | 'subject'>): Promise<number> {
    const [row] = await this.dataSource.query<{ ended: number }[]>(
      `with ended as (
         update gateway.session set ended_at = clock_timestamp() where issuer = $1 and subject = $2 and ${sessionHolds} returning 1)
       select count(*)::integer as ended from ended`,
      [issuer, subject],
    );
    return row?.ended ?? 0;
  }

  /** Written at most once a minute: a write per request would be a hot row. */
  private async keepAlive(hash: string): Promise<void> {
    await this.dataSource.query(
      `update gateway.session set last_seen_at = clock_timestamp()
       where id_hash = decode($1, 'hex') and last_seen_at < clock_timestamp() - interval '1 minute'`,
      [hash],
    );
  }
}

/** The cookie that holds a session, and how it is set. */
export const sessionCookie = { name: COOKIE, options: cookieOptions } as const;

/** The value of a cookie; null where the request has none of that name. */
export function cookieOf({ headers }: Pick<Request, 'headers'>, name: string): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [found, value] = pair.trim().split('=', 2);
    if (found === name && value !== undefined && value !== '') return value;
  }
  return null;
}

function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
