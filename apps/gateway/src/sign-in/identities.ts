import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Language } from '#contracts';
import { DossierError } from '#domain';
import { Accounts } from '../provider/accounts';
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

/** Which official somebody is here. */
export interface KnownPerson {
  readonly officialId: string;
  /** Null where the account says none. */
  readonly language: Language | null;
}

/** Says which official somebody is whom a provider signed in. */
@Injectable()
export class Identities {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: Accounts,
    private readonly relyingParty: RelyingParty,
  ) {}

  /** Null where nobody has said so. What an administrator bound goes before what a claim says. */
  async personOf(identity: Identity): Promise<KnownPerson | null> {
    if (this.relyingParty.isEmbedded) return this.accounts.byId(identity.subject);
    const officialId = (await this.boundTo(identity)) ?? identity.officialClaim;
    return officialId === null ? null : { officialId, language: null };
  }

  /** Binding the same again changes nothing. @throws IdentityBound */
  async bind({ issuer, subject }: Pick<Identity, 'issuer' | 'subject'>, officialId: string, by: string): Promise<void> {
    await this.dataSource.query(
      `insert into gateway.identity (issuer, subject, official_id, bound_by) values ($1, $2, $3, $4) on conflict do nothing`,
      [issuer, subject, officialId, by],
    );
    const bound = await this.boundTo({ issuer, subject });
    if (bound !== null && bound !== officialId) throw new IdentityBound(issuer, subject, bound);
  }

  private async boundTo({ issuer, subject }: Pick<Identity, 'issuer' | 'subject'>): Promise<string | null> {
    const [row] = await this.dataSource.query<{ officialId: string }[]>(
      'select official_id as "officialId" from gateway.identity where issuer = $1 and subject = $2',
      [issuer, subject],
    );
    return row?.officialId ?? null;
  }
}
