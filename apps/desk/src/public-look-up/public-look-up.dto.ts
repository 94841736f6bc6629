import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { languages, type Language } from '#contracts';

/** What stands on a receipt. Whatever else is said is no dossier's, so that nothing tells what a code looks like. */
export class PublicLookUpDto {
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

  @ApiPropertyOptional({ enum: languages, default: 'vi', description: 'Of the names in the answer.' })
  @IsOptional()
  @IsIn(languages)
  language: Language = 'vi';
}
