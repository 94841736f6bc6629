import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsName } from '../command/command.dto';

/** Whose work to weigh. */
export class WorkloadDto {
  @ApiPropertyOptional({ description: 'The office and all below it. Default: all within the caller’s reach.' })
  @IsOptional()
  @IsName()
  officeId?: string;
}
