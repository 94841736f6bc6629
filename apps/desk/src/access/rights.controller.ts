import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { scopeOf, type Scope } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskAccess, isAction } from './desk-access';

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
}
