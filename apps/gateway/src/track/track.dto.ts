import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** The address in the QR code of a receipt; without code and secret, the page with the form. */
export class TrackQuery {
  @ApiPropertyOptional({ description: 'The code of a dossier.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  c?: string;

  @ApiPropertyOptional({ description: 'Its look-up secret.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  s?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  language?: string;
}

export class TrackDto {
  @ApiProperty()
  @IsString()
  @MaxLength(200)
  code: string;

  @ApiProperty()
  @IsString()
  @MaxLength(200)
  secret: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  language?: string;
}

export class UsualTimesQuery {
  @ApiPropertyOptional({ description: 'Code of a procedure.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  procedure?: string;

  @ApiPropertyOptional({ description: 'Id of an office.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  office?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  language?: string;
}
