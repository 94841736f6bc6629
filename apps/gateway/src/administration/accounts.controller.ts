import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DossierError, FieldInvalid } from '#domain';
import { Action, CurrentCaller, type PersonCaller } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { Accounts, type AccountView, type InvitationPurpose } from '../provider/accounts';
import { Sessions } from '../sessions/sessions';
import { Identities, type IdentityKey, type IdentityView } from '../sign-in/identities';
import { Officials } from '../sign-in/officials';
import { SignInLog, type SignInLine, type SignInOutcome } from '../sign-in/sign-in-log';
import {
  DemoAccountsDto,
  IdentitiesQuery,
  IdentityDto,
  IdentityKeyDto,
  NewAccountDto,
  SignInsQuery,
} from './accounts.dto';

/** Thrown where demo accounts are asked of a gateway that is no demo's. */
export class NoDemo extends DossierError {
  readonly code = 'NO_DEMO';
  readonly kind = 'forbidden';

  constructor() {
    super('This is no demo (DEMO is not true): accounts with a password that everybody knows are not made here.');
  }
}

/** A one-time link, to be handed to the person it is for. It is shown once. */
interface InvitationView {
  readonly link: string;
  readonly expiresAt: string;
}

interface IdentitiesPage {
  readonly identities: readonly IdentityView[];
  /** The cursor of the next page; null behind the last. */
  readonly next: string | null;
}

interface SignInsPage {
  readonly signIns: readonly SignInLine[];
  /** The cursor of the next page; null behind the last. */
  readonly next: string | null;
}

/** All passwords of demo accounts. */
const demoPassword = 'demo';

