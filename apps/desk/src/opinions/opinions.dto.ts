import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { opinionOutcomes, opinionSilences, type OpinionOutcome, type OpinionSilence } from '#contracts';
import { CommandDto, HolderDto, IsPageLimit, IsPart, reasonPattern } from '../command/command.dto';

const limitUnits = ['WORKING_HOUR', 'WORKING_DAY', 'CALENDAR_DAY', 'MONTH'] as const;

/** How long the asked body may take, counted as the procedure counts. */
class OpinionLimitDto {
  @ApiProperty({ minimum: 1, maximum: 1_000 })
  @IsInt()
  @Min(1)
  @Max(1_000)
  amount: number;

  @ApiProperty({ enum: limitUnits })
  @IsIn(limitUnits)
  unit: (typeof limitUnits)[number];
}

export class RequestOpinionDto extends CommandDto {
  @ApiProperty({ type: HolderDto, description: 'Who is asked; anybody of that office may answer.' })
  @IsPart(() => HolderDto)
  asked: HolderDto;

  @ApiPropertyOptional({ type: OpinionLimitDto, description: 'Either this or `until`.' })
  @IsOptional()
  @IsPart(() => OpinionLimitDto)
  limit?: OpinionLimitDto;

  @ApiPropertyOptional({ example: '2026-12-04', description: "The last day in the office's zone; or `limit`." })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  until?: string;

  @ApiProperty({ example: 'land-tax', description: 'Code of the question; free text goes into remark.' })
  @Matches(reasonPattern)
  questionCode: string;

  @ApiPropertyOptional({ example: 'Nghị định 101/2024/NĐ-CP', description: 'Needed where silence is consent.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  legalBasis?: string;

  @ApiPropertyOptional({ enum: opinionSilences, default: 'nothing', description: 'What the law makes of silence.' })
  @IsOptional()
  @IsIn(opinionSilences)
  onSilence?: OpinionSilence;
}

export class GiveOpinionDto extends CommandDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  opinionId: string;

  @ApiProperty({ enum: opinionOutcomes })
  @IsIn(opinionOutcomes)
  outcome: OpinionOutcome;

  @ApiPropertyOptional({ example: 'tax-owed', description: 'Needed for all but a consent.' })
  @IsOptional()
  @Matches(reasonPattern)
  reasonCode?: string;
}

export class OpenOpinionsDto {
  @IsPageLimit()
  limit: number = 50;

  @ApiPropertyOptional({ format: 'uuid', description: 'The next page: `next` of the page before.' })
  @IsOptional()
  @IsUUID()
  after?: string;
}
