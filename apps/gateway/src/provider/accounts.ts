import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { HttpException, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Language } from '#contracts';
import { DossierError } from '#domain';
import { isDuplicateIn } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { instantSql } from '../instant-sql';
import { sessionHolds } from '../sessions/sessions';
import { Passwords } from './passwords';
import { foldedName } from './user-name';

export type AccountState = 'invited' | 'active' | 'disabled';

/** An account as administrators see it. */
export interface AccountView {
  readonly officialId: string;
  readonly username: string;
  readonly state: AccountState;
  readonly language: Language;
  /** Its password is known to everybody. */
  readonly isDemo: boolean;
  readonly createdAt: string;
  /** Null for one that did not sign in for as long as the log of sign-ins goes back. */
  readonly lastSignedInAt: string | null;
  /** Browsers signed in at present. */
  readonly sessions: number;
}

/** What signing in needs to know of an account. */
export interface AccountToSignIn {
  readonly accountId: string;
  readonly officialId: string;
  readonly username: string;
  readonly language: Language;
  /** Null until the invitation was used, and while it is disabled. */
  readonly passwordHash: string | null;
}

/** Thrown when an account is made that is there already. */
export class AccountExists extends DossierError {
  readonly code = 'ACCOUNT_EXISTS';
  readonly kind = 'conflict';

  constructor(
    readonly officialId: string,
    readonly username: string,
  ) {
    super(`Official ${officialId} has an account already, or the user name ${username} is taken.`);
  }
}

/** Thrown for an official without an account. */
export class AccountNotFound extends DossierError {
  readonly code = 'ACCOUNT_NOT_FOUND';
  readonly kind = 'not-found';

  constructor(readonly officialId: string) {
    super(`Official ${officialId} has no account.`);
  }
}

/** Thrown for a link that was used, has expired, or never was one. */
export class InvitationOver extends HttpException {
  constructor() {
    super('This link was used already, or has expired. Ask your administrator for a new one.', 410, {
      errorCode: 'INVITATION_OVER',
    });
  }
}

/** What an invitation is for; the first administrator has nobody to ask. */
export type InvitationPurpose = 'first-administrator' | 'new' | 'reset';

/** A one-time link's secret. */
export interface Invitation {
  readonly secret: string;
  readonly expiresAt: string;
}

/** The accounts of the embedded provider: one for an official, a password that its owner alone knows. */
@Injectable()
export class Accounts {
  /** A demo knows demo accounts alone, and every other gateway none of them, also where both came to one database. */
  private readonly own: string;
  private readonly isDemo: boolean;

  constructor(
    private readonly dataSource: DataSource,
    private readonly passwords: Passwords,
    { DEMO }: GatewaySettings,
  ) {
    this.isDemo = DEMO;
    this.own = `is_demo = ${DEMO}`;
  }

  async list(): Promise<readonly AccountView[]> {
    return this.dataSource.query<AccountView[]>(
      `select official_id as "officialId", username, state, language, is_demo as "isDemo", ${instantSql('created_at')} as "createdAt",
         (select ${instantSql('max(at)')} from gateway.sign_in_log log where log.official_id = account.official_id and outcome = 'signed-in')
           as "lastSignedInAt",
         (select count(*)::integer from gateway.session where session.official_id = account.official_id and ${sessionHolds})
           as sessions
       from gateway.account where ${this.own} order by username`,
    );
  }

  async named(username: string): Promise<AccountToSignIn | null> {
    return this.one('username = $1', foldedName(username));
  }

  async byId(accountId: string): Promise<AccountToSignIn | null> {
    return this.one("state = 'active' and account_id::text = $1", accountId);
  }

  async isActive(accountId: string): Promise<boolean> {
    return (await this.byId(accountId)) !== null;
  }

  /** @throws AccountExists */
  async create(
    manager: EntityManager,
    account: { readonly officialId: string; readonly username: string; readonly language: Language },
  ): Promise<void> {
    const { officialId, username, language } = account;
    try {
      await manager.query(
        `insert into gateway.account (account_id, official_id, username, language, is_demo) values ($1, $2, $3, $4, $5)`,
        [randomUUID(), officialId, foldedName(username), language, this.isDemo],
      );
    } catch (error) {
      const isTaken = ['account_official_id_key', 'account_username_key'].some((name) => isDuplicateIn(error, name));
      throw isTaken ? new AccountExists(officialId, username) : error;
    }
  }

