import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBooleanString, IsIn, IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { languages, type Language } from '#contracts';
import { statuses, type DueName, type Status } from '#domain';
import { dueNameList } from './explanation';
import { IsPageCursor, IsPageLimit } from '../command/command.dto';

/** A page of a list, earliest due first. */
export class ListPageDto {
  @IsPageLimit()
  limit: number = 50;

  @IsPageCursor(200)
  cursor?: string;
}

/** Which dossiers to list. All filters must hold; open ones only, unless a status is asked for. */
export class ListDto extends ListPageDto {
  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: Status;

  @ApiPropertyOptional({ description: 'Id of the official who holds them; "me" for the caller.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  holder?: string;

  @ApiPropertyOptional({ description: 'Id of the office that received, holds or decides them.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  office?: string;

  @ApiPropertyOptional({ description: 'The dossier with this code.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  code?: string;

  @ApiPropertyOptional({ description: 'Those that had this number in the system they were taken over from.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  externalNumber?: string;

  @ApiPropertyOptional({ description: 'true: only those past their earliest due instant.' })
  @IsOptional()
  @IsBooleanString()
  overdue?: string;
}

/** Which due instant, and in which language its reasons are said. */
export class ExplanationDto {
  @ApiPropertyOptional({ enum: dueNameList, description: 'Default: the earliest.' })
  @IsOptional()
  @IsIn(dueNameList)
  of?: DueName;

  @ApiPropertyOptional({ enum: languages, default: 'vi' })
  @IsOptional()
  @IsIn(languages)
  language: Language = 'vi';
}

const uuids = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){0,99}$/;

/** Which dossiers are asked about at once. */
export class SomeDossiersDto {
  @ApiProperty({ description: 'Ids of up to 100 dossiers, with commas between them.' })
  @Matches(uuids, { message: '$property must be up to 100 ids of dossiers with commas between them' })
  ids: string;
}
