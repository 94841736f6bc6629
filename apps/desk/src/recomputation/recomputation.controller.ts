import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Action, CurrentCaller, type Caller } from '#platform';
import { PageDto } from '../operation/operation.dto';
import { DecisionDto, PreviewDto } from './recomputation.dto';
import { Recomputation, type Preview, type Recomputed } from './recomputation';

/** What newer calendars do to open dossiers: looked at first, decided then, done page by page. */
@Controller('recomputations')
export class RecomputationController {
  constructor(private readonly recomputation: Recomputation) {}

  @Get()
  @Action('preview-recomputation')
  @ApiOperation({ summary: 'Which open dossiers would be due at another instant by the newest calendars, and why' })
  preview(@CurrentCaller() caller: Caller, @Query() { calendarId, after, limit }: PreviewDto): Promise<Preview> {
    return this.recomputation.preview(caller, calendarId ?? null, { after: after ?? null, limit });
  }

  /** Idempotent: the same operation is decided once; with another decision it is refused. */
  @Post()
  @Action('recompute')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Journals the decision to move the due instants of open dossiers, or knowingly to keep them',
  })
  async decide(@CurrentCaller() caller: Caller, @Body() body: DecisionDto): Promise<{ operationId: string }> {
    const { decision, legalBasis, calendarId = null } = body;
    const operationId = body.operationId.toLowerCase();
    await this.recomputation.decide(caller, { operationId, decision, legalBasis, calendarId });
    return { operationId };
  }

  /** Idempotent: a dossier that has moved is not moved again. Thousands take longer than a sign-in is new: none is asked for. */
  @Post(':operationId/pages')
  @Action('carry-out-recomputation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Moves a page of open dossiers by a decision to apply, each in a transaction of its own' })
  apply(
    @CurrentCaller() caller: Caller,
    @Param('operationId', ParseUUIDPipe) operationId: string,
    @Body() { after, limit }: PageDto,
  ): Promise<Recomputed> {
    return this.recomputation.apply(caller, operationId.toLowerCase(), { after: after ?? null, limit });
  }
}
