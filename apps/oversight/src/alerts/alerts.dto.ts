import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsNumberString, IsOptional, IsString, IsUUID, MaxLength, Min } from 'class-validator';
import { PageQuery } from '../page-query';
import { alertStates, type AlertState } from './alert.entity';

export class AlertsQuery extends PageQuery {
  @IsIn(alertStates)
  state: AlertState = 'open';

  /** `next` of the page before. */
  @IsOptional()
  @IsNumberString({ no_symbols: true })
  @MaxLength(18)
  cursor?: string;
}

/** Which escalation. */
export class RungParams {
  @IsUUID()
  dossierId: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  generation: number;

  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  rung: string;
}

/** The person told takes the case up. */
export class AcknowledgeDto {
  /** Until when it will be settled: a UTC instant, as `desk` takes it. */
  @IsString()
  @IsNotEmpty()
  plannedAt: string;
}
