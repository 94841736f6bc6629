import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { languages, type Language } from '#contracts';
import { LONGEST_NOTE } from '../notes/notes.dto';

/** What stands on a receipt. Whatever else is said is no dossier's, so that nothing tells what a code looks like. */
export class ReceiptDto {
  @ApiProperty({ example: 'H41.85-260302-0123' })
  @IsString()
  @MaxLength(200)
  code: string;

  @ApiProperty({
    example: '7K3M9QXD',
    description: 'Small letters, spaces and hyphens do not matter; O is 0, I and L are 1.',
  })
  @IsString()
  @MaxLength(200)
  secret: string;
}

export class PublicLookUpDto extends ReceiptDto {
  @ApiPropertyOptional({ enum: languages, default: 'vi', description: 'Of the names in the answer.' })
  @IsOptional()
  @IsIn(languages)
  language: Language = 'vi';
}

export class ApplicantMessageDto extends ReceiptDto {
  @ApiProperty({ maxLength: LONGEST_NOTE })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_NOTE)
  text: string;
}

export class FeedbackDto extends ReceiptDto {
  @ApiProperty({ minimum: 1, maximum: 5, description: '1 (bad) to 5 (good).' })
  @IsInt()
  @Min(1)
  @Max(5)
  rating: number;

  @ApiPropertyOptional({ maxLength: LONGEST_NOTE })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_NOTE)
  words?: string;
}

/** Whom an applicant complains about: they know nobody's name. */
export const complaintSubjects = ['holder', 'office'] as const;
export type ComplaintSubject = (typeof complaintSubjects)[number];

export class ComplaintDto extends ReceiptDto {
  @ApiProperty({
    enum: complaintSubjects,
    description: 'Whoever holds the dossier now, or the office that received it.',
  })
  @IsIn(complaintSubjects)
  about: ComplaintSubject;

  @ApiProperty({ maxLength: 1900 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(1900) // With the dossier's code it becomes the remark of a command.
  text: string;
}
