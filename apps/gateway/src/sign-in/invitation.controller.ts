import { Body, Controller, Get, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Throttle, ThrottlerGuard } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { Action } from '#platform';
import { AccountActs } from '../administration/account-acts';
import { GatewaySettings } from '../gateway.settings';
import { addressOf } from '../limits/addresses';
import { AnswersPage, AnswersRedirect } from '../pages/answers';
import { Accounts, InvitationOver } from '../provider/accounts';
import { LockOut } from '../provider/lock-out';
import { longestPassword, shortestPassword } from '../provider/passwords';
import { foldedName } from '../provider/user-name';
import { Forgery } from '../sessions/forgery';
import { Sessions } from '../sessions/sessions';
import { invitationOverPage, invitationPage, type PasswordDefect } from './pages';
import { settingOf, type Setting } from './setting';
import { signInLimit } from './sign-in.controller';
import { InvitationQuery, LanguageQuery, NewPasswordDto } from './sign-in.dto';
import { SignInLog } from './sign-in-log';
import { TooManyPageFilter } from './too-many-page.filter';

/** The page behind a one-time link, by which somebody sets the password of their account. */
@Controller('sign-in/invitation')
@UseGuards(ThrottlerGuard)
@UseFilters(TooManyPageFilter)
@Throttle(signInLimit)
export class InvitationController {
  constructor(
    private readonly settings: GatewaySettings,
    private readonly accounts: Accounts,
    private readonly acts: AccountActs,
    private readonly sessions: Sessions,
    private readonly lockOut: LockOut,
    private readonly signInLog: SignInLog,
    private readonly forgery: Forgery,
  ) {}

  /** Opening the page uses nothing up: mail programs open links by themselves. */
  @Get()
  @Action('sign-in')
  @ApiOperation({ summary: 'The page by which whoever was invited sets a password' })
  @AnswersPage('410 is the page that says that the link is over.')
  async page(@Query() { secret }: InvitationQuery, @Req() request: Request, @Res() response: Response) {
    await this.orOver(request, response, async (setting) => {
      const { username } = await this.accounts.invited(secret);
      response.type('html').send(invitationPage({ ...setting, secret, username, defect: null }));
    });
  }

  /** Works once. Ends all sessions there are of that account: a password is set anew also because somebody knew the old one. */
  @Post()
  @Action('sign-in')
  @ApiOperation({ summary: 'Sets the password; the link works once' })
  @AnswersRedirect('To sign in; 400 is the page again, with what is wrong.')
  async setPassword(
    @Body() { secret, password, again }: NewPasswordDto,
    @Query() _query: LanguageQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.forgery.refuseOtherSites(request);
    await this.orOver(request, response, async (setting) => {
      const { username } = await this.accounts.invited(secret);
      const defect = defectOf(password, again, username);
      if (defect !== null) {
        response
          .status(400)
          .type('html')
          .send(invitationPage({ ...setting, secret, username, defect }));
        return;
      }
      const officialId = await this.accounts.setPassword(secret, password);
      await this.acts.inTurn((manager) => this.acts.outdate(manager, { officialId }, officialId));
      await this.sessions.endAllOf(officialId);
      await this.lockOut.unlock(username);
      await this.signInLog.add({ outcome: 'password-set', officialId, address: addressOf(request) });
      response.redirect(303, '/sign-in');
    });
  }

  private async orOver(request: Request, response: Response, work: (setting: Setting) => Promise<void>): Promise<void> {
    const setting = settingOf(request, response, this.settings);
    try {
      await work(setting);
    } catch (error) {
      if (!(error instanceof InvitationOver)) throw error;
      response.status(error.getStatus()).type('html').send(invitationOverPage(setting));
    }
  }
}

function defectOf(password: string, again: string, username: string): PasswordDefect | null {
  if (password !== again) return 'notTheSame';
  if (password.length < shortestPassword) return 'tooShort';
  if (password.length > longestPassword) return 'tooLong';
  if (username.length > 3 && foldedName(password).includes(username)) return 'isTheName';
  return null;
}
