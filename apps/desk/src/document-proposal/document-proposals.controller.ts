import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeclineDto } from '../approval/approvals.dto';
import { FromRequest, type CommandRequest } from '../command/request';
import { created } from '../intake/intake.controller';
import type { DocumentProposalPage, DocumentProposalView, ProposedDocument } from './document-proposal';
import { DocumentProposals } from './document-proposals';
import { ProposalsDto } from './document-proposals.dto';

/** An organisation that takes two persons. */
@Controller('organisation/proposals')
export class OrganisationProposalsController {
  constructor(private readonly proposals: DocumentProposals) {}

  @Post()
  @Action('load-organisation')
  @ApiOperation({
    summary: 'Proposes an organisation, as one would load it; If-Match names the version that was edited',
    description:
      'It is tried and kept as it is; 409 ONE_IS_ENOUGH where one may load it alone, NOTHING_TO_LOAD, ALREADY_PROPOSED.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async propose(
    @Body() document: object,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DocumentProposalView> {
    return created(response, await this.proposals.propose('load-organisation', request, document));
  }

  @Get()
  @Action('load-organisation')
  @ApiOperation({ summary: 'What was proposed, newest first, and whether the caller may decide it' })
  page(@CurrentCaller() caller: Caller, @Query() query: ProposalsDto): Promise<DocumentProposalPage> {
    return this.proposals.page('load-organisation', caller, query);
  }

  @Get(':proposalId')
  @Action('load-organisation')
  @ApiOperation({ summary: 'One proposal with the document that would be loaded, in the form its preview takes' })
  read(
    @CurrentCaller() caller: Caller,
    @Param('proposalId', ParseUUIDPipe) proposalId: string,
  ): Promise<ProposedDocument> {
    return this.proposals.read('load-organisation', caller, proposalId);
  }

  @Post(':proposalId/approve')
  @HttpCode(200)
  @Action('load-organisation')
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
    return created(response, await this.proposals.approve('load-organisation', proposalId, request));
  }

  @Post(':proposalId/decline')
  @HttpCode(200)
  @Action('load-organisation')
  @ApiOperation({ summary: 'Declines a proposal, with a reason; nothing is loaded' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async decline(
    @Param('proposalId', ParseUUIDPipe) proposalId: string,
    @Body() { reasonCode }: DeclineDto,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DocumentProposalView> {
    return created(response, await this.proposals.decline('load-organisation', proposalId, request, reasonCode));
  }

  @Post(':proposalId/withdraw')
  @HttpCode(200)
  @Action('load-organisation')
  @ApiOperation({ summary: 'Takes a proposal back; by who made it alone' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async withdraw(
    @Param('proposalId', ParseUUIDPipe) proposalId: string,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DocumentProposalView> {
    return created(response, await this.proposals.withdraw('load-organisation', proposalId, request));
  }
}

/** A catalogue that takes two persons. */
@Controller('catalogue/proposals')
export class CatalogueProposalsController {
  constructor(private readonly proposals: DocumentProposals) {}

  @Post()
  @Action('load-catalogue')
  @ApiOperation({
    summary: 'Proposes versions of procedures and calendars, as one would load them',
    description:
      'It is tried and kept as it is; 409 ONE_IS_ENOUGH where one may load it alone, NOTHING_TO_LOAD, ALREADY_PROPOSED.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async propose(
    @Body() document: object,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DocumentProposalView> {
    return created(response, await this.proposals.propose('load-catalogue', request, document));
  }

  @Get()
  @Action('load-catalogue')
  @ApiOperation({ summary: 'What was proposed, newest first, and whether the caller may decide it' })
  page(@CurrentCaller() caller: Caller, @Query() query: ProposalsDto): Promise<DocumentProposalPage> {
    return this.proposals.page('load-catalogue', caller, query);
  }

  @Get(':proposalId')
  @Action('load-catalogue')
  @ApiOperation({ summary: 'One proposal with the document that would be loaded, in the form its preview takes' })
  read(
    @CurrentCaller() caller: Caller,
    @Param('proposalId', ParseUUIDPipe) proposalId: string,
  ): Promise<ProposedDocument> {
    return this.proposals.read('load-catalogue', caller, proposalId);
  }

  @Post(':proposalId/approve')
  @HttpCode(200)
  @Action('load-catalogue')
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
    return created(response, await this.proposals.approve('load-catalogue', proposalId, request));
  }

  @Post(':proposalId/decline')
  @HttpCode(200)
  @Action('load-catalogue')
  @ApiOperation({ summary: 'Declines a proposal, with a reason; nothing is loaded' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async decline(
    @Param('proposalId', ParseUUIDPipe) proposalId: string,
    @Body() { reasonCode }: DeclineDto,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DocumentProposalView> {
    return created(response, await this.proposals.decline('load-catalogue', proposalId, request, reasonCode));
  }

  @Post(':proposalId/withdraw')
  @HttpCode(200)
  @Action('load-catalogue')
  @ApiOperation({ summary: 'Takes a proposal back; by who made it alone' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async withdraw(
    @Param('proposalId', ParseUUIDPipe) proposalId: string,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DocumentProposalView> {
    return created(response, await this.proposals.withdraw('load-catalogue', proposalId, request));
  }
}
