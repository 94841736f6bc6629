import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Throttle, ThrottlerGuard } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { errors } from 'oidc-provider';
import type { Logger } from 'pino';
import { Action, LOGGER } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { addressOf } from '../limits/addresses';
import { AnswersPage, AnswersRedirect } from '../pages/answers';
import { Accounts, type AccountToSignIn } from '../provider/accounts';
import { LiveStreams } from '../live/live-streams';
import { PROVIDER, type EmbeddedProvider } from '../provider/embedded-provider';
import { KnownBrowsers } from '../provider/known-browsers';
import { LockOut } from '../provider/lock-out';
import { Passwords } from '../provider/passwords';
import { isLoopback } from '../public-origin';
import { Forgery } from '../sessions/forgery';
import { cookieOf, sessionCookie, Sessions, type SessionInHand } from '../sessions/sessions';
import { Identities, type KnownPerson } from './identities';
import { anotherPersonPage, notBoundPage, signInFailedPage, signInPage } from './pages';
import { settingOf } from './setting';
import { RelyingParty, type Identity } from './relying-party';
import { SignInLog } from './sign-in-log';
import { CredentialsDto, SignInQuery } from './sign-in.dto';
import { returnPath, SignIns, signInTakesMs, type ReturnedSignIn } from './sign-ins';
import { TooManyPageFilter } from './too-many-page.filter';
import { languageAsked } from './words';

/** The state of a sign-in under way; its row has the rest. */
const STATE_COOKIE = '__Host-motcua-sign-in';

/** A whole office may sign in from behind one address at eight o'clock. */
export const signInLimit = { default: { ttl: 60_000, limit: 120 } };

