import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Language } from '#contracts';
import { FieldInvalid, FourEyes } from '#domain';
import type { PersonCaller, ServiceFetch } from '#platform';
import { DESK_FETCH } from '../carrying/desk';
import { GatewaySettings } from '../gateway.settings';
import { Accounts, type InvitationPurpose } from '../provider/accounts';
import { Sessions } from '../sessions/sessions';
import { Identities, type IdentityKey } from '../sign-in/identities';
import { Officials } from '../sign-in/officials';
import { SignInLog, type AccountChange } from '../sign-in/sign-in-log';

/** What lets somebody in, or as somebody else, and may take two persons. Where a claim names officials, to unbind does so too. */
export type GivingAct =
  | { readonly act: 'opening'; readonly officialId: string; readonly username: string; readonly language: Language }
  | { readonly act: 'invitation' | 'enabling'; readonly officialId: string }
  | ({ readonly act: 'binding'; readonly officialId: string } & IdentityKey)
  | ({ readonly act: 'unbinding' | 'unbarring' } & IdentityKey);

/** What only shuts out: one person must be able to do it, at once. */
type ShuttingAct =
  { readonly act: 'disabling'; readonly officialId: string } | ({ readonly act: 'barring' } & IdentityKey);

export type AccountAct = GivingAct | ShuttingAct;

/** By whom an act stands. */
interface Hands {
  readonly by: string;
  /** Null where one did it alone. */
  readonly proposedBy: string | null;
}

/** What came of an act. */
export interface AccountActDone {
  /** Whose account it is or was; null for an identity that is nobody's. */
  readonly officialId: string | null;
  /** The one-time link, to be handed to whose account it is; null where the act makes none. It is told once. */
  readonly link: string | null;
  /** Until when the link works. */
  readonly expiresAt: string | null;
  /** How many sessions that ended. */
  readonly ended: number;
}

type Performed = Pick<AccountActDone, 'officialId' | 'link' | 'expiresAt'>;

/** Who a caller is as a person, and who else manages accounts, as `desk` says. */
export interface AccountManagers {
  /** Whether the organisation leaves it to two persons. */
  readonly takesTwo: boolean;
  readonly authors: readonly string[];
  /** For each of the caller's positions that gives the right: who answers for it. */
  readonly positions: readonly (readonly string[])[];
  readonly others: readonly string[];
}

/** Everything that is done to accounts, and to people of another provider, under one lock, so that a proposal fits what it is about. */
@Injectable()
export class AccountActs {
  constructor(
    private readonly settings: GatewaySettings,
    private readonly dataSource: DataSource,
    private readonly accounts: Accounts,
    private readonly identities: Identities,
    private readonly sessions: Sessions,
    private readonly officials: Officials,
    private readonly signInLog: SignInLog,
    @Inject(DESK_FETCH) private readonly desk: ServiceFetch,
  ) {}

  /** By one person. @throws FourEyes, and what the act itself throws */
  async alone(caller: PersonCaller, act: AccountAct): Promise<AccountActDone> {
    await this.requireOfficialOf(act);
    const managers = await this.managers(caller);
    return this.finished(
      act,
      await this.inTurn(async (manager) => {
        if (!isShutting(act) && (await this.takesTwo(manager, managers))) {
          throw new FourEyes('manage-accounts', '/api/accounts/proposals');
        }
        return this.perform(manager, act, { by: caller.officialId, proposedBy: null });
      }),
    );
  }

  async managers({ token }: PersonCaller): Promise<AccountManagers> {
    const path = '/rights/manage-accounts/persons';
    return (await this.desk<AccountManagers>({ method: 'GET', path, token })).body;
  }

  /**
   * Whether it takes two: where the organisation says so, and another who has the right has signed in before. Until then the first
   * administrator lets the second in. Counted by the log, which nobody can shorten: whoever locks the others out is not alone by it.
   */
  async takesTwo(manager: EntityManager, { takesTwo, others }: AccountManagers): Promise<boolean> {
    return takesTwo && this.signInLog.hasSignedIn(manager, others);
  }

