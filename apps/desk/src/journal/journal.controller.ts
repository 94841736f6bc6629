import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { Action, CurrentCaller, type Caller } from '#platform';
import { logLook } from '../access/access-log';
import { DeskAccess } from '../access/desk-access';
import { DossierStore } from '../command/dossier-store';
import { uuidPattern } from '../command/request';
import { Journal, type StoredEntry } from './journal';

export class AfterDto {
  @ApiPropertyOptional({ description: 'Answer what comes after this sequence or position; 0 for all.' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  after: number = 0;

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, default: 500 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 500;
}

/** For the services that hear of dossiers: what they missed, and everything again. Holds no personal data. */
@Controller()
export class JournalController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly journal: Journal,
    private readonly access: DeskAccess,
    private readonly store: DossierStore,
  ) {}

  /** Entries of one stream, oldest first: exact bytes and hash. What a person reads is written into the access log; a complaint does not exist for whom it is about, also where a stream tells of all dossiers: there the entry is missing. */
  @Get('journal/:stream')
  @Action('read-journal')
  @ApiOperation({ summary: 'Entries of one stream, oldest first: exact bytes and hash' })
  async stream(
    @CurrentCaller() caller: Caller,
    @Param('stream') stream: string,
    @Query() { after, limit }: AfterDto,
  ): Promise<{ entries: readonly StoredEntry[] }> {
    const { manager } = this.dataSource;
    if (caller.kind !== 'person') return { entries: await this.journal.after(manager, stream, after, limit) };
    const dossierId = uuidPattern.test(stream) ? stream : null;
    const subject = await this.access.subjectOf(manager, caller);
    if (dossierId !== null) this.access.require(subject, 'read-dossier', await this.store.find(manager, dossierId));
    await logLook(manager, subject, 'read-journal', dossierId);
    const entries = await manager.query<StoredEntry[]>(
      `select stream, sequence, hash, body from desk.journal where stream = $1 and sequence > $2 and ${tellsNotOf('$4', '$5')}
       order by sequence limit $3`,
      [stream, after, limit, subject.actor.officialId, this.access.officesActedIn(subject)],
    );
    return { entries };
  }

  /** Entries of all streams in the one order in which they are told, by position. */
  @Get('feed')
  @Action('read-feed')
  @ApiOperation({ summary: 'Entries of all streams in the one order in which they are told' })
  async feed(
    @Query() { after, limit }: AfterDto,
  ): Promise<{ entries: readonly (StoredEntry & { position: number })[] }> {
    const entries = await this.dataSource.query<(StoredEntry & { position: string })[]>(
      `select f.position, j.stream, j.sequence, j.hash, j.body
       from desk.feed f join desk.journal j using (stream, sequence)
       where f.position > $1 order by f.position limit $2`,
      [after, limit],
    );
    return { entries: entries.map((entry) => ({ ...entry, position: Number(entry.position) })) };
  }
}

/**
 * Condition on `desk.journal`: nothing of a complaint, for whom it is about. The streams of messages and notices are of all dossiers,
 * and each of their entries names one. The parameters are those of `notAbout`.
 */
function tellsNotOf(official: `$${number}`, offices: `$${number}`): string {
  return `coalesce(body::json #>> '{data,dossierId}', '') <> all (array(
    select dossier_id::text from desk.complaint_subject where official_id = ${official} or office_id = any(${offices})))`;
}