/** The pages by which people sign in. They need no script. */
@Controller('sign-in')
@UseGuards(ThrottlerGuard)
@UseFilters(TooManyPageFilter)
@Throttle(signInLimit)
export class SignInController {
  constructor(
    private readonly settings: GatewaySettings,
    private readonly relyingParty: RelyingParty,
    private readonly signIns: SignIns,
    private readonly identities: Identities,
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly lockOut: LockOut,
    private readonly knownBrowsers: KnownBrowsers,
    private readonly forgery: Forgery,
    private readonly signInLog: SignInLog,
    private readonly streams: LiveStreams,
    @Inject(PROVIDER) private readonly provider: EmbeddedProvider | null,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * Sends the browser to the provider; it comes back to `callback`, and then to `to`, a path of this origin. With `again` the
   * provider asks who it is whatever it saw before, and whoever is signed in here must be the one who comes back.
   */
  @Get()
  @Action('sign-in')
  @ApiOperation({ summary: 'Begins to sign in; then the browser comes back to the path in "to"' })
  @AnswersRedirect('To the provider.')
  async begin(@Query() { to, again }: SignInQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    const elsewhere = this.publicAddressOf(request);
    if (elsewhere !== null) {
      response.redirect(303, elsewhere);
      return;
    }
    const { address, underWay } = await this.relyingParty.begin(again !== undefined);
    const expected = again === undefined ? null : await this.sessions.officialOf(request);
    await this.signIns.keep(underWay, { returnTo: returnPath(to), expected });
    response.cookie(STATE_COOKIE, underWay.state, { ...sessionCookie.options, maxAge: signInTakesMs });
    response.redirect(303, address.href);
  }

  /** The embedded provider's page for name and password. */
  @Get('account/:uid')
  @Action('sign-in')
  @ApiOperation({ summary: 'The page for name and password' })
  @AnswersPage('In the language of the browser, or of "language" in the query.')
  async page(@Param('uid') _uid: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (!(await this.isUnderWay(request, response))) {
      response.redirect(303, '/sign-in');
      return;
    }
    this.showSignIn(request, response, { wrong: false, username: '' });
  }

  /** A wrong name, a wrong password and a lock-out look alike, and take the same time. */
  @Post('account/:uid')
  @Action('sign-in')
  @ApiOperation({ summary: 'Takes name and password; what is wrong with them is not told' })
  @AnswersRedirect('Back to the provider; 401 is the page again.')
  async credentials(
    @Param('uid') _uid: string,
    @Body() { username, password }: CredentialsDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.forgery.refuseOtherSites(request);
    if (!(await this.isUnderWay(request, response))) {
      response.redirect(303, '/sign-in');
      return;
    }
    const account = await this.checked(request, username, password);
    if (account === null) {
      this.showSignIn(request, response, { wrong: true, username });
      return;
    }
    const state = cookieOf(request, STATE_COOKIE);
    if (state !== null) await this.signIns.noteBrowser(state, this.knownBrowsers.of(request, account) !== null);
    this.knownBrowsers.remember(request, response, account);
    const result = { login: { accountId: account.accountId, remember: false } };
    await this.provider?.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  /** Where the provider sends the browser back to: from here on it has a session. */
  @Get('callback')
  @Action('sign-in')
  @ApiOperation({ summary: 'Where the provider sends the browser back to' })
  @AnswersRedirect('To where the sign-in was begun for; 400 and 403 are pages that say why not.')
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const state = cookieOf(request, STATE_COOKIE);
    const underWay = state === null ? null : await this.signIns.take(state);
    response.clearCookie(STATE_COOKIE, sessionCookie.options);
    const identity = underWay && (await this.identityOf(request, underWay));
    if (!identity) {
      response
        .status(400)
        .type('html')
        .send(signInFailedPage(settingOf(request, response, this.settings)));
      return;
    }
    await this.signedIn(identity, underWay, request, response);
  }

  private async signedIn(
    identity: Identity,
    underWay: ReturnedSignIn,
    request: Request,
    response: Response,
  ): Promise<void> {
    const from = { address: addressOf(request), knownBrowser: underWay.knownBrowser };
    const person = await this.identities.personOf(identity);
    if (person === null || person === 'barred') {
      await this.refuse(identity, person, request, response);
      return;
    }
    const { officialId } = person;
    if (this.relyingParty.isEmbedded) await this.signIns.endAtProvider(identity.subject);
    if (underWay.expected !== null && underWay.expected !== officialId) {
      await this.signInLog.add({ outcome: 'another-person', officialId, ...from });
      response
        .status(403)
        .type('html')
        .send(anotherPersonPage(settingOf(request, response, this.settings)));
      return;
    }
    const renewed = underWay.again ? await this.renewed({ ...identity, officialId }, request) : null;
    const { value, hash } = renewed ?? (await this.begun({ ...identity, ...person }, request));
    const still = await this.identities.personOf(identity);
    if (still === null || still === 'barred' || still.officialId !== officialId) {
      await this.sessions.end(hash); // Disabled, unbound or barred meanwhile: those who did it ended the sessions there were.
      await this.refuse(identity, still === 'barred' ? still : null, request, response);
      return;
    }
    await this.signInLog.add({ outcome: renewed === null ? 'signed-in' : 'signed-in-again', officialId, ...from });
    response.cookie(sessionCookie.name, value, sessionCookie.options);
    response.redirect(303, underWay.returnTo);
  }

  /** The session of this browser goes on; null where it is over. Its streams open themselves again, by the new cookie. */
  private async renewed(
    who: Identity & { readonly officialId: string },
    request: Request,
  ): Promise<SessionInHand | null> {
    const renewed = await this.sessions.renew(request, who);
    if (renewed !== null) this.streams.endOf([renewed.before], 'signed-in-again');
    return renewed;
  }

  private async begun(who: Identity & KnownPerson, request: Request): Promise<SessionInHand> {
    const language = who.language ?? languageAsked(request.get('accept-language'));
    await this.sessions.endThatOf(request);
    return this.sessions.begin({ ...who, language });
  }

  /** Whom nobody has bound is told what to have bound; who is barred is told nothing more than who failed. */
  private async refuse(identity: Identity, why: 'barred' | null, request: Request, response: Response): Promise<void> {
    await this.signInLog.add({ outcome: why ?? 'not-bound', officialId: null, address: addressOf(request) });
    const setting = settingOf(request, response, this.settings);
    response
      .status(403)
      .type('html')
      .send(why === 'barred' ? signInFailedPage(setting) : notBoundPage({ ...setting, ...identity }));
  }

  /** Null where the provider's answer proves nothing; the log says why. */
  private async identityOf(request: Request, underWay: ReturnedSignIn): Promise<Identity | null> {
    try {
      const identity = await this.relyingParty.finish(request.originalUrl, underWay);
      if (underWay.again && (identity.authTime === null || identity.authTime < underWay.notBeforeS)) {
        throw new Error('The provider was to ask who it is, and did not, or does not say when.');
      }
      return identity;
    } catch (error) {
      this.log.warn({ err: error }, 'a sign-in came back without proof');
      return null;
    }
  }

  /** The account where name and password are right, and may still be tried. */
  private async checked(request: Request, username: string, password: string): Promise<AccountToSignIn | null> {
    const address = addressOf(request);
    const account = await this.accounts.named(username);
    const knownBrowser = this.knownBrowsers.of(request, account ?? { username, passwordHash: null });
    const attempt = { username, address, knownBrowser };
    const taken = await this.lockOut.take(attempt);
    const matches = await this.passwords.matches(taken === null ? null : (account?.passwordHash ?? null), password);
    if (account !== null && taken !== null && matches) {
      await this.lockOut.forget(attempt, taken);
      return account;
    }
    const outcome = taken === null ? 'locked-out' : 'wrong-password';
    const who = account === null ? null : { officialId: account.officialId, knownBrowser: knownBrowser !== null };
    await this.signInLog.add({ outcome, ...(who ?? { officialId: null }), address });
    return null;
  }

  private async isUnderWay(request: Request, response: Response): Promise<boolean> {
    if (this.provider === null) return false;
    try {
      await this.provider.interactionDetails(request, response);
      return true;
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return false; // It took too long, or is another browser's.
      throw error;
    }
  }

  private showSignIn(request: Request, response: Response, said: { wrong: boolean; username: string }): void {
    const page = signInPage({ ...settingOf(request, response, this.settings), ...said });
    response
      .status(said.wrong ? 401 : 200)
      .type('html')
      .send(page);
  }

  /** The same under PUBLIC_URL, for whoever opened this machine by another of its names: cookies belong to one name. */
  private publicAddressOf(request: Request): string | null {
    const wanted = new URL(this.settings.PUBLIC_URL);
    const opened = URL.parse(`${wanted.protocol}//${request.get('host') ?? ''}`);
    const differs = opened !== null && isLoopback(opened.hostname) && opened.host !== wanted.host;
    return differs && isLoopback(wanted.hostname) ? `${wanted.origin}${request.originalUrl}` : null;
  }
}
