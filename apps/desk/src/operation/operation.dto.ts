import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

/** A page of the open dossiers that an operation concerns, in order of their ids. */
export class PageDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'The last dossier of the page before.' })
  @IsOptional()
  @IsUUID()
  after?: string;

  @ApiPropertyOptional({ default: 100, maximum: 5_000, description: 'How many open dossiers are looked at.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(5_000)
  limit: number = 100;
}
