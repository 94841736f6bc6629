import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { languages, type Language } from '#contracts';

export class NewAccountDto {
  @ApiProperty()
  @IsString()
  @Length(1, 200)
  officialId: string;

  /** What the person types to sign in; upper and lower case are the same. */
  @ApiProperty()
  @Matches(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,99}$/u, {
    message:
      'username must have 2 to 100 letters, digits, dots, dashes, underscores or @, and begin with a letter or digit',
  })
  username: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsIn(languages)
  language: Language = 'vi';
}

export class IdentityDto {
  @ApiProperty()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  issuer: string;

  @ApiProperty()
  @IsString()
  @Length(1, 255)
  subject: string;

  @ApiProperty()
  @IsString()
  @Length(1, 200)
  officialId: string;
}

export class DemoAccountsDto {
  @ApiProperty()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  officialIds: string[];
}

export class SignInsQuery {
  /** Lines before this one; the newest where it is absent. */
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  cursor?: string;

  @ApiPropertyOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}
