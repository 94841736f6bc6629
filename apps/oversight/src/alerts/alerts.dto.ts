import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsNumberString, IsOptional, IsString, IsUUID, MaxLength, Min } from 'class-validator';
import { PageQuery } from '../page-query';
import { alertStates, type AlertState } from './alert.entity';

export class AlertsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: alertStates, default: 'open' })
  @IsIn(alertStates)
  state: AlertState = 'open';

  @ApiPropertyOptional({ description: '"next" of the page before.' })
  @IsOptional()
  @IsNumberString({ no_symbols: true })
  @MaxLength(18)
  cursor?: string;
}

/** Which escalation. */
export class RungParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  dossierId: string;

  @ApiProperty({ minimum: 1 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  generation: number;

  @ApiProperty({ example: 'appointment-due' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  rung: string;
}

/** The person told takes the case up. */
export class AcknowledgeDto {
  @ApiProperty({ format: 'date-time', description: 'Until when it will be settled: a UTC instant with milliseconds.' })
  @IsString()
  @IsNotEmpty()
  plannedAt: string;

  @ApiProperty({ example: 'survey-delayed', description: 'Why it is late: a code.' })
  @IsString()
  @IsNotEmpty()
  reasonCode: string;
}
