import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsInstant, IsName } from '../command/command.dto';

/** Which period and which unit to count. */
export class StatisticsDto {
  @ApiProperty({ format: 'date-time', description: 'Beginning of the period, inclusive.' })
  @IsInstant()
  from: string;

  @ApiProperty({ format: 'date-time', description: 'End of the period, exclusive; of one that lasts, now stands in.' })
  @IsInstant()
  until: string;

  @ApiPropertyOptional({ description: 'The office and all below it. Default: all that the caller may count.' })
  @IsOptional()
  @IsName()
  officeId?: string;
}
