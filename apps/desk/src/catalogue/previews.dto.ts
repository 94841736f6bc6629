import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { PageDto } from '../operation/operation.dto';

/** A file that somebody thinks of loading, as it lies on their disk. */
export class CataloguePreviewDto extends PageDto {
  @ApiPropertyOptional({ default: 1_000 })
  override limit: number = 1_000;

  @ApiProperty({ description: 'JSON of one calendar, or of one version of a procedure.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(800_000)
  text: string;
}

/** With which earlier version one is compared. */
export class DifferencesDto {
  @ApiPropertyOptional({ minimum: 1, description: 'An earlier version. Default: the one right before.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  against?: number;
}
