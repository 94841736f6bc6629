import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { languages, type Language } from '#contracts';
import { FormDto } from '../forms/forms.dto';

/** Which entry's form, by which circular, in which language. */
export class PrintedFormDto extends FormDto {
  @ApiPropertyOptional({ enum: languages, default: 'vi', description: 'What people wrote stays as they wrote it.' })
  @IsOptional()
  @IsIn(languages)
  language: Language = 'vi';
}
