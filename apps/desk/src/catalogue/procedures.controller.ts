import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import shippedReasons from '#reasons';
import type { Localized } from '#contracts';
import { calendarIdOf, parseReasons, type ProcedureVersion } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { Catalogue } from './catalogue';
import { procedureViewOf, type ProcedureView } from './procedure-view';
import { ProceduresDto } from './procedures.dto';

/** Why something was done, as a code and in words. */
export interface ReasonView {
  readonly code: string;
  readonly text: Localized;
}

const shown: readonly ReasonView[] = [...parseReasons(shippedReasons)].map(([code, text]) => ({ code, text }));

/** What may be asked of the office, and why it may say no. */
@Controller()
export class ProceduresController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
  ) {}

  @Get('procedures')
  @Action('read-catalogue')
  @ApiOperation({ summary: 'The procedures in force now at the caller’s office, by code' })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { language, channel }: ProceduresDto,
  ): Promise<{ procedures: readonly ProcedureView[] }> {
    const { manager } = this.dataSource;
    const { actor, organisation, at } = await this.access.subjectOf(manager, caller);
    const calendarId = calendarIdOf(organisation, actor.officeId, at);
    const procedures = await this.catalogue.proceduresInForce(manager, calendarId, at);
    const views = procedures.map((procedure) => procedureViewOf(procedure, language));
    return { procedures: channel ? views.filter((one) => one.channels.includes(channel)) : views };
  }

  /** @throws ProcedureUnknown, ProcedureNotInForce */
  @Get('procedures/:code')
  @Action('read-catalogue')
  @ApiOperation({ summary: 'One procedure as it is in force now at the caller’s office, whole' })
  async one(@CurrentCaller() caller: Caller, @Param('code') code: string): Promise<ProcedureVersion> {
    const { manager } = this.dataSource;
    const { actor, organisation, at } = await this.access.subjectOf(manager, caller);
    const calendarId = calendarIdOf(organisation, actor.officeId, at);
    const { procedure } = await this.catalogue.newestTimekeeping(manager, code, calendarId, at);
    return procedure;
  }

  @Get('reasons')
  @Action('read-reasons')
  @ApiOperation({ summary: 'The reasons that commands name by their code, in vi, en and de' })
  reasons(): { reasons: readonly ReasonView[] } {
    return { reasons: shown };
  }
}
