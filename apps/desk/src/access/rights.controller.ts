import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { othersEntitled, scopeOf, type Scope } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskAccess, isAction } from './desk-access';

/** Who a caller is as a person where they manage accounts, and who else may. Ids of officials. */
interface AccountManagers {
  /** Whether the organisation leaves it to two persons. */
  readonly takesTwo: boolean;
  /** Who answers for the act: the caller, and those in whose place it may stand. */
  readonly authors: readonly string[];
  /** The same for each position that gives the caller the right: an approval may stand for any one of them. */
  readonly positions: readonly (readonly string[])[];
  /** Who else holds the right now by a post of their own. */
  readonly others: readonly string[];
}

/** Which rights the caller has by the post held now: for services that know no posts. */
@Controller('rights')
export class RightsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
  ) {}

  @Get(':action')
  @Action('read-own-rights')
  @ApiOperation({
    summary: 'How far the caller may do an action; null for not at all, also where there is no such action',
  })
  async scope(@CurrentCaller() caller: Caller, @Param('action') action: string): Promise<{ scope: Scope | null }> {
    const { rights } = await this.access.subjectOf(this.dataSource.manager, caller);
    return { scope: isAction(action) ? scopeOf(action, rights) : null };
  }

  @Get('manage-accounts/persons')
  @Action('manage-accounts')
  @ApiOperation({ summary: 'Who the caller is as a person where accounts take two, and who else may manage them' })
  async accountManagers(@CurrentCaller() caller: Caller): Promise<AccountManagers> {
    const subject = await this.access.subjectOf(this.dataSource.manager, caller);
    const { organisation, at } = subject;
    const authors = this.access.authorsOfAct(subject, 'manage-accounts');
    return {
      takesTwo: organisation.fourEyes.includes('manage-accounts'),
      authors,
      positions: this.access.personsFor(subject, 'manage-accounts'),
      others: othersEntitled('manage-accounts', organisation, authors, at),
    };
  }
}
