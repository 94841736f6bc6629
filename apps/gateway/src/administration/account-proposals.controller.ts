import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Action, CurrentCaller, type PersonCaller } from '#platform';
import type { AccountActDone } from './account-acts';
import { AccountProposals, type AccountProposalPage, type AccountProposalView } from './account-proposals';
import { AccountProposalsQuery, actOf, DeclineDto, ProposedActDto } from './accounts.dto';

/** Accounts that take two persons. */
@Controller('api/accounts/proposals')
export class AccountProposalsController {
  constructor(private readonly proposals: AccountProposals) {}

  @Post()
  @Action('manage-accounts')
  @ApiOperation({
    summary: 'Proposes what one may not do to accounts alone: to let somebody in, or as somebody else',
    description:
      'It is tried and kept as it is; 409 ONE_IS_ENOUGH where one may do it alone, ALREADY_PROPOSED, and what the act would answer.',
  })
  propose(@CurrentCaller() caller: PersonCaller, @Body() said: ProposedActDto): Promise<AccountProposalView> {
    return this.proposals.propose(caller, actOf(said));
  }

  @Get()
  @Action('manage-accounts')
  @ApiOperation({ summary: 'What was proposed, newest first, and whether the caller may decide it' })
  page(@CurrentCaller() caller: PersonCaller, @Query() query: AccountProposalsQuery): Promise<AccountProposalPage> {
    return this.proposals.page(caller, query);
  }

  /** The link of an account that is opened or reset is told here, to who approves, and once. */
  @Post(':proposalId/approve')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({
    summary: 'Does what was proposed, in the name of who approves; both names stand in the log of sign-ins',
    description:
      '409 OWN_PROPOSAL to its author, also as a deputy or by one; 409 APPROVAL_CLOSED, also where something else was done to ' +
      'the same account since; what the act would answer.',
  })
  approve(
    @CurrentCaller() caller: PersonCaller,
    @Param('proposalId', ParseUUIDPipe) proposalId: string,
  ): Promise<AccountActDone> {
    return this.proposals.approve(caller, proposalId);
  }

  @Post(':proposalId/decline')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Declines a proposal, with a reason; nothing is done' })
  decline(
    @CurrentCaller() caller: PersonCaller,
    @Param('proposalId', ParseUUIDPipe) proposalId: string,
    @Body() { reasonCode }: DeclineDto,
  ): Promise<AccountProposalView> {
    return this.proposals.decline(caller, proposalId, reasonCode);
  }

  @Post(':proposalId/withdraw')
  @HttpCode(200)
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Takes a proposal back; by who made it alone' })
  withdraw(
    @CurrentCaller() caller: PersonCaller,
    @Param('proposalId', ParseUUIDPipe) proposalId: string,
  ): Promise<AccountProposalView> {
    return this.proposals.withdraw(caller, proposalId);
  }
}
