import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { DataSource } from 'typeorm';
import { sentencesOf, type Explanation } from '#calendar';
import { channels, languages, type Channel, type Language } from '#contracts';
import { calendarIdOf, calendarReference, promiseFor, requireChannelOffered, type DatePromise } from '#domain';
import { Action, Clock, CurrentCaller, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { IsInstant, IsName } from '../command/command.dto';
import { openOffice } from '../organisation/organisation-directory';

export class PromiseDto {
  @ApiProperty({ example: '1.012786' })
  @IsName()
  procedureCode: string;

  @ApiProperty({ enum: channels })
  @IsIn(channels)
  channel: Channel;

  @ApiPropertyOptional({ description: 'Where it is received. Default: the office of the caller.' })
  @IsOptional()
  @IsName()
  officeId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'When it is handed in. Default: now.' })
  @IsOptional()
  @IsInstant()
  at?: string;

  @ApiPropertyOptional({ enum: languages, default: 'vi' })
  @IsOptional()
  @IsIn(languages)
  language?: Language;
}

/** A due instant with its reasons as data and in sentences. */
interface Explained {
  readonly dueAt: string;
  readonly explanation: Explanation;
  readonly why: readonly string[];
}

/** What would be promised; null where nothing limits. `acceptance` is for online submissions alone. */
export type PromiseView = { readonly [Name in keyof DatePromise]: Explained | null } & {
  readonly procedureCode: string;
  readonly procedureVersion: number;
  readonly officeId: string;
  readonly channel: Channel;
  readonly at: string;
  /** `id/version` */
  readonly calendar: string;
  readonly timeZone: string;
  /** True where the procedure was made up or unchecked: nobody may rely on the date. */
  readonly sample: boolean;
};

/** The date an office will promise, and why it is that date, before it says yes. Nothing is written. */
@Controller('promises')
export class PromiseController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
  ) {}

  @Get()
  @Action('preview-due-dates')
  @ApiOperation({ summary: 'What a dossier handed in at an instant would be promised, and why, day by day' })
  async read(@CurrentCaller() caller: Caller, @Query() query: PromiseDto): Promise<PromiseView> {
    const { procedureCode, channel, language = 'vi' } = query;
    const at = query.at ?? this.clock.now();
    const { manager } = this.dataSource;
    const { actor, organisation } = await this.access.subjectOf(manager, caller);
    const { id: officeId } = openOffice(organisation, query.officeId ?? actor.officeId, at);
    const calendarId = calendarIdOf(organisation, officeId, at);
    const timekeeping = await this.catalogue.newestTimekeeping(manager, procedureCode, calendarId, at);
    const { procedure, calendar } = timekeeping;
    requireChannelOffered(procedure, channel);
    const { acceptance, appointment, legal } = promiseFor(at, channel, timekeeping);
    const explained = (one: Explanation | null): Explained | null =>
      one && { dueAt: one.dueAt, explanation: one, why: sentencesOf(one, language) };
    return {
      procedureCode,
      procedureVersion: procedure.version,
      officeId,
      channel,
      at,
      calendar: calendarReference(calendar.id, calendar.version),
      timeZone: calendar.timeZone,
      sample: procedure.description?.sample ?? false,
      acceptance: explained(acceptance),
      appointment: explained(appointment),
      legal: explained(legal),
    };
  }
}
