import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, IsUUID, Matches } from 'class-validator';
import { HolderDto, IsName, IsPart, reasonPattern } from '../command/command.dto';
import { PageDto } from '../operation/operation.dto';

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

export class TransferPreviewDto extends IntersectionType(PageDto, WhoseWorkDto) {
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
