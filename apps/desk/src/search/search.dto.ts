import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** By what a dossier is searched for; exactly one. */
export class SearchDto {
  @ApiPropertyOptional({ description: 'The code on the receipt, whole.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  code?: string;

  @ApiPropertyOptional({ description: 'The whole name; without diacritics it finds every spelling.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ description: 'However it is typed, with or without country code.' })
  @IsOptional()
  @Matches(/^\+?[0-9 .-]{6,20}$/)
  phone?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^[0-9A-Za-z ]{6,30}$/)
  identityNumber?: string;
}
