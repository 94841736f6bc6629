import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../page-query';
import { deliveryStates, type DeliveryState } from './delivery.entity';

export class DeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: deliveryStates, default: 'failed' })
  @IsIn(deliveryStates)
  state: DeliveryState = 'failed';

  @ApiPropertyOptional({ description: '"next" of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  cursor?: string;
}
