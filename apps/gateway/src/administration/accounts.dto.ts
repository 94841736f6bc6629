import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
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
import { foldedName } from '../provider/user-name';

export class NewAccountDto {
  @ApiProperty()
  @IsString()
  @Length(1, 200)
  officialId: string;

  /** What the person types to sign in; upper and lower case are the same. */
  @ApiProperty()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? foldedName(value) : value))
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

/** Somebody as their provider knows them. In the body, not in the path: the log keeps paths. */
export class IdentityKeyDto {
  @ApiProperty()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  issuer: string;

  @ApiProperty()
  @IsString()
  @Length(1, 255)
  subject: string;
}

export class IdentityDto extends IdentityKeyDto {
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

export class IdentitiesQuery {
  @ApiPropertyOptional({ description: '"next" of the page before.' })
  @IsOptional()
  @IsString()
  @Length(1, 4_000)
  cursor?: string;

  @ApiPropertyOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
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
