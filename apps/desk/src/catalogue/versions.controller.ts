import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  daysChanged,
  daysOf,
  parseWorkCalendar,
  type CalendarDay,
  type ChangedDay,
  type WorkCalendar,
} from '#calendar';
import { parseProcedureVersion, procedureDifferences, type FieldDifference, type ProcedureVersion } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { NumberPipe } from '../command/number.pipe';
import { ProcedureUnknown } from './catalogue';
import { CataloguePreviews, type CataloguePreview } from './previews';
import { CataloguePreviewDto, DifferencesDto } from './previews.dto';

/** A calendar in a list: its versions, the one in force first. */
export interface ListedCalendar {
  readonly id: string;
  /** The calendar above, of which it is an office's own; null for a whole one. */
  readonly inherits: string | null;
  readonly versions: readonly string[];
  /** Of the version in force: days after it are an estimate. */
  readonly announcedUntil: string;
  readonly validTo: string;
}

/** One version of a calendar, day by day, and what it says otherwise than the one before it. */
export interface CalendarView {
  readonly id: string;
  readonly version: string;
  /** Null for the first version. */
  readonly before: string | null;
  readonly timeZone: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly announcedUntil: string;
  readonly days: readonly CalendarDay[];
  readonly changes: readonly ChangedDay[];
}

/** A procedure in a list of all, also those of which nothing is in force. */
export interface ListedProcedure {
  readonly code: string;
  readonly name: string;
  readonly versions: number;
  readonly newest: number;
  /** Of the newest version, as the two that follow. */
  readonly state: string;
  /** The first day on which it is in force; null: always was. */
  readonly validFrom: string | null;
  /** The first day on which it takes no new dossiers; null: none. */
  readonly withdrawnFrom: string | null;
  readonly drafts: number;
}

/** One version of a procedure, whole. */
export interface WholeVersion {
  readonly procedure: ProcedureVersion;
  /** Open dossiers that were accepted with this version, and keep it whatever becomes of it. */
  readonly openDossiers: number;
}

/** What a version of a procedure says otherwise than another, by default the one before it. */
export interface VersionDifferences {
  readonly version: number;
  /** With which it was compared; null for the first version. */
  readonly before: number | null;
  readonly differences: readonly FieldDifference[];
}

