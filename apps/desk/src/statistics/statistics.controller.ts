import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Action, CurrentCaller, type Caller } from '#platform';
import { FigureDto, GroupedStatisticsDto } from './statistics.dto';
import { Statistics, type FigurePage, type StatisticsView } from './statistics';

/** Figures for those who answer for an office, and those who check it. */
@Controller('statistics')
export class StatisticsController {
  constructor(private readonly statistics: Statistics) {}

  @Get()
  @Action('read-statistics')
  @ApiOperation({
    summary: 'The four balances of a period, and how punctual an office was, by both formulas',
    description:
      'received = online + in person + carried over; settled = early + on time + late; pending = within + overdue; received = ' +
      'settled + pending. Punctual against the first promise: an extension changes nothing. `rates` name their formula: ' +
      '`decision-766-index-2.1` = (finished on time + open and within the limit) / received or handled; ' +
      '`circular-01-2020` = (early + on time) / settled. Nothing that happens after a period changes its figures.',
  })
  read(@CurrentCaller() caller: Caller, @Query() query: GroupedStatisticsDto): Promise<StatisticsView> {
    return this.statistics.of(caller, query);
  }

  @Get('dossiers')
  @Action('read-statistics')
  @ApiOperation({
    summary: 'The dossiers behind one figure, as rows of a queue, oldest first',
    description:
      'As many as `GET /statistics` counts with the same period, unit and group, by the same rule; ended ones too. No row names an applicant.',
  })
  dossiers(@CurrentCaller() caller: Caller, @Query() query: FigureDto): Promise<FigurePage> {
    return this.statistics.dossiersOfFigure(caller, query);
  }
}
