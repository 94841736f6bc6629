import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { HolderDto, IsName, IsPart, reasonPattern } from '../command/command.dto';

/** A page of the open dossiers that a transfer concerns, in order of their ids. */
export class TransferPageDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'The last dossier of the page before.' })
  @IsOptional()
  @IsUUID()
  after?: string;

  @ApiPropertyOptional({ default: 100, maximum: 1_000, description: 'How many dossiers.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit: number = 100;
}

class WhoseWorkDto {
  @ApiPropertyOptional({ description: 'Whose work. Default: that of offices that have ended.' })
  @IsOptional()
  @IsName()
  fromOfficialId?: string;

  @ApiPropertyOptional({ description: 'Only what is held in this office; without an official one that has ended.' })
  @IsOptional()
  @IsName()
  fromOfficeId?: string;
}

export class TransferPreviewDto extends IntersectionType(TransferPageDto, WhoseWorkDto) {
  @ApiPropertyOptional({ description: 'Who would take it, with toPostId.' })
  @IsOptional()
  @IsName()
  toOfficialId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsName()
  toPostId?: string;
}

export class AssignmentDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  dossierId: string;

  @ApiProperty({ type: HolderDto })
  @IsPart(() => HolderDto)
  to: HolderDto;
}

export class TransferDto extends WhoseWorkDto {
  @ApiProperty({ format: 'uuid', description: 'Of yours, the same for every page: what is done twice is done once.' })
  @IsUUID()
  operationId: string;

  @ApiProperty({ example: 'official-left', description: 'Code of the reason.' })
  @Matches(reasonPattern)
  reasonCode: string;

  @ApiPropertyOptional({
    type: HolderDto,
    description:
      'Who takes what has no assignment of its own. Default: of an official’s work nobody; of an ended office’s, who held it ' +
      'and has a post in the successor, else who acts as head there.',
  })
  @IsOptional()
  @IsPart(() => HolderDto)
  to?: HolderDto;

  @ApiPropertyOptional({ type: [AssignmentDto], description: 'Who takes which dossier.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsPart(() => AssignmentDto, { each: true })
  assignments?: AssignmentDto[];
}

export class OpenWorkDto {
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  @ApiPropertyOptional({ description: 'The next page: as given by the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}
