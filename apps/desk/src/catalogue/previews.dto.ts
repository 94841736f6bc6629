import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
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