  /** Accounts for a demo, whose password everybody knows. Those that are there stay as they are. */
  async provideDemo(officialIds: readonly string[], password: string): Promise<void> {
    const hashes = await Promise.all(officialIds.map(() => this.passwords.hash(password)));
    await this.dataSource.query(
      `insert into gateway.account (account_id, official_id, username, password_hash, state, is_demo)
       select gen_random_uuid(), official_id, username, hash, 'active', true
       from unnest($1::text[], $2::text[], $3::text[]) demo (official_id, username, hash) on conflict do nothing`,
      [officialIds, officialIds.map(foldedName), hashes],
    );
  }

  /** How many accounts there are whose password everybody knows, and how many others. */
  async counts(manager: EntityManager = this.dataSource.manager): Promise<{
    readonly demo: number;
    readonly others: number;
  }> {
    const [row] = await manager.query<{ demo: number; others: number }[]>(
      `select count(*) filter (where is_demo)::integer as demo,
         count(*) filter (where not is_demo)::integer as others from gateway.account`,
    );
    return row ?? { demo: 0, others: 0 };
  }

  /** An account that is disabled can be signed in to by nobody until it is enabled. @throws AccountNotFound */
  async disable(manager: EntityManager, officialId: string): Promise<void> {
    await this.change(manager, officialId, `state = 'disabled'`);
  }

  /** With the password it had; without one, it waits for its invitation. @throws AccountNotFound */
  async enable(manager: EntityManager, officialId: string): Promise<void> {
    await this.change(manager, officialId, `state = case when password_hash is null then 'invited' else 'active' end`);
  }

  /** A link with which a password can be set once, within a day; earlier ones end. @throws AccountNotFound */
  async invite(manager: EntityManager, officialId: string, purpose: InvitationPurpose): Promise<Invitation> {
    await this.require(officialId, manager);
    const secret = randomBytes(32).toString('base64url');
    await manager.query(
      'update gateway.invitation set used_at = clock_timestamp() where official_id = $1 and used_at is null',
      [officialId],
    );
    const [row] = await manager.query<{ expiresAt: string }[]>(
      `insert into gateway.invitation (secret_hash, official_id, purpose, expires_at)
       values ($1, $2, $3, clock_timestamp() + interval '1 day') returning ${instantSql('expires_at')} as "expiresAt"`,
      [sha256(secret), officialId, purpose],
    );
    if (!row) throw new Error('The invitation was not written.');
    return { secret, expiresAt: row.expiresAt };
  }

  /** The account a link is for, while it can be used. @throws InvitationOver */
  async invited(secret: string): Promise<{ readonly officialId: string; readonly username: string }> {
    const [row] = await this.dataSource.query<{ officialId: string; username: string }[]>(
      `select official_id as "officialId", username from gateway.invitation join gateway.account using (official_id)
       where secret_hash = $1 and used_at is null and expires_at > clock_timestamp() and state <> 'disabled' and ${this.own}`,
      [sha256(secret)],
    );
    if (!row) throw new InvitationOver();
    return row;
  }

  /** Sets the password that goes with a link, once; answers whose it is. @throws InvitationOver */
  async setPassword(secret: string, password: string): Promise<string> {
    const hashed = await this.passwords.hash(password);
    const [row] = await this.dataSource.query<{ officialId: string }[]>(
      `with used as (
         update gateway.invitation set used_at = clock_timestamp()
         where secret_hash = $1 and used_at is null and expires_at > clock_timestamp() returning official_id),
       changed as (
         update gateway.account set password_hash = $2, state = 'active' from used
         where account.official_id = used.official_id and state <> 'disabled' and ${this.own} returning account.official_id)
       select official_id as "officialId" from changed`,
      [sha256(secret), hashed],
    );
    if (!row) throw new InvitationOver();
    return row.officialId;
  }

  /** @throws AccountNotFound */
  async require(officialId: string, manager: EntityManager = this.dataSource.manager): Promise<void> {
    const found = await manager.query<unknown[]>(
      `select 1 from gateway.account where official_id = $1 and ${this.own}`,
      [officialId],
    );
    if (found.length === 0) throw new AccountNotFound(officialId);
  }

  private async change(manager: EntityManager, officialId: string, set: string): Promise<void> {
    const changed = await manager.query<unknown[]>(
      `with changed as (update gateway.account set ${set} where official_id = $1 and ${this.own} returning 1) select 1 from changed`,
      [officialId],
    );
    if (changed.length === 0) throw new AccountNotFound(officialId);
  }

  private async one(condition: string, value: string): Promise<AccountToSignIn | null> {
    const [account] = await this.dataSource.query<AccountToSignIn[]>(
      `select account_id as "accountId", official_id as "officialId", username, language,
         case when state = 'active' then password_hash end as "passwordHash"
       from gateway.account where ${condition} and ${this.own}`,
      [value],
    );
    return account ?? null;
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
