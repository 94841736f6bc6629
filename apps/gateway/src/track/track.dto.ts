import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { saidKinds, type SaidKind } from './look-ups';

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

/** Which form was sent. */
export class SaidParams {
  @ApiProperty({ enum: saidKinds })
  @IsIn(saidKinds)
  kind: SaidKind;
}

/** Whatever form was sent; what is missing in it is said on the page. */
export class SaidDto extends TrackDto {
  @ApiProperty({ format: 'uuid', description: 'Of the form: sent twice, it counts once.' })
  @IsUUID()
  key: string;

  @ApiPropertyOptional({ description: 'A line break counts as one sign, however the browser sends it.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replace(/\r\n/g, '\n').trim() : value,
  )
  @IsString()
  @MaxLength(2000)
  text?: string;

  @ApiPropertyOptional({ enum: ['1', '2', '3', '4', '5'] })
  @IsOptional()
  @IsIn(['1', '2', '3', '4', '5'])
  rating?: string;

  @ApiPropertyOptional({ enum: ['holder', 'office'] })
  @IsOptional()
  @IsIn(['holder', 'office'])
  about?: string;
}

export class SentQuery {
  @ApiPropertyOptional({ enum: saidKinds })
  @IsOptional()
  @IsIn(saidKinds)
  sent?: SaidKind;

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
