import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { DataSource } from 'typeorm';
import { Action, CurrentCaller, type Caller } from '#platform';
import { IsInstant, IsName, IsPageLimit } from '../command/command.dto';
import { logLook } from './access-log';
import { DeskAccess, notAbout } from './desk-access';

const outcomes = ['allowed', 'forbidden', 'not-found'] as const;

/** Which lines of the access log; all filters must hold. Instants are real time, as the log keeps them. */
export class AccessLogDto {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  dossierId?: string;

  @ApiPropertyOptional({ description: 'Id of the official who looked, or was refused.' })
  @IsOptional()
  @IsName()
  official?: string;

  @ApiPropertyOptional({ enum: outcomes })
  @IsOptional()
  @IsIn(outcomes)
  outcome?: (typeof outcomes)[number];

  @ApiPropertyOptional({ format: 'date-time', description: 'At this instant or later.' })
  @IsOptional()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Before this instant.' })
  @IsOptional()
  @IsInstant()
  until?: string;

  @IsPageLimit()
  limit: number = 50;

  @ApiPropertyOptional({ description: '"next" of the page before.' })
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  cursor?: string;
}

/** A look at personal data, or a refusal. */
export interface AccessLine {
  readonly id: string;
  /** Real time, ISO 8601 UTC. */
  readonly at: string;
  readonly officialId: string;
  readonly postId: string;
  readonly officeId: string;
  readonly action: string;
  /** Null where it was about no dossier in particular. */
  readonly dossierId: string | null;
  /** Null for none, and for a submission that is not accepted yet. */
  readonly code: string | null;
  /** Which file was opened; null where none was. */
  readonly attachmentId: string | null;
  readonly outcome: 'allowed' | 'forbidden' | 'not-found';
}

interface AccessLogPage {
  readonly lines: readonly AccessLine[];
  /** For `cursor`; null behind the last. */
  readonly next: string | null;
}

/** Who looked at what: for auditors, whose own look at it becomes a line as well. */
@Controller('access-log')
export class AccessLogController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
  ) {}

  @Get()
  @Action('read-access-log')
  @ApiOperation({
    summary: 'Looks at personal data, and refusals, newest first; this look is logged',
    description: 'What is about a complaint of which the caller is the subject is left out.',
  })
  async page(@CurrentCaller() caller: Caller, @Query() query: AccessLogDto): Promise<AccessLogPage> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const { dossierId = null, official = null, outcome = null, from = null, until = null, cursor = null } = query;
    const found = await manager.query<(Omit<AccessLine, 'at'> & { readonly at: Date })[]>(
      `select log.id::text, at, log.official_id as "officialId", log.post_id as "postId", log.office_id as "officeId", action,
         log.dossier_id as "dossierId", code, log.attachment_id as "attachmentId", outcome
       from desk.access_log log left join desk.dossier dossier using (dossier_id)
       where ($3::uuid is null or log.dossier_id = $3) and ($4::text is null or log.official_id = $4)
         and ($5::text is null or outcome = $5) and ($6::timestamptz is null or at >= $6)
         and ($7::timestamptz is null or at < $7) and ($8::bigint is null or log.id < $8)
         and ${notAbout('$1', '$2', 'log.dossier_id')}
         and log.about_official_id is distinct from $1
         and (log.about_office_id is null or log.about_office_id <> all($2))
       order by log.id desc limit $9`,
      [
        subject.actor.officialId,
        this.access.officesActedIn(subject),
        dossierId,
        official,
        outcome,
        from,
        until,
        cursor,
        query.limit + 1,
      ],
    );
    await logLook(manager, subject, 'read-access-log', dossierId);
    const lines = found.slice(0, query.limit).map((line) => ({ ...line, at: line.at.toISOString() }));
    return { lines, next: found.length > query.limit ? (lines.at(-1)?.id ?? null) : null };
  }

  /** The log itself is the gateway's, which asks for this before it shows a page. */
  @Post('sign-ins')
  @HttpCode(204)
  @Action('read-sign-ins')
  @ApiOperation({ summary: 'Writes down that the caller looks at the log of sign-ins' })
  async signInsLookedAt(@CurrentCaller() caller: Caller): Promise<void> {
    const { manager } = this.dataSource;
    await logLook(manager, await this.access.subjectOf(manager, caller), 'read-sign-ins', null);
  }
}
