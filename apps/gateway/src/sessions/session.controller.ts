import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsString } from 'class-validator';
import type { Request, Response } from 'express';
import { languages, type Language } from '#contracts';
import { FieldInvalid } from '#domain';
import { Action } from '#platform';
import { Tokens } from '../carrying/tokens';
import { GatewaySettings } from '../gateway.settings';
import { addressOf } from '../limits/addresses';
import { LiveStreams } from '../live/live-streams';
import { Officials, type Post as OfficialPost } from '../sign-in/officials';
import { RelyingParty } from '../sign-in/relying-party';
import { SignInLog } from '../sign-in/sign-in-log';
import { CurrentSession, sessionCookie, Sessions, type Session } from './sessions';

/** What the console knows of who is signed in. */
interface SessionView {
  readonly official: { readonly id: string; readonly name: string };
  /** The post acted in; null for whoever holds none at present, and then there is nothing they may do. */
  readonly post: OfficialPost | null;
  /** Those that can be chosen. */
  readonly posts: readonly OfficialPost[];
  /** How far which actions reach from the post acted in; an action not named is not allowed. For menus; `desk` judges. */
  readonly rights: Readonly<Record<string, string>>;
  readonly language: Language;
  /** To be sent as X-CSRF-Token with everything that changes something. */
  readonly csrf: string;
  /** When they last showed who they are (UTC); null where the provider does not say. */
  readonly authenticatedAt: string | null;
  /** When the session ends if nothing more is asked (UTC), and when it ends in any case. */
  readonly idleEndsAt: string;
  readonly endsAt: string;
  /** Accounts with a password that everybody knows may exist: every page says so. */
  readonly demo: boolean;
}

class ChosenPost {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  postId: string;
}

class ChosenLanguage {
  @ApiProperty({ enum: languages })
  @IsIn(languages)
  language: Language;
}

/** Who is signed in in this browser. */
@Controller()
export class SessionController {
  constructor(
    private readonly settings: GatewaySettings,
    private readonly sessions: Sessions,
    private readonly officials: Officials,
    private readonly tokens: Tokens,
    private readonly relyingParty: RelyingParty,
    private readonly streams: LiveStreams,
    private readonly signInLog: SignInLog,
  ) {}

  @Get('api/session')
  @Action('use-console')
  @ApiOperation({ summary: 'Who is signed in, in which post, with which rights; 401 SIGNED_OUT for nobody' })
  async show(@CurrentSession() session: Session): Promise<SessionView> {
    const official = await this.officials.find(session.officialId);
    const post = await this.tokens.postOf(session);
    return {
      official: { id: session.officialId, name: official?.name ?? session.officialId },
      post: post && withoutRights(post),
      posts: (official?.posts ?? []).map(withoutRights),
      rights: post?.rights ?? {},
      language: session.language,
      csrf: session.csrf,
      authenticatedAt: session.authenticatedAt?.toISOString() ?? null,
      idleEndsAt: session.idleEndsAt,
      endsAt: session.endsAt,
      demo: this.settings.DEMO,
    };
  }

  /** From now on this session acts in that post; the answer is the session as it then is. */
  @Post('api/post')
  @HttpCode(200)
  @Action('choose-post')
  @ApiOperation({ summary: 'Acts in another of the posts held from now on' })
  async choosePost(@CurrentSession() session: Session, @Body() { postId }: ChosenPost): Promise<SessionView> {
    this.officials.forget(session.officialId);
    const official = await this.officials.find(session.officialId);
    if (!official?.posts.some(({ id }) => id === postId))
      throw new FieldInvalid('postId', 'is not a post you hold now');
    await this.sessions.choosePost(session.hash, postId);
    this.streams.endOf([session.hash], 'other-post'); // The browser opens it again, for the alerts of that post.
    return this.show({ ...session, postId });
  }

  /** The language of the console; kept for the next sign-in. */
  @Post('api/language')
  @HttpCode(200)
  @Action('use-console')
  @ApiOperation({ summary: 'Chooses the language of the console, also for the next sign-in' })
  async chooseLanguage(@CurrentSession() session: Session, @Body() { language }: ChosenLanguage): Promise<SessionView> {
    await this.sessions.chooseLanguage(session, language);
    return this.show({ ...session, language });
  }

  /** Ends the session everywhere it is open. `location`: where the browser goes then, the provider's own page where it has one. */
  @Post('sign-out')
  @HttpCode(200)
  @Action('sign-out')
  @ApiOperation({ summary: 'Ends the session in all windows of this browser; says where to go then' })
  async signOut(
    @CurrentSession() { hash, officialId }: Session,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly location: string }> {
    await this.sessions.end(hash);
    this.streams.endOf([hash], 'session-over');
    response.clearCookie(sessionCookie.name, sessionCookie.options);
    await this.signInLog.add({ outcome: 'signed-out', officialId, address: addressOf(request) });
    return { location: (await this.relyingParty.endAddress()) ?? '/' };
  }
}

function withoutRights({ id, name, officeId, officeName }: OfficialPost): OfficialPost {
  return { id, name, officeId, officeName };
}
