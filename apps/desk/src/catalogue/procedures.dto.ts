import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { channels, languages, type Channel, type Language } from '#contracts';

/** Which procedures, and in which language limits are put into words. */
export class ProceduresDto {
  @ApiPropertyOptional({ enum: languages, default: 'vi' })
  @IsOptional()
  @IsIn(languages)
  language: Language = 'vi';

  @ApiPropertyOptional({ enum: channels, description: 'Only those that offer this channel.' })
  @IsOptional()
  @IsIn(channels)
  channel?: Channel;
}
