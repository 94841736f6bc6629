import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { EFormAnswer } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { logLook } from '../access/access-log';
import { PersonalData } from '../command/personal-data';
import { Lookup } from '../lookup/lookup';

/** What an applicant answered on the screen instead of on paper. */
@Controller('dossiers/:dossierId')
export class EFormController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lookup: Lookup,
    private readonly personalData: PersonalData,
  ) {}

  @Get('e-form')
  @Action('read-e-form')
  @ApiOperation({
    summary: 'The answers to the e-form of a dossier, with what was asked; the look is logged',
    description:
      'Null where nothing was answered, where the dossier’s key was destroyed, and for who may not know who complains.',
  })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ answers: readonly EFormAnswer[] | null }> {
    const { subject, seesApplicant } = await this.lookup.entriesInSight(caller, 'read-e-form', dossierId);
    if (!seesApplicant) return { answers: null };
    const { manager } = this.dataSource;
    await logLook(manager, subject, 'read-e-form', dossierId);
    return { answers: await this.personalData.eFormOf(manager, dossierId) };
  }
}
