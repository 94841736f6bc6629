import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { DataSource, type EntityManager } from 'typeorm';
import { handledWorkingMs, type Dossier } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { IsName } from '../command/command.dto';
import { officeNamed } from '../organisation/organisation-directory';

/** The latest ones tell what to expect now; so many give a steady 90th percentile. */
const RESULTS_LOOKED_AT = 500;

export class UsualTimeDto {
  @ApiProperty({ example: '1.012786' })
  @IsName()
  procedureCode: string;

  @ApiPropertyOptional({ description: 'Where it would be handed in. Default: the office of the caller.' })
  @IsOptional()
  @IsName()
  officeId?: string;
}

/** How long a procedure usually takes at an office, in milliseconds of its working time. */
export interface UsualTime {
  readonly procedureCode: string;
  readonly officeId: string;
  /** Of how many results the figures are, the latest ones. */
  readonly results: number;
  /** Half of them took no longer; null where there is no result yet. */
  readonly medianMs: number | null;
  /** Nine of ten took no longer. */
  readonly p90Ms: number | null;
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
    const dossiers = await latestResults(manager, procedureCode, office.id);
    if (dossiers.length === 0) await this.catalogue.requireKnown(manager, procedureCode);
    const timekeepings = await this.catalogue.timekeepingsOf(manager, dossiers);
    const taken = dossiers
      .flatMap((dossier, index) => {
        const calendar = timekeepings[index]?.presentCalendar;
        return (calendar && handledWorkingMs(dossier, calendar)) ?? [];
      })
      .sort((one, other) => one - other);
    const atShare = (share: number) => taken[Math.ceil(share * taken.length) - 1] ?? null;
    return { procedureCode, officeId: office.id, results: taken.length, medianMs: atShare(0.5), p90Ms: atShare(0.9) };
  }
}

async function latestResults(
  manager: EntityManager,
  procedureCode: string,
  officeId: string,
): Promise<readonly Dossier[]> {
  const rows = await manager.query<{ state: Dossier }[]>(
    `select state from desk.dossier
     where procedure_code = $1 and office_id = $2 and status in ('processed', 'returned')
     order by dossier_id desc limit $3`,
    [procedureCode, officeId, RESULTS_LOOKED_AT],
  );
  return rows.map(({ state }) => state);
}
