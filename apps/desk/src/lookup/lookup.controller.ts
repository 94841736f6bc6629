import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import type { ControlSlipRow } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { etagOf, viewOf, type DossierView } from './dossier-view';
import type { ExplanationView } from './explanation';
import { ExplanationDto, ListDto, SomeDossiersDto } from './lookup.dto';
import { Lookup, type CommandsView, type CommandView, type Found, type HistoryEntry, type Page } from './lookup';
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

  @Get('commands')
  @Action('read-dossier')
  @ApiOperation({
    summary:
      'What the caller can do now with each of some dossiers, what stands against the rest, and how their clocks stand',
    description:
      'By id of the dossier; one that is not in sight is left out. `version` is what the answer holds for: as an ETag, for ' +
      'If-Match, in double quotes. `escalation` is the last alert that stands, which an acknowledgement names.',
  })
  async commandsOfSome(
    @CurrentCaller() caller: Caller,
    @Query() { ids }: SomeDossiersDto,
  ): Promise<{ dossiers: readonly CommandsView[] }> {
    return { dossiers: await this.lookup.commandsOfSome(caller, ids.split(',')) };
  }

  @Get(':dossierId')
  @Action('read-dossier')
  @ApiOperation({
    summary: 'One dossier, with its ETag; the look at personal data is logged',
    description:
      'Of a complaint, or a petition about somebody, the applicant and whom it is about are shown to the holder and to heads ' +
      'alone; for whom it is about it does not exist. `readable` names the rights that the caller has to read more of it: ' +
      'proposals, files, answers, forms, notes.',
  })
  async one(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DossierView & Omit<Found, 'stored'>> {
    const { stored, ...ofReader } = await this.lookup.one(caller, dossierId);
    response.setHeader('etag', etagOf(stored.version));
    return { ...viewOf(stored.state), ...ofReader };
  }

  @Get(':dossierId/history')
  @Action('read-dossier')
  @ApiOperation({ summary: 'Every entry of one dossier, oldest first' })
  async history(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ entries: readonly HistoryEntry[] }> {
    return { entries: await this.lookup.history(caller, dossierId) };
  }

  @Get(':dossierId/commands')
  @Action('read-dossier')
  @ApiOperation({
    summary: 'What the caller can do with one dossier now, and what stands against the rest',
    description:
      '`refusal` is the code of the problem that the command would be answered with. One that is allowed may still be refused ' +
      'for what it says.',
  })
  async commands(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ commands: readonly CommandView[] }> {
    return { commands: await this.lookup.commands(caller, dossierId) };
  }

  @Get(':dossierId/explanation')
  @Action('read-dossier')
  @ApiOperation({
    summary: 'Why one dossier is due when it is: where the counting began, day by day, what moved it, and what is left',
    description: '404 NOTHING_DUE where nothing limits it.',
  })
  explanation(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Query() query: ExplanationDto,
  ): Promise<ExplanationView> {
    return this.lookup.explanation(caller, dossierId, query);
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
