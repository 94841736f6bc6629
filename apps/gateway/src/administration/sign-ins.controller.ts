import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import { Action, CurrentCaller, type PersonCaller, type ServiceFetch } from '#platform';
import { DESK_FETCH } from '../carrying/desk';
import { PageQuery } from './accounts.dto';
import { SignInLog, signInKinds, type SignInKind, type SignInLine } from '../sign-in/sign-in-log';

/** Which lines of the log; all filters must hold. Instants are real time, as the log keeps them. */
export class SignInsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Id of the official who signed in, or whose account it is.' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  official?: string;

  @ApiPropertyOptional({ enum: signInKinds })
  @IsOptional()
  @IsIn(signInKinds)
  kind?: SignInKind;

  @ApiPropertyOptional({ format: 'date-time', description: 'At this instant or later.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Before this instant.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  until?: string;

  /** Lines before this one; the newest where it is absent. */
  @ApiPropertyOptional({ description: '"next" of the page before.' })
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  cursor?: string;
}

interface SignInsPage {
  readonly signIns: readonly SignInLine[];
  /** The cursor of the next page; null behind the last. */
  readonly next: string | null;
}

/** The log of sign-ins, for administrators and auditors, whose look at it stands in the access log. */
@Controller('api/accounts/sign-ins')
export class SignInsController {
  constructor(
    private readonly signInLog: SignInLog,
    @Inject(DESK_FETCH) private readonly desk: ServiceFetch,
  ) {}

  @Get()
  @Action('read-sign-ins')
  @ApiOperation({
    summary: 'Who signed in or was refused, and what became of accounts; newest first. This look is logged',
  })
  async page(@CurrentCaller() { token }: PersonCaller, @Query() query: SignInsQuery): Promise<SignInsPage> {
    await this.desk({ method: 'POST', path: '/access-log/sign-ins', token });
    const { official = null, kind = null, from = null, until = null, cursor: before = null, limit } = query;
    const lines = await this.signInLog.page({ official, kind, from, until, before }, limit + 1);
    const signIns = lines.slice(0, limit);
    return { signIns, next: lines.length > limit ? (signIns.at(-1)?.id ?? null) : null };
  }
}
