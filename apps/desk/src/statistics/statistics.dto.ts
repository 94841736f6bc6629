import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { figures, groupings, type Figure, type Grouping } from '#domain';
import { IsInstant, IsName, IsPageLimit } from '../command/command.dto';

/** What the figures of a period may be told apart by. */
export const figuresBy = [...groupings, 'month'] as const;
export type FiguresBy = (typeof figuresBy)[number];

/** Which period and which unit to count. */
export class StatisticsDto {
  @ApiProperty({ format: 'date-time', description: 'Beginning of the period, inclusive.' })
  @IsInstant()
  from: string;

  @ApiProperty({ format: 'date-time', description: 'End of the period, exclusive; of one that lasts, now stands in.' })
  @IsInstant()
  until: string;

  @ApiPropertyOptional({ description: 'The office and all below it. Default: all that the caller may count.' })
  @IsOptional()
  @IsName()
  officeId?: string;
}

/** Which figures, told apart by what. */
export class GroupedStatisticsDto extends StatisticsDto {
  @ApiPropertyOptional({
    enum: figuresBy,
    description:
      'Also by group: the office that received; the official who held it when it was settled, or at the end; the procedure; the ' +
      'channel. Of these the groups add up to the whole. Each `month` is a period of its own, with what it carried over.',
  })
  @IsOptional()
  @IsIn(figuresBy)
  by?: FiguresBy;
}

/** The dossiers behind one figure: the period, unit and group it was told of. */
export class FigureDto extends StatisticsDto {
  @ApiProperty({ enum: figures })
  @IsIn(figures)
  figure: Figure;

  @ApiPropertyOptional({ enum: groupings, description: 'With `key`; a month is asked for as a period.' })
  @IsOptional()
  @IsIn(groupings)
  by?: Grouping;

  @ApiPropertyOptional({ description: 'The key of the group.' })
  @IsOptional()
  @IsName()
  key?: string;

  @IsPageLimit()
  limit: number = 50;

  @ApiPropertyOptional({ format: 'uuid', description: 'The next page: as given by the page before.' })
  @IsOptional()
  @IsUUID()
  cursor?: string;
}
