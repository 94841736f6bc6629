import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

/** The longest text of a note or a message, in UTF-16 units. */
export const LONGEST_NOTE = 2000;

export class NoteDto {
  @ApiProperty({ maxLength: LONGEST_NOTE, description: 'Kept encrypted, never told to other services.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_NOTE)
  text: string;
}

export class ColleaguesNoteDto extends NoteDto {
  @ApiPropertyOptional({
    description: 'A question to whoever holds the dossier: their queue marks it until it is read.',
  })
  @IsOptional()
  @IsBoolean()
  asksHolder?: boolean;
}

export class AnswersReadDto {
  @ApiProperty({
    format: 'uuid',
    description: 'The last answer or question that was read; those before it are read too.',
  })
  @IsUUID()
  upTo: string;
}
