import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { IsName, IsPageLimit } from '../command/command.dto';

/**
 * What an act is worth a look for. `result-late`: the result was there after the first promise. `reassigned-late`: given to somebody
 * else after it. `unanswered`: a rung rang though nobody had acknowledged one that rang after the first promise. `extended`,
 * `corrected`, `stopped`, `rebound`: what the receipt or the record said was changed by decision. `escalation-withdrawn`: what was
 * recorded later took a lateness back.
 */
export const unusualKinds = [
  'result-late',
  'reassigned-late',
  'unanswered',
  'extended',
  'corrected',
  'stopped',
  'rebound',
  'escalation-withdrawn',
] as const;
export type UnusualKind = (typeof unusualKinds)[number];

/** Which unusual acts; all filters must hold. */
export class UnusualActsDto {
  @ApiPropertyOptional({ enum: unusualKinds })
  @IsOptional()
  @IsIn(unusualKinds)
  kind?: UnusualKind;

  @ApiPropertyOptional({ description: 'Id of the office that received, holds or decides the dossier.' })
  @IsOptional()
  @IsName()
  office?: string;

  @ApiPropertyOptional({ description: 'Id of the official who acted, or of whom it is said that they had to.' })
  @IsOptional()
  @IsName()
  official?: string;

  @IsPageLimit()
  limit: number = 50;

  @ApiPropertyOptional({ description: '"next" of the page before.' })
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  cursor?: string;
}
