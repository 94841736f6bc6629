import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { recomputationDecisions, type RecomputationDecision } from '#contracts';
import { IsName } from '../command/command.dto';

/** A page of open dossiers, in order of their ids. */
export class PageDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'The last dossier of the page before.' })
  @IsOptional()
  @IsUUID()
  after?: string;

  @ApiPropertyOptional({ default: 1_000, maximum: 5_000, description: 'How many open dossiers are looked at.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(5_000)
  limit?: number;
}

export class PreviewDto extends PageDto {
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
