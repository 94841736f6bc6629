import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { recomputationDecisions, type RecomputationDecision } from '#contracts';
import { IsName } from '../command/command.dto';
import { PageDto } from '../operation/operation.dto';

export class PreviewDto extends PageDto {
  @ApiPropertyOptional({ default: 1_000 })
  override limit: number = 1_000;

  @ApiPropertyOptional({ description: 'Only dossiers counted by this calendar. Default: all.' })
  @IsOptional()
  @IsName()
  calendarId?: string;
}

export class DecisionDto {
  @ApiProperty({ format: 'uuid', description: 'Of yours, the same for every page: what is done twice is done once.' })
  @IsUUID()
  operationId: string;

  @ApiProperty({ enum: recomputationDecisions })
  @IsIn(recomputationDecisions)
  decision: RecomputationDecision;

  @ApiProperty({
    example: 'Announcement 12729/VPCP-KGVX of 25 December 2025',
    description: 'The decree or decision behind it.',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  legalBasis: string;

  @ApiPropertyOptional({ description: 'Only dossiers counted by this calendar. Default: all.' })
  @IsOptional()
  @IsName()
  calendarId?: string;
}
