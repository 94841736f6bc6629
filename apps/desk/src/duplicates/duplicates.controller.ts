import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiProperty } from '@nestjs/swagger';

import { DataSource } from 'typeorm';
import { Action, CurrentCaller, type Caller } from '#platform';
import { logLook } from '../access/access-log';
import { DeskAccess } from '../access/desk-access';
import { IsName, IsPart } from '../command/command.dto';
import { ApplicantDto, applicantOf } from '../intake/intake.dto';
import { ApplicantIndex, type LikelyDuplicate } from './applicant-index';

export class DuplicatesDto {
  @ApiProperty({ example: '1.012786' })
  @IsName()
  procedureCode: string;

  @ApiProperty({ type: ApplicantDto })
  @IsPart(() => ApplicantDto)
  applicant: ApplicantDto;
}

/** Asked before a dossier is taken in: whether it came before. */
@Controller('duplicates')
export class DuplicatesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly index: ApplicantIndex,
  ) {}

  @Post()
  @HttpCode(200)
  @Action('look-for-duplicates')
  @ApiOperation({
    summary: 'Dossiers in sight that this applicant likely handed in before, with the same procedure',
    description: 'Open, or ended within 30 days. Nothing is written but the access log: it is a look at personal data.',
  })
  async ask(
    @CurrentCaller() caller: Caller,
    @Body() { procedureCode, applicant }: DuplicatesDto,
  ): Promise<{ likelyDuplicates: readonly LikelyDuplicate[] }> {
    return this.dataSource.transaction(async (manager) => {
      const subject = await this.access.subjectOf(manager, caller);
      await logLook(manager, subject, 'look-for-duplicates', null);
      return { likelyDuplicates: await this.index.find(manager, subject, procedureCode, applicantOf(applicant)) };
    });
  }
}
