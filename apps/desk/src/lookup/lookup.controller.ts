import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
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
  @ApiOperation({ summary: 'One dossier, with its ETag; the look at personal data is logged' })
  async one(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DossierView & Pick<Found, 'applicant' | 'remarks'>> {
    const { stored, applicant, remarks } = await this.lookup.one(caller, dossierId);
    response.setHeader('etag', etagOf(stored.version));
    return { ...viewOf(stored.state), applicant, remarks };
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
