import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { Action } from '#platform';
import { WorkflowCheck, type CheckedPage } from './workflow-check';

export class CheckDto {
  @ApiPropertyOptional({ description: 'Go on after this dossier; none begins.' })
  @IsOptional()
  @IsUUID()
  after?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, default: 200 })
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 200;
}

/** For operators: what was lost is found and rebuilt now, not within the next rounds. */
@Controller('workflow-checks')
export class WorkflowChecksController {
  constructor(private readonly check: WorkflowCheck) {}

  /** Checks a page of dossiers against the journal and mends what is missing. Idempotent. */
  @Post()
  @HttpCode(200)
  @Action('check-workflows')
  @ApiOperation({ summary: 'Checks a page of dossiers against the journal, and rebuilds workflows that were lost' })
  page(@Body() { after, limit }: CheckDto): Promise<CheckedPage> {
    return this.check.page(after ?? null, limit);
  }
}
