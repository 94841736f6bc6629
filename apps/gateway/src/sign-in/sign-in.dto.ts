import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class SignInQuery {
  /** Where to go then: a path of this origin. */
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  to?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  language?: string;

  /** Have whoever is signed in here show anew who they are: the session goes on then, as one signed in just now. */
  @ApiPropertyOptional({ enum: ['true'] })
  @IsOptional()
  @IsIn(['true'])
  again?: 'true';
}

export class CredentialsDto {
  @ApiProperty()
  @IsString()
  @MaxLength(200)
  username: string;

  @ApiProperty()
  @IsString()
  @MaxLength(200)
  password: string;
}

export class InvitationQuery {
  /** In the query, not in the path: the log keeps paths. */
  @ApiProperty()
  @IsString()
  @MaxLength(100)
  secret: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  language?: string;
}

export class LanguageQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  language?: string;
}

export class NewPasswordDto {
  @ApiProperty()
  @IsString()
  @MaxLength(100)
  secret: string;

  /** For the browser's own store of passwords; whose it is says the secret. */
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  username?: string;

  @ApiProperty()
  @IsString()
  password: string;

  @ApiProperty()
  @IsString()
  again: string;
}