/** Accounts, by whoever may manage them: from a browser, or from a command line with a token made out to the gateway and to desk. */
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly settings: GatewaySettings,
    private readonly accounts: Accounts,
    private readonly officials: Officials,
    private readonly identities: Identities,
    private readonly sessions: Sessions,
    private readonly signInLog: SignInLog,
  ) {}

  @Get()
  @Action('manage-accounts')
  @ApiOperation({ summary: 'All accounts, by user name' })
  async list(): Promise<{ readonly accounts: readonly AccountView[] }> {
    return { accounts: await this.accounts.list() };
  }

  /** Makes an account for an official and a link by which they set their password. */
  @Post()
  @Action('manage-accounts')
  @ApiOperation({
    summary: 'Makes an account for an official; answers the one-time link by which they set their password',
  })
  async create(@CurrentCaller() caller: PersonCaller, @Body() account: NewAccountDto): Promise<InvitationView> {
    await this.requireOfficial(account.officialId);
    const { demo, others } = await this.accounts.counts();
    const isFirst = demo + others === 0;
    await this.accounts.create(account);
    return this.invitation(caller, account.officialId, isFirst ? 'first-administrator' : 'new');
  }

  /** Those that are there stay as they are. @throws NoDemo */
  @Post('demo')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Accounts of a demo, with the password that everybody knows; refused where it is none' })
  async createDemo(@Body() { officialIds }: DemoAccountsDto): Promise<{ readonly password: string }> {
    if (!this.settings.DEMO) throw new NoDemo();
    await this.accounts.provideDemo(officialIds, demoPassword);
    return { password: demoPassword };
  }

  /** Says which official somebody is whom another OpenID provider signs in, by issuer and subject. */
  @Post('identities')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Binds somebody of another OpenID provider to an official' })
  async bind(
    @CurrentCaller() caller: PersonCaller,
    @Body() identity: IdentityDto,
  ): Promise<Pick<AccountView, 'officialId'>> {
    await this.requireOfficial(identity.officialId);
    await this.identities.bind(identity, identity.officialId, caller.officialId);
    await this.logged(`bound by ${caller.officialId}`, identity.officialId);
    return { officialId: identity.officialId };
  }

  @Get('identities')
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Whom of another OpenID provider administrators bound to an official, or barred' })
  async bound(@Query() { cursor, limit }: IdentitiesQuery): Promise<IdentitiesPage> {
    const found = await this.identities.page(cursor === undefined ? null : identityIn(cursor), limit + 1);
    const identities = found.slice(0, limit);
    const last = identities.at(-1);
    return { identities, next: found.length > limit && last ? cursorOf(last) : null };
  }

  /** Their sessions end at once. Where a claim of the provider names officials, it is asked again at the next sign-in. */
  @Post('identities/end')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Ends a binding, and the sessions that came by it' })
  async unbind(@CurrentCaller() caller: PersonCaller, @Body() identity: IdentityKeyDto): Promise<Ended> {
    const officialId = await this.identities.unbind(identity);
    return this.signedOut(identity, officialId, `unbound by ${caller.officialId}`);
  }

  /** Also somebody who was never bound, and whom a claim would let in. Their sessions end at once; again, it changes nothing. */
  @Post('identities/bar')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Lets nobody in by that identity, and ends its sessions and its binding' })
  async bar(@CurrentCaller() caller: PersonCaller, @Body() identity: IdentityKeyDto): Promise<Ended> {
    const officialId = await this.identities.bar(identity, caller.officialId);
    return this.signedOut(identity, officialId, `barred by ${caller.officialId}`);
  }

  /** Binds nobody: the identity is unknown again. */
  @Post('identities/unbar')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Lifts a bar' })
  async unbar(@CurrentCaller() caller: PersonCaller, @Body() identity: IdentityKeyDto): Promise<Ended> {
    await this.identities.unbar(identity);
    return this.signedOut(identity, null, `unbarred by ${caller.officialId}`);
  }

  @Get('sign-ins')
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Who signed in or was refused, and what became of accounts; newest first' })
  async signIns(@Query() { cursor, limit }: SignInsQuery): Promise<SignInsPage> {
    const lines = await this.signInLog.page(cursor ?? null, limit + 1);
    const signIns = lines.slice(0, limit);
    return { signIns, next: lines.length > limit ? (signIns.at(-1)?.id ?? null) : null };
  }

  /** A link for a new password; the one before does not work any more. */
  @Post(':officialId/invitation')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'A new one-time link to set the password; earlier links end' })
  async invite(
    @CurrentCaller() caller: PersonCaller,
    @Param('officialId') officialId: string,
  ): Promise<InvitationView> {
    return this.invitation(caller, officialId, 'reset');
  }

  /** Ends its sessions too. */
  @Post(':officialId/disabling')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Lets nobody sign in to the account any more, and ends its sessions at once' })
  async disable(@CurrentCaller() caller: PersonCaller, @Param('officialId') officialId: string): Promise<Ended> {
    await this.accounts.disable(officialId);
    const ended = await this.sessions.endAllOf(officialId);
    await this.logged(`disabled by ${caller.officialId}`, officialId);
    return { ended };
  }

  @Post(':officialId/enabling')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Lets the account be signed in to again, with the password it had' })
  async enable(
    @CurrentCaller() caller: PersonCaller,
    @Param('officialId') officialId: string,
  ): Promise<Pick<AccountView, 'officialId'>> {
    await this.accounts.enable(officialId);
    await this.logged(`enabled by ${caller.officialId}`, officialId);
    return { officialId };
  }

  /** Also of whoever signs in by another provider and has no account here. */
  @Post(':officialId/sessions/end')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Signs an official out of every browser at once' })
  async endSessions(@CurrentCaller() caller: PersonCaller, @Param('officialId') officialId: string): Promise<Ended> {
    if (this.settings.DEMO) await this.accounts.require(officialId);
    const ended = await this.sessions.endAllOf(officialId);
    await this.logged(`sessions-ended by ${caller.officialId}`, officialId);
    return { ended };
  }

  private async invitation(
    { officialId: by }: PersonCaller,
    officialId: string,
    purpose: InvitationPurpose,
  ): Promise<InvitationView> {
    const { secret, expiresAt } = await this.accounts.invite(officialId, purpose);
    await this.logged(`invited by ${by}`, officialId);
    return {
      link: `${new URL(this.settings.PUBLIC_URL).origin}/sign-in/invitation?secret=${secret}`,
      expiresAt,
    };
  }

  private async signedOut(identity: IdentityKey, officialId: string | null, outcome: SignInOutcome): Promise<Ended> {
    const ended = await this.sessions.endAllOfIdentity(identity);
    await this.logged(outcome, officialId);
    return { ended };
  }

  private async logged(outcome: SignInOutcome, officialId: string | null): Promise<void> {
    await this.signInLog.add({ outcome, officialId, address: null });
  }

  /** @throws FieldInvalid for somebody the organisation does not know */
  private async requireOfficial(officialId: string): Promise<void> {
    this.officials.forget(officialId);
    const official = await this.officials.find(officialId);
    if (official === null) throw new FieldInvalid('officialId', 'is not an official of this organisation');
  }
}

/** How many sessions that ended. */
interface Ended {
  readonly ended: number;
}

function cursorOf({ issuer, subject }: IdentityKey): string {
  return Buffer.from(JSON.stringify([issuer, subject])).toString('base64url');
}

/** @throws FieldInvalid */
function identityIn(cursor: string): IdentityKey {
  const [issuer, subject] = parsed(Buffer.from(cursor, 'base64url').toString());
  if (typeof issuer !== 'string' || typeof subject !== 'string')
    throw new FieldInvalid('cursor', 'must be "next" of a page');
  return { issuer, subject };
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
