import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { FieldInvalid } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { Lookup, type Page } from '../lookup/lookup';
import { ListPageDto } from '../lookup/lookup.dto';
import { PageDto } from '../operation/operation.dto';
import type { NamedHolder } from '../organisation/organisation-directory';
import { TransferDto, TransferPreviewDto } from './work-transfer.dto';
import { WorkTransfers, type TransferPreview, type Transferred } from './work-transfers';

/** Open work that changes hands together: somebody leaves, or an office has ended. Looked at first, decided once, done in pages. */
@Controller()
export class WorkTransferController {
  constructor(
    private readonly transfers: WorkTransfers,
    private readonly lookup: Lookup,
  ) {}

  @Get('officials/:officialId/open-work')
  @Action('preview-work-transfer')
  @ApiOperation({ summary: 'The open dossiers that an official holds, within the caller’s reach, earliest due first' })
  openWork(
    @CurrentCaller() caller: Caller,
    @Param('officialId') holder: string,
    @Query() { limit, cursor }: ListPageDto,
  ): Promise<Page> {
    return this.lookup.list(caller, { limit, holder, ...(cursor && { cursor }) }, 'preview-work-transfer');
  }

  @Get('work-transfers')
  @Action('preview-work-transfer')
  @ApiOperation({ summary: 'Which open dossiers a transfer would move, from whom to whom; nothing is written' })
  preview(@CurrentCaller() caller: Caller, @Query() query: TransferPreviewDto): Promise<TransferPreview> {
    const { fromOfficialId = null, fromOfficeId = null, after = null, limit } = query;
    const asked = { fromOfficialId, fromOfficeId, to: takerIn(query), assignments: [] };
    return this.transfers.preview(caller, asked, { after, limit });
  }

  /** Idempotent: the same operation is decided once; otherwise decided it is refused. */
  @Post('work-transfers')
  @Action('transfer-work')
  @HttpCode(200)
  @ApiOperation({ summary: 'Journals, as one operation, that open dossiers change hands' })
  async decide(@CurrentCaller() caller: Caller, @Body() body: TransferDto): Promise<{ operationId: string }> {
    const operationId = body.operationId.toLowerCase();
    const { reasonCode, fromOfficialId = null, fromOfficeId = null, to = null, assignments = [] } = body;
    await this.transfers.decide(caller, operationId, reasonCode, { fromOfficialId, fromOfficeId, to, assignments });
    return { operationId };
  }

  /** Idempotent: a dossier that was handed on is not handed on again. */
  @Post('work-transfers/:operationId/pages')
  @Action('transfer-work')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hands on a page of dossiers by a decision, each in a transaction of its own' })
  apply(
    @CurrentCaller() caller: Caller,
    @Param('operationId', ParseUUIDPipe) operationId: string,
    @Body() { after, limit }: PageDto,
  ): Promise<Transferred> {
    return this.transfers.apply(caller, operationId.toLowerCase(), { after: after ?? null, limit });
  }
}

/** @throws FieldInvalid where half of a holder is named */
function takerIn({ toOfficialId, toPostId }: TransferPreviewDto): NamedHolder | null {
  if (toOfficialId !== undefined && toPostId !== undefined) return { officialId: toOfficialId, postId: toPostId };
  if (toOfficialId === toPostId) return null;
  throw new FieldInvalid('toPostId', 'must be sent with toOfficialId, and only with it');
}
