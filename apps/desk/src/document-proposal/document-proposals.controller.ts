import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import type { DocumentAct } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeclineDto } from '../approval/approvals.dto';
import { sent } from '../command/answer-book';
import { FromRequest, type CommandRequest } from '../command/request';
import type { DocumentProposalPage, DocumentProposalView, ProposedDocument } from './document-proposal';
import { DocumentProposals } from './document-proposals';
import { ProposalsDto } from './document-proposals.dto';

/** The routes of proposals for one act; made for each, because a route's action stands on its method. */
function proposalsOf(act: DocumentAct, proposes: string) {
  abstract class ProposalsController {
    constructor(@Inject(DocumentProposals) readonly proposals: DocumentProposals) {}

    @Post()
    @Action(act)
    @ApiOperation({
      summary: proposes,
      description:
        'It is tried and kept as it is; 409 ONE_IS_ENOUGH where one may load it alone, NOTHING_TO_LOAD, ALREADY_PROPOSED.',
    })
    @ApiHeader({ name: 'Idempotency-Key', required: true })
    async propose(
      @Body() document: object,
      @FromRequest() request: CommandRequest,
      @Res({ passthrough: true }) response: Response,
    ): Promise<DocumentProposalView> {
      return sent(response, await this.proposals.propose(act, request, document));
    }

    @Get()
    @Action(act)
    @ApiOperation({ summary: 'What was proposed, newest first, and whether the caller may decide it' })
    page(@CurrentCaller() caller: Caller, @Query() query: ProposalsDto): Promise<DocumentProposalPage> {
      return this.proposals.page(act, caller, query);
    }

    @Get(':proposalId')
    @Action(act)
    @ApiOperation({ summary: 'One proposal with the document that would be loaded, in the form its preview takes' })
    read(
      @CurrentCaller() caller: Caller,
      @Param('proposalId', ParseUUIDPipe) proposalId: string,
    ): Promise<ProposedDocument> {
      return this.proposals.read(act, caller, proposalId);
    }

    @Post(':proposalId/approve')
    @HttpCode(200)
    @Action(act)
    @ApiOperation({
      summary: 'Loads the document as it was proposed, in the name of who approves; both names stand in its event',
      description:
        '409 OWN_PROPOSAL to its author, also as a deputy or by one; 409 APPROVAL_CLOSED; what the load would answer.',
    })
    @ApiHeader({ name: 'Idempotency-Key', required: true })
    async approve(
      @Param('proposalId', ParseUUIDPipe) proposalId: string,
      @FromRequest() request: CommandRequest,
      @Res({ passthrough: true }) response: Response,
    ): Promise<DocumentProposalView> {
      return sent(response, await this.proposals.approve(act, proposalId, request));
    }

    @Post(':proposalId/decline')
    @HttpCode(200)
    @Action(act)
    @ApiOperation({ summary: 'Declines a proposal, with a reason; nothing is loaded' })
    @ApiHeader({ name: 'Idempotency-Key', required: true })
    async decline(
      @Param('proposalId', ParseUUIDPipe) proposalId: string,
      @Body() { reasonCode }: DeclineDto,
      @FromRequest() request: CommandRequest,
      @Res({ passthrough: true }) response: Response,
    ): Promise<DocumentProposalView> {
      return sent(response, await this.proposals.decline(act, proposalId, request, reasonCode));
    }

    @Post(':proposalId/withdraw')
    @HttpCode(200)
    @Action(act)
    @ApiOperation({ summary: 'Takes a proposal back; by who made it alone' })
    @ApiHeader({ name: 'Idempotency-Key', required: true })
    async withdraw(
      @Param('proposalId', ParseUUIDPipe) proposalId: string,
      @FromRequest() request: CommandRequest,
      @Res({ passthrough: true }) response: Response,
    ): Promise<DocumentProposalView> {
      return sent(response, await this.proposals.withdraw(act, proposalId, request));
    }
  }
  return ProposalsController;
}

/** An organisation that takes two persons. */
@Controller('organisation/proposals')
export class OrganisationProposalsController extends proposalsOf(
  'load-organisation',
  'Proposes an organisation, as one would load it; If-Match names the version that was edited',
) {}

/** A catalogue that takes two persons. */
@Controller('catalogue/proposals')
export class CatalogueProposalsController extends proposalsOf(
  'load-catalogue',
  'Proposes versions of procedures and calendars, as one would load them',
) {}
