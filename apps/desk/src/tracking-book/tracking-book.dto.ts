import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { languages, type Language } from '#contracts';
import { IsInstant, IsName } from '../command/command.dto';

/** Of which days and which office the book is read. */
export class TrackingBookDto {
  @ApiProperty({ format: 'date-time', description: 'Beginning of the period, inclusive.' })
  @IsInstant()
  from: string;

  @ApiProperty({ format: 'date-time', description: 'End of the period, exclusive.' })
  @IsInstant()
  until: string;

  @ApiPropertyOptional({ description: 'The office that received. Default: all whose book the caller may read.' })
  @IsOptional()
  @IsName()
  officeId?: string;
}

/** The same on paper, in a language. */
export class PrintedBookDto extends TrackingBookDto {
  @ApiPropertyOptional({ enum: languages, default: 'vi', description: 'What people wrote stays as they wrote it.' })
  @IsOptional()
  @IsIn(languages)
  language: Language = 'vi';
}
