import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { regulations, type Regulation } from '#domain';

/** Which entry's form, by which circular. */
export class FormDto {
  @ApiPropertyOptional({ minimum: 1, description: 'Number of the entry. Default: the last that makes such a form.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  sequence?: number;

  @ApiPropertyOptional({ enum: regulations, description: 'Default: the circular of the entry’s time.' })
  @IsOptional()
  @IsIn(regulations)
  regulation?: Regulation;
}
