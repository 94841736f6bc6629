import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import type { WatchedDossier } from '#contracts';
import { Action } from '#platform';

export class PageOfWatchedDto {
  @ApiPropertyOptional({
    description: 'Answer what comes after this dossier, in order of ids; none for the first page.',
  })
  @IsOptional()
  @IsUUID()
  after?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, default: 200 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 200;
}

/** What the clock must be watching, by the only book that counts: so it finds out what it has lost. */
@Controller('watched-dossiers')
export class WatchedDossiersController {
  constructor(private readonly dataSource: DataSource) {}

  /** Dossiers that are open, or whose last entry ended them within the last hour, in order of ids. */
  @Get()
  @Action('read-watched-dossiers')
  @ApiOperation({ summary: 'Dossiers open, or ended within the hour, in order of ids: what the clock must know of' })
  async page(@Query() { after, limit }: PageOfWatchedDto): Promise<{ dossiers: readonly WatchedDossier[] }> {
    const rows = await this.dataSource.query<(Omit<WatchedDossier, 'recordedAt'> & { recordedAt: Date })[]>(
      `(${watched} and ended_at is null order by dossier_id limit $2)
       union all
       (${watched} and ended_at is not null and last_recorded_at > statement_timestamp() - interval '1 hour'
        order by dossier_id limit $2)
       order by "dossierId" limit $2`,
      [after ?? beforeAll, limit],
    );
    return { dossiers: rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() })) };
  }
}

const beforeAll = '00000000-0000-0000-0000-000000000000';
const watched = `select dossier_id as "dossierId", last_sequence as "lastSequence", last_recorded_at as "recordedAt",
    ended_at is not null as ended
  from desk.dossier where dossier_id > $1`;