/** Versions of calendars and procedures as their administrator reads and compares them, and files before they are loaded. */
@Controller()
export class CatalogueVersionsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly previews: CataloguePreviews,
  ) {}

  /** Changes nothing. */
  @Post('catalogue/previews')
  @Action('preview-catalogue')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What keeps a file from being loaded, by line; else what it changes, and a page of the dossiers concerned',
  })
  preview(
    @CurrentCaller() caller: Caller,
    @Body() { text, after, limit }: CataloguePreviewDto,
  ): Promise<CataloguePreview> {
    return this.previews.of(caller, text, { after: after ?? null, limit });
  }

  @Get('calendars')
  @Action('read-catalogue')
  @ApiOperation({ summary: 'Every work calendar with its versions, the one in force first' })
  async calendars(): Promise<{ calendars: readonly ListedCalendar[] }> {
    const calendars = await this.dataSource.query<ListedCalendar[]>(
      `select id, (array_agg(own order by ordinal desc))[1]->>'inherits' as inherits,
         array_agg(version order by ordinal desc) as versions,
         (array_agg(body order by ordinal desc))[1]->>'announcedUntil' as "announcedUntil",
         (array_agg(body order by ordinal desc))[1]->>'validTo' as "validTo"
       from desk.work_calendar group by id order by id`,
    );
    return { calendars };
  }

  @Get('calendars/:id/:version')
  @Action('read-catalogue')
  @ApiOperation({ summary: 'A version of a calendar, day by day, and the days it changes against the one before' })
  async calendar(@Param('id') id: string, @Param('version') version: string): Promise<CalendarView> {
    const rows = await this.dataSource.query<{ body: unknown }[]>(
      `select body from desk.work_calendar
       where id = $1 and ordinal <= (select ordinal from desk.work_calendar where id = $1 and version = $2)
       order by ordinal desc limit 2`,
      [id, version],
    );
    const [calendar, before = null] = rows.map(({ body }) => parseWorkCalendar(body));
    if (!calendar) throw new NotFoundException(`No version ${version} of a calendar ${id} is in the catalogue.`);
    return viewOf(calendar, before);
  }

  @Get('catalogue/procedures')
  @Action('read-procedure-states')
  @ApiOperation({ summary: 'Every procedure of the catalogue by code, drafts and withdrawn ones too' })
  async procedures(): Promise<{ procedures: readonly ListedProcedure[] }> {
    const procedures = await this.dataSource.query<ListedProcedure[]>(
      `select code, (array_agg(body->>'name' order by version desc))[1] as name, count(*)::integer as versions,
         max(version) as newest, (array_agg(state order by version desc))[1] as state,
         (array_agg(coalesce(body->>'validFrom', body->'description'->>'validFrom') order by version desc))[1] as "validFrom",
         (array_agg(withdrawn_from::text order by version desc))[1] as "withdrawnFrom",
         (count(*) filter (where state = 'draft'))::integer as drafts
       from desk.procedure_version group by code order by code`,
    );
    return { procedures };
  }

  /** @throws ProcedureUnknown */
  @Get('catalogue/procedures/:code/versions/:version')
  @Action('read-procedure-states')
  @ApiOperation({ summary: 'A version of a procedure whole, whatever its state, and how many open dossiers keep it' })
  async version(@Param('code') code: string, @Param('version', NumberPipe) version: number): Promise<WholeVersion> {
    const procedure = await this.procedure(code, version);
    const [open] = await this.dataSource.query<{ count: number }[]>(
      `select count(*)::integer as count from desk.dossier
       where procedure_code = $1 and (state->>'procedureVersion')::integer = $2 and ended_at is null`,
      [code, version],
    );
    return { procedure, openDossiers: open?.count ?? 0 };
  }

  /** @throws ProcedureUnknown */
  @Get('catalogue/procedures/:code/versions/:version/differences')
  @Action('read-procedure-states')
  @ApiOperation({ summary: 'What a version of a procedure says otherwise than one before it, field by field' })
  async differences(
    @Param('code') code: string,
    @Param('version', NumberPipe) version: number,
    @Query() { against }: DifferencesDto,
  ): Promise<VersionDifferences> {
    const then = await this.procedure(code, version);
    const [row] = await this.dataSource.query<{ body: unknown }[]>(
      `select body from desk.procedure_version
       where code = $1 and version < $2 and ($3::integer is null or version = $3) order by version desc limit 1`,
      [code, version, against ?? null],
    );
    if (!row && against !== undefined) throw new ProcedureUnknown(code);
    const before = row ? parseProcedureVersion(row.body) : null;
    return {
      version,
      before: before?.version ?? null,
      differences: before ? procedureDifferences(before, then) : [],
    };
  }

  private async procedure(code: string, version: number): Promise<ProcedureVersion> {
    const [row] = await this.dataSource.query<{ body: unknown }[]>(
      'select body from desk.procedure_version where code = $1 and version = $2',
      [code, version],
    );
    if (!row) throw new ProcedureUnknown(code);
    return parseProcedureVersion(row.body);
  }
}

function viewOf(calendar: WorkCalendar, before: WorkCalendar | null): CalendarView {
  const { id, version, timeZone, validFrom, validTo, announcedUntil } = calendar;
  return {
    id,
    version,
    before: before?.version ?? null,
    timeZone,
    validFrom,
    validTo,
    announcedUntil,
    days: daysOf(calendar),
    changes: before ? daysChanged(before, calendar) : [],
  };
}
