import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DossierError } from '#domain';
import { Action, CurrentCaller, type PersonCaller } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { Accounts, type AccountView } from '../provider/accounts';
import { Sessions } from '../sessions/sessions';
import { Identities, type IdentityView } from '../sign-in/identities';
import { SignInLog } from '../sign-in/sign-in-log';
import { AccountActs, type AccountActDone } from './account-acts';
import { DemoAccountsDto, IdentitiesQuery, IdentityDto, IdentityKeyDto, NewAccountDto } from './accounts.dto';
import { IdentityCursor } from './identity-cursor';

/** Thrown where demo accounts are asked of a gateway that is no demo's. */
export class NoDemo extends DossierError {
  readonly code = 'NO_DEMO';
  readonly kind = 'forbidden';

  constructor() {
    super('This is no demo (DEMO is not true): accounts with a password that everybody knows are not made here.');
  }
}

interface IdentitiesPage {
  readonly identities: readonly IdentityView[];
  /** The cursor of the next page; null behind the last. */
  readonly next: string | null;
}

/** Of what lets somebody in, or as somebody else. */
const takesTwo = '409 FOUR_EYES where accounts take two persons: it is proposed at `POST /api/accounts/proposals`.';

/** All passwords of demo accounts. */
const demoPassword = 'demo';

/** Accounts, by whoever may manage them: from a browser, or from a command line with a token made out to the gateway and to desk. */
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly settings: GatewaySettings,
    private readonly accounts: Accounts,
    private readonly identities: Identities,
    private readonly cursor: IdentityCursor,
    private readonly sessions: Sessions,
    private readonly signInLog: SignInLog,
    private readonly acts: AccountActs,
  ) {}

  @Get()
  @Action('manage-accounts')
  @ApiOperation({ summary: 'All accounts, by user name' })
  async list(): Promise<{ readonly accounts: readonly AccountView[] }> {
    return { accounts: await this.accounts.list() };
  }

  /** Makes an account for an official and a link by which they set their password. @throws FourEyes where it takes two here */
  @Post()
  @Action('manage-accounts')
  @ApiOperation({
    summary: 'Makes an account for an official; answers the one-time link by which they set their password',
    description: takesTwo,
  })
  create(
    @CurrentCaller() caller: PersonCaller,
    @Body() { officialId, username, language }: NewAccountDto,
  ): Promise<AccountActDone> {
    return this.acts.alone(caller, { act: 'opening', officialId, username, language });
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

  /** Says which official somebody is whom another OpenID provider signs in, by issuer and subject. @throws FourEyes */
  @Post('identities')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Binds somebody of another OpenID provider to an official', description: takesTwo })
  bind(
    @CurrentCaller() caller: PersonCaller,
    @Body() { officialId, issuer, subject }: IdentityDto,
  ): Promise<AccountActDone> {
    return this.acts.alone(caller, { act: 'binding', officialId, issuer, subject });
  }

  @Get('identities')
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Whom of another OpenID provider administrators bound to an official, or barred' })
  async bound(@Query() { cursor, limit }: IdentitiesQuery): Promise<IdentitiesPage> {
    const found = await this.identities.page(cursor === undefined ? null : this.cursor.read(cursor), limit + 1);
    const identities = found.slice(0, limit);
    const last = identities.at(-1);
    return { identities, next: found.length > limit && last ? this.cursor.behind(last) : null };
  }

  /** Their sessions end at once. Where a claim of the provider names officials, it is asked again at the next sign-in. @throws FourEyes */
  @Post('identities/end')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Ends a binding, and the sessions that came by it', description: takesTwo })
  unbind(@CurrentCaller() caller: PersonCaller, @Body() { issuer, subject }: IdentityKeyDto): Promise<AccountActDone> {
    return this.acts.alone(caller, { act: 'unbinding', issuer, subject });
  }

  /**
   * Also somebody who was never bound, and whom a claim would let in. Their sessions end at once; again, it changes nothing. One
   * person is enough.
   */
  @Post('identities/bar')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Lets nobody in by that identity, and ends its sessions and its binding' })
  bar(@CurrentCaller() caller: PersonCaller, @Body() { issuer, subject }: IdentityKeyDto): Promise<AccountActDone> {
    return this.acts.alone(caller, { act: 'barring', issuer, subject });
  }

  /** Binds nobody: the identity is unknown again. @throws FourEyes */
  @Post('identities/unbar')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Lifts a bar', description: takesTwo })
  unbar(@CurrentCaller() caller: PersonCaller, @Body() { issuer, subject }: IdentityKeyDto): Promise<AccountActDone> {
    return this.acts.alone(caller, { act: 'unbarring', issuer, subject });
  }

  /** A link for a new password; the one before does not work any more. @throws FourEyes */
  @Post(':officialId/invitation')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'A new one-time link to set the password; earlier links end', description: takesTwo })
  invite(@CurrentCaller() caller: PersonCaller, @Param('officialId') officialId: string): Promise<AccountActDone> {
    return this.acts.alone(caller, { act: 'invitation', officialId });
  }

  /** Ends its sessions too. One person is enough. */
  @Post(':officialId/disabling')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Lets nobody sign in to the account any more, and ends its sessions at once' })
  disable(@CurrentCaller() caller: PersonCaller, @Param('officialId') officialId: string): Promise<AccountActDone> {
    return this.acts.alone(caller, { act: 'disabling', officialId });
  }

  /** @throws FourEyes */
  @Post(':officialId/enabling')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({
    summary: 'Lets the account be signed in to again, with the password it had',
    description: takesTwo,
  })
  enable(@CurrentCaller() caller: PersonCaller, @Param('officialId') officialId: string): Promise<AccountActDone> {
    return this.acts.alone(caller, { act: 'enabling', officialId });
  }

  /** Also of whoever signs in by another provider and has no account here. One person is enough. */
  @Post(':officialId/sessions/end')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Signs an official out of every browser at once' })
  async endSessions(
    @CurrentCaller() caller: PersonCaller,
    @Param('officialId') officialId: string,
  ): Promise<Pick<AccountActDone, 'ended'>> {
    if (this.settings.DEMO) await this.accounts.require(officialId);
    const ended = await this.sessions.endAllOf(officialId);
    await this.signInLog.add({ outcome: `sessions-ended by ${caller.officialId}`, officialId, address: null });
    return { ended };
  }
}