  /** One after another: no act comes between a proposal and the account it was made for. */
  async inTurn<Found>(work: (manager: EntityManager) => Promise<Found>): Promise<Found> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtextextended('motcua accounts', 0))`);
      return work(manager);
    });
  }

  /** In turn. What waits for a second person and is about the same account or identity does not fit any more. */
  async perform(manager: EntityManager, act: AccountAct, { by, proposedBy }: Hands): Promise<Performed> {
    await this.outdate(manager, act, by);
    const { change, ...performed } = await this.done(manager, act, by);
    const outcome = `${change} by ${by}` as const;
    await this.signInLog.add({ outcome, officialId: performed.officialId, address: null, proposedBy }, manager);
    return performed;
  }

  /** Once the act holds: who is shut out by it is out at once. */
  async finished(act: AccountAct, performed: Performed): Promise<AccountActDone> {
    return { ...performed, ended: await this.endSessions(act) };
  }

  /** What waits and is about the same is out of date. */
  async outdate(
    manager: EntityManager,
    about: Partial<IdentityKey & { officialId: string }>,
    by: string,
  ): Promise<void> {
    const { officialId = null, issuer = null, subject = null } = about;
    await manager.query(
      `update gateway.account_proposal set decision = 'outdated', decided_by = $1, decided_at = clock_timestamp()
       where decision is null and (act ->> 'officialId' = $2 or (act ->> 'issuer', act ->> 'subject') = ($3, $4))`,
      [by, officialId, issuer, subject],
    );
  }

  /** @throws FieldInvalid for somebody the organisation does not know */
  async requireOfficialOf(act: AccountAct): Promise<void> {
    if (act.act !== 'opening' && act.act !== 'binding') return;
    this.officials.forget(act.officialId);
    const official = await this.officials.find(act.officialId);
    if (official === null) throw new FieldInvalid('officialId', 'is not an official of this organisation');
  }

  private async done(
    manager: EntityManager,
    act: AccountAct,
    by: string,
  ): Promise<Performed & { readonly change: AccountChange }> {
    const noLink = { link: null, expiresAt: null };
    switch (act.act) {
      case 'opening': {
        const { demo, others } = await this.accounts.counts(manager);
        await this.accounts.create(manager, act);
        return this.invited(manager, act.officialId, demo + others === 0 ? 'first-administrator' : 'new');
      }
      case 'invitation':
        return this.invited(manager, act.officialId, 'reset');
      case 'enabling':
        await this.accounts.enable(manager, act.officialId);
        return { ...noLink, change: 'enabled', officialId: act.officialId };
      case 'disabling':
        await this.accounts.disable(manager, act.officialId);
        return { ...noLink, change: 'disabled', officialId: act.officialId };
      case 'binding':
        await this.identities.bind(manager, act, by);
        return { ...noLink, change: 'bound', officialId: act.officialId };
      case 'unbinding':
        return { ...noLink, change: 'unbound', officialId: await this.identities.unbind(manager, act) };
      case 'barring':
        return { ...noLink, change: 'barred', officialId: await this.identities.bar(manager, act, by) };
      case 'unbarring':
        await this.identities.unbar(manager, act);
        return { ...noLink, change: 'unbarred', officialId: null };
    }
  }

  private async invited(
    manager: EntityManager,
    officialId: string,
    purpose: InvitationPurpose,
  ): Promise<Performed & { readonly change: AccountChange }> {
    const { secret, expiresAt } = await this.accounts.invite(manager, officialId, purpose);
    const link = `${new URL(this.settings.PUBLIC_URL).origin}/sign-in/invitation?secret=${secret}`;
    return { change: 'invited', officialId, link, expiresAt };
  }

  private async endSessions(act: AccountAct): Promise<number> {
    switch (act.act) {
      case 'disabling':
        return this.sessions.endAllOf(act.officialId);
      case 'unbinding':
      case 'barring':
      case 'unbarring':
        return this.sessions.endAllOfIdentity(act);
      case 'opening':
      case 'invitation':
      case 'enabling':
      case 'binding':
        return 0;
    }
  }
}

function isShutting({ act }: AccountAct): boolean {
  return act === 'disabling' || act === 'barring';
}
