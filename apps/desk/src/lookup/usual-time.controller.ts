import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { DataSource } from 'typeorm';
import { languages, type Language } from '#contracts';
import { calendarIdOf, existsAt, type Office } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { IsName } from '../command/command.dto';
import { officeNamed } from '../organisation/organisation-directory';
import { usualTimeOf, type UsualTime } from './usual-time';

export class UsualTimeDto {
  @ApiProperty({ example: '1.012786' })
  @IsName()
  procedureCode: string;

  @ApiPropertyOptional({ description: 'Where it would be handed in. Default: the office of the caller.' })
  @IsOptional()
  @IsName()
  officeId?: string;
}

export class ChoicesDto {
  @ApiPropertyOptional({ enum: languages, default: 'vi', description: 'Of the names of procedures.' })
  @IsOptional()
  @IsIn(languages)
  language: Language = 'vi';
}

/** Where usual times can be asked for, and of what. */
interface Choices {
  /** Those that take dossiers in, as they are now. */
  readonly offices: readonly Pick<Office, 'id' | 'name'>[];
  /** In force now, by name. */
  readonly procedures: readonly { readonly code: string; readonly name: string }[];
  /** How many working hours a working day counts; null while no calendar is loaded. */
  readonly workingHoursPerDay: number | null;
}

/** What an applicant may expect before filing, beside what is promised. */
@Controller('usual-times')
export class UsualTimeController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
  ) {}

  @Get()
  @Action('read-usual-time')
  @ApiOperation({ summary: 'How long a procedure usually takes at an office, without the time the applicant took' })
  async read(@CurrentCaller() caller: Caller, @Query() { procedureCode, officeId }: UsualTimeDto): Promise<UsualTime> {
    const { manager } = this.dataSource;
    const { actor, organisation } = await this.access.subjectOf(manager, caller);
    const office = officeNamed(organisation, officeId ?? actor.officeId);
    return usualTimeOf(manager, this.catalogue, procedureCode, office.id);
  }

  @Get('choices')
  @Action('read-usual-time')
  @ApiOperation({
    summary: 'The offices that take dossiers in, and the procedures in force, for which usual times can be asked',
  })
  async choices(@CurrentCaller() caller: Caller, @Query() { language }: ChoicesDto): Promise<Choices> {
    const { manager } = this.dataSource;
    const { organisation, at } = await this.access.subjectOf(manager, caller);
    const receiving = new Set(
      organisation.posts.filter(({ roles }) => roles.includes('clerk')).map(({ officeId }) => officeId),
    );
    const offices = organisation.offices.filter((office) => receiving.has(office.id) && existsAt(office, at));
    const calendarId = offices[0] ? calendarIdOf(organisation, offices[0].id, at) : null;
    const calendar = await this.catalogue.calendarOfOffice(manager, calendarId);
    const procedures = await this.catalogue.proceduresInForce(manager, calendarId, at);
    return {
      offices: offices.map(({ id, name }) => ({ id, name })),
      procedures: procedures
        .map(({ code, name, description }) => ({ code, name: description?.names[language] ?? name }))
        .sort((one, other) => one.name.localeCompare(other.name, language)),
      workingHoursPerDay: calendar?.workingHoursPerDay ?? null,
    };
  }
}
