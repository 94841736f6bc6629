import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { DataSource } from 'typeorm';
import { answerableFor, mandateActions, type Answerable, type MandateAction } from '#domain';
import { Action, Clock } from '#platform';
import { IsInstant, IsName } from '../command/command.dto';
import { officeNamed, OrganisationDirectory } from './organisation-directory';

export class MandatesDto {
  @ApiProperty()
  @IsName()
  officeId: string;

  @ApiProperty({ enum: mandateActions })
  @IsIn(mandateActions)
  action: MandateAction;

  @ApiPropertyOptional({ description: 'Default: what is given for every procedure.' })
  @IsOptional()
  @IsName()
  procedureCode?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Default: now.' })
  @IsOptional()
  @IsInstant()
  at?: string;
}

/** Who answers for what as of which date. */
@Controller('mandates')
export class MandatesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly directory: OrganisationDirectory,
  ) {}

  @Get()
  @Action('read-mandates')
  @ApiOperation({
    summary: 'Who may decide, sign or approve for an office at an instant, and by what right',
    description:
      'Heads of the office and of those above it, nearest first; who stands in for them; who holds a mandate.',
  })
  async read(
    @Query() { officeId, action, procedureCode, at = this.clock.now() }: MandatesDto,
  ): Promise<{ readonly at: string; readonly answerable: readonly Answerable[] }> {
    const organisation = await this.directory.current(this.dataSource.manager);
    const { id } = officeNamed(organisation, officeId);
    const matter = { action, officeId: id, procedureCode: procedureCode ?? null };
    return { at, answerable: answerableFor(organisation, matter, at) };
  }
}
