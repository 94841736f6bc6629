import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Language } from '#contracts';
import { DossierError } from '#domain';
import { instantSql } from '../instant-sql';
import { Accounts } from '../provider/accounts';
import { sessionHolds } from '../sessions/sessions';
import { RelyingParty, type Identity } from './relying-party';

/** Thrown when somebody of another provider is bound to an official, and is another official's already. */
export class IdentityBound extends DossierError {
  readonly code = 'IDENTITY_BOUND';
  readonly kind = 'conflict';

  constructor(
    readonly issuer: string,
    readonly subject: string,
    readonly officialId: string,
  ) {
    super(`That identity is official ${officialId}'s already.`);
  }
}

/** Thrown when somebody of another provider is to be bound whom an administrator has barred. */
export class IdentityBarred extends DossierError {
  readonly code = 'IDENTITY_BARRED';
  readonly kind = 'conflict';

  constructor(
    readonly issuer: string,
    readonly subject: string,
  ) {
    super('That identity is barred. Lift the bar first.');
  }
}

/** Thrown when an identity of the gateway's own provider is to be barred: it is an account, and the bar would keep nobody out. */
export class IdentityIsAccount extends DossierError {
  readonly code = 'IDENTITY_IS_ACCOUNT';
  readonly kind = 'conflict';

  constructor() {
    super('That is an account of this gateway: disable it, with POST /api/accounts/{officialId}/disabling.');
  }
}

/** Thrown when a binding or a bar is to end that is not there. */
export class IdentityNotFound extends DossierError {
  readonly code = 'IDENTITY_NOT_FOUND';
  readonly kind = 'not-found';

  constructor(
    readonly issuer: string,
    readonly subject: string,
  ) {
    super('No binding and no bar is recorded for that identity.');
  }
}

/** Which official somebody is here. */
export interface KnownPerson {
  readonly officialId: string;
  /** Null where the account says none. */
  readonly language: Language | null;
}

/** Somebody as their provider knows them. */
export type IdentityKey = Pick<Identity, 'issuer' | 'subject'>;

/** What an administrator said of somebody whom another provider signs in. Instants are ISO 8601 UTC. */
export interface IdentityView extends IdentityKey {
  /** Null for one that is barred. */
  readonly officialId: string | null;
  readonly boundBy: string;
  readonly boundAt: string;
  /** Null, as `barredAt`, for one that is bound. */
  readonly barredBy: string | null;
  readonly barredAt: string | null;
  /** Browsers signed in at present. */
  readonly sessions: number;
}

/** Says which official somebody is whom a provider signed in. */
@Injectable()
export class Identities {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: Accounts,
    private readonly relyingParty: RelyingParty,
  ) {}

  /** Null where nobody has said so; 'barred' whatever a claim says. What an administrator bound goes before a claim. */
  async personOf(identity: Identity): Promise<KnownPerson | 'barred' | null> {
    if (this.relyingParty.isEmbedded) return this.accounts.byId(identity.subject);
    const bound = await this.boundTo(identity);
    if (bound === null) return 'barred';
    const officialId = bound ?? identity.officialClaim;
    return officialId === null ? null : { officialId, language: null };
  }

  /** What was said, by issuer and subject, behind the one given. */
  async page(after: IdentityKey | null, limit: number): Promise<readonly IdentityView[]> {
    return this.dataSource.query<IdentityView[]>(
      `select issuer, subject, official_id as "officialId", bound_by as "boundBy", ${instantSql('bound_at')} as "boundAt",
         barred_by as "barredBy", ${instantSql('barred_at')} as "barredAt",
         (select count(*)::integer from gateway.session where (session.issuer, session.subject) = (identity.issuer, identity.subject)
           and ${sessionHolds}) as sessions
       from gateway.identity where $1::text is null or (issuer, subject) > ($1, $2) order by issuer, subject limit $3`,
      [after?.issuer ?? null, after?.subject ?? null, limit],
    );
  }

  /** Binding the same again changes nothing. @throws IdentityBound, IdentityBarred */
  async bind(
    manager: EntityManager,
    { issuer, subject, officialId }: IdentityKey & { readonly officialId: string },
    by: string,
  ): Promise<void> {
    await manager.query(
      `insert into gateway.identity (issuer, subject, official_id, bound_by) values ($1, $2, $3, $4) on conflict do nothing`,
      [issuer, subject, officialId, by],
    );
    const bound = await this.boundTo({ issuer, subject }, manager);
    if (bound === null) throw new IdentityBarred(issuer, subject);
    if (bound !== undefined && bound !== officialId) throw new IdentityBound(issuer, subject, bound);
  }

  /** Whoever it was is not known here any more; answers which official that was. @throws IdentityNotFound */
  async unbind(manager: EntityManager, identity: IdentityKey): Promise<string | null> {
    return this.remove(manager, identity, 'official_id is not null');
  }

  /**
   * Lets nobody in by it, whatever a claim says, until the bar is lifted; answers which official it was bound to.
   *
   * @throws IdentityIsAccount
   */
  async bar(manager: EntityManager, { issuer, subject }: IdentityKey, by: string): Promise<string | null> {
    if (this.relyingParty.isOwn(issuer)) throw new IdentityIsAccount();
    const [row] = await manager.query<{ officialId: string | null }[]>(
      `with before as (select official_id from gateway.identity where issuer = $1 and subject = $2),
       barred as (
         insert into gateway.identity (issuer, subject, bound_by, barred_by, barred_at)
         values ($1, $2, $3, $3, clock_timestamp())
         on conflict (issuer, subject) do update
         set official_id = null, barred_by = excluded.barred_by, barred_at = excluded.barred_at
         where identity.barred_at is null)
       select official_id as "officialId" from before`,
      [issuer, subject, by],
    );
    return row?.officialId ?? null;
  }

  /** It is as unknown as before anything was said of it. @throws IdentityNotFound */
  async unbar(manager: EntityManager, identity: IdentityKey): Promise<void> {
    await this.remove(manager, identity, 'official_id is null');
  }

  private async remove(
    manager: EntityManager,
    { issuer, subject }: IdentityKey,
    which: string,
  ): Promise<string | null> {
    const [row] = await manager.query<{ officialId: string | null }[]>(
      `with removed as (delete from gateway.identity where issuer = $1 and subject = $2 and ${which} returning official_id)
       select official_id as "officialId" from removed`,
      [issuer, subject],
    );
    if (!row) throw new IdentityNotFound(issuer, subject);
    return row.officialId;
  }

  /** Null for one that is barred, undefined where nothing was said. */
  private async boundTo(
    { issuer, subject }: IdentityKey,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<string | null | undefined> {
    const [row] = await manager.query<{ officialId: string | null }[]>(
      'select official_id as "officialId" from gateway.identity where issuer = $1 and subject = $2',
      [issuer, subject],
    );
    return row?.officialId;
  }
}
