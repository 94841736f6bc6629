import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { Action, CurrentCaller, type Caller } from '#platform';
import { sent } from '../command/answer-book';
import { FromRequest, type CommandRequest } from '../command/request';
import type { DossierView } from '../lookup/dossier-view';
import type { ApprovalView } from './approval';
import { DeclineDto, ProposeDto, WaitingDto } from './approvals.dto';
import { Approvals, type ApprovalsOfDossier, type WaitingPage } from './approvals';

/** What takes two persons, proposed of one dossier. */
@Controller('dossiers/:dossierId/approvals')
export class DossierApprovalsController {
  constructor(private readonly approvals: Approvals) {}

  @Post()
  @Action('propose')
  @ApiOperation({
    summary: 'Proposes a command that takes two persons in this office',
    description:
      'The body is checked and the command tried as if it were approved at once. 409 ONE_IS_ENOUGH where one person may give ' +
      'it alone, NOBODY_TO_APPROVE, ALREADY_PROPOSED. Free text is sealed with the dossier’s key.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag it is proposed upon.' })
  async propose(
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Body() body: ProposeDto,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ApprovalView> {
    return sent(response, await this.approvals.propose(dossierId, request, body));
  }

  @Get()
  @Action('read-approvals')
  @ApiOperation({
    summary: 'What was proposed of one dossier, newest first, and who could approve what takes two here',
    description: 'Where free text is among it, the look is logged.',
  })
  read(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<ApprovalsOfDossier> {
    return this.approvals.ofDossier(caller, dossierId);
  }
}

/** What waits for a second person. */
@Controller('approvals')
export class ApprovalsController {
  constructor(private readonly approvals: Approvals) {}

  @Get()
  @Action('approve')
  @ApiOperation({ summary: 'The proposals that the caller may decide now, oldest first' })
  waiting(@CurrentCaller() caller: Caller, @Query() query: WaitingDto): Promise<WaitingPage> {
    return this.approvals.waiting(caller, query);
  }

  @Post(':approvalId/approve')
  @HttpCode(200)
  @Action('approve')
  @ApiOperation({
    summary: 'Gives the proposed command, in the name of who approves; both names stand in its event',
    description:
      'Answers the dossier as it is then. 409 OWN_PROPOSAL to its author, also as a deputy or by one; 409 PROPOSAL_OUTDATED ' +
      'with what changed where people did something else with the dossier since; 409 APPROVAL_CLOSED.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async approve(
    @Param('approvalId', ParseUUIDPipe) approvalId: string,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DossierView> {
    return sent(response, await this.approvals.approve(approvalId, request));
  }

  @Post(':approvalId/decline')
  @HttpCode(200)
  @Action('approve')
  @ApiOperation({ summary: 'Declines a proposal, with a reason; the dossier stays as it is' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async decline(
    @Param('approvalId', ParseUUIDPipe) approvalId: string,
    @Body() { reasonCode }: DeclineDto,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ApprovalView> {
    return sent(response, await this.approvals.decline(approvalId, request, reasonCode));
  }

  @Post(':approvalId/withdraw')
  @HttpCode(200)
  @Action('propose')
  @ApiOperation({ summary: 'Takes a proposal back; by who made it alone' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async withdraw(
    @Param('approvalId', ParseUUIDPipe) approvalId: string,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ApprovalView> {
    return sent(response, await this.approvals.withdraw(approvalId, request));
  }
}
