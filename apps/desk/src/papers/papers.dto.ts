import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { languages, paperStates, type Language, type PaperState } from '#contracts';
import { CommandDto, IsName, IsPart } from '../command/command.dto';

const MOST_COPIES = 999;

/** What was found of one paper. */
export class PaperDto {
  @ApiProperty({ example: 'application-form', description: 'Code of a component, as the procedure describes it.' })
  @IsName()
  component: string;

  @ApiProperty({ enum: paperStates })
  @IsIn(paperStates)
  state: PaperState;

  @ApiPropertyOptional({ description: 'How many lie there. Default: as many as the procedure asks for.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_COPIES)
  originals?: number;

  @ApiPropertyOptional({ description: 'The same of copies.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_COPIES)
  copies?: number;
}

const MOST_PAPERS = 100;

function ArePapers(): PropertyDecorator {
  return applyDecorators(
    IsPart(() => PaperDto, { each: true }),
    IsArray(),
    ArrayMaxSize(MOST_PAPERS),
  );
}

/** What may be said of the papers with an act that is not only that. */
export function MayCheckPapers(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: [PaperDto],
      maxItems: MOST_PAPERS,
      description: 'Which papers lie there; recorded with it, as `check-papers` records them afterwards.',
    }),
    IsOptional(),
    ArePapers(),
  );
}

export class CheckPapersDto extends CommandDto {
  @ApiProperty({
    type: [PaperDto],
    minItems: 1,
    maxItems: MOST_PAPERS,
    description: 'What was found. Of what is not named, what was known before still holds.',
  })
  @ArePapers()
  @ArrayNotEmpty()
  papers: PaperDto[];
}

export class ReceiveSupplementDto extends CommandDto {
  @MayCheckPapers()
  papers?: PaperDto[];
}

export class PapersQueryDto {
  @ApiPropertyOptional({ minimum: 1, description: 'The list as it was with this entry. Default: as it is now.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  asOf?: number;

  @ApiPropertyOptional({ enum: languages, default: 'vi', description: 'In which the papers are named.' })
  @IsOptional()
  @IsIn(languages)
  language: Language = 'vi';
}
