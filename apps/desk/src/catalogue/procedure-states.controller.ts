import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Action, CurrentCaller, type Caller } from '#platform';
import { NumberPipe } from '../command/number.pipe';
import { PublishDto, WithdrawDto } from './procedure-states.dto';
import { ProcedureStates, type VersionView } from './procedure-states';

/** Draft, published, withdrawn: which version of a procedure takes new dossiers. Those that have begun keep theirs. */
@Controller('catalogue/procedures/:code/versions')
export class ProcedureStatesController {
  constructor(private readonly states: ProcedureStates) {}

  @Get()
  @Action('read-procedure-states')
  @ApiOperation({ summary: 'Every version of a procedure, newest first, and from when to when it takes new dossiers' })
  async list(@Param('code') code: string): Promise<{ versions: readonly VersionView[] }> {
    return { versions: await this.states.list(code) };
  }

  /** Idempotent. */
  @Post(':version/publish')
  @Action('publish-procedure')
  @HttpCode(200)
  @ApiOperation({ summary: 'Brings a draft into use, from the day on that it says itself: procedure-published' })
  publish(
    @CurrentCaller() caller: Caller,
    @Param('code') code: string,
    @Param('version', NumberPipe) version: number,
    @Body() { legalBasis }: PublishDto,
  ): Promise<VersionView> {
    return this.states.publish(caller, code, version, legalBasis);
  }

  /** Idempotent. */
  @Post(':version/withdraw')
  @Action('withdraw-procedure')
  @HttpCode(200)
  @ApiOperation({ summary: 'A version takes no new dossiers from a day on: procedure-withdrawn' })
  withdraw(
    @CurrentCaller() caller: Caller,
    @Param('code') code: string,
    @Param('version', NumberPipe) version: number,
    @Body() { legalBasis, from }: WithdrawDto,
  ): Promise<VersionView> {
    return this.states.withdraw(caller, code, version, { legalBasis, from: from ?? null });
  }
}
