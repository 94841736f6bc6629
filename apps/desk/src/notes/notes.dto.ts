import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';

/** The longest text of a note or a message, in UTF-16 units. */
export const LONGEST_NOTE = 2000;

export class NoteDto {
  @ApiProperty({ maxLength: LONGEST_NOTE, description: 'Kept encrypted, never told to other services.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_NOTE)
  text: string;
}

export class AnswersReadDto {
  @ApiProperty({ format: 'uuid', description: 'The last answer that was read; those before it are read too.' })
  @IsUUID()
  upTo: string;
}
