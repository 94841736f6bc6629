import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import type { ControlSlipRow } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { etagOf, viewOf, type DossierView } from './dossier-view';
import { ListDto } from './lookup.dto';
import { Lookup, type Found, type Page } from './lookup';
import type { ResponsibilityView } from './responsibility';

/** Looking dossiers up. */
@Controller('dossiers')
export class LookupController {
  constructor(private readonly lookup: Lookup) {}

  @Get()
  @Action('read-dossier')
  @ApiOperation({ summary: 'Dossiers in sight, earliest due first' })
  list(@CurrentCaller() caller: Caller, @Query() query: ListDto): Promise<Page> {
    return this.lookup.list(caller, query);
  }

  @Get(':dossierId')
  @Action('read-dossier')
  @ApiOperation({
    summary: 'One dossier, with its ETag; the look at personal data is logged',
    description:
      'Of a complaint, or a petition about somebody, the applicant and whom it is about are shown to the holder and to heads ' +
      'alone; for whom it is about it does not exist.',
  })
  async one(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DossierView & Pick<Found, 'about' | 'applicant' | 'remarks'>> {
    const { stored, about, applicant, remarks } = await this.lookup.one(caller, dossierId);
    response.setHeader('etag', etagOf(stored.version));
    return { ...viewOf(stored.state), about, applicant, remarks };
  }

  @Get(':dossierId/history')
  @Action('read-dossier')
  @ApiOperation({ summary: 'Every entry of one dossier, oldest first' })
  async history(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ entries: readonly unknown[] }> {
    return { entries: await this.lookup.history(caller, dossierId) };
  }

  @Get(':dossierId/control-slip')
  @Action('read-dossier')
  @ApiOperation({
    summary: 'The rows of the control slip (form 06 of Circular 03/2025): one for each hand-over',
    description: 'Who gave to whom and when, when it was accepted or sent back, and how the giving unit kept its step.',
  })
  async controlSlip(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ rows: readonly ControlSlipRow[] }> {
    return { rows: await this.lookup.controlSlip(caller, dossierId) };
  }

  @Get(':dossierId/responsibility')
  @Action('read-responsibility')
  @ApiOperation({
    summary: 'Who held one dossier from when to when, whose clock ran, and how its lateness divides over them',
    description:
      'The intervals cover the whole life, oldest first, and their working time is that of the whole. The shares sum to the ' +
      'lateness to the millisecond; `formula` says how it was divided. All figures are working time by the newest calendar; ' +
      'of an open dossier they are those of now.',
  })
  responsibility(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<ResponsibilityView> {
    return this.lookup.responsibility(caller, dossierId);
  }
}
