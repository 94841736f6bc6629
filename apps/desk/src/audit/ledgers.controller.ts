import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Action, CurrentCaller, type Caller } from '#platform';
import type { HeldRow, Ledgers, RangRow } from '#proving';
import { logLook } from '../access/access-log';
import { Lookup } from '../lookup/lookup';

/** The second witness of a dossier's life, beside its journal. */
@Controller('dossiers/:dossierId/ledgers')
export class LedgersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lookup: Lookup,
  ) {}

  @Get()
  @Action('read-ledgers')
  @ApiOperation({
    summary: 'What the ledgers say of one dossier: who held it, which escalations were recorded; the look is logged',
    description: 'As the tables hold it, not as the journal adds up. Holds no personal data of the applicant.',
  })
  async ledgers(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<Ledgers> {
    const { manager } = this.dataSource;
    const { subject } = await this.lookup.entriesInSight(caller, 'read-ledgers', dossierId);
    await logLook(manager, subject, 'read-ledgers', dossierId);
    const [held, rang] = await Promise.all([
      manager.query<(Omit<HeldRow, 'from' | 'until'> & { readonly from: Date; readonly until: Date })[]>(
        `select sequence, official_id as "officialId", post_id as "postId", from_at as "from", until_at as "until"
         from desk.responsibility_record where dossier_id = $1 order by sequence`,
        [dossierId],
      ),
      manager.query<(Omit<RangRow, 'dueAt'> & { readonly dueAt: Date })[]>(
        `select sequence, generation, rung, due_at as "dueAt", responsible_id as "responsibleId",
           withdrawn_sequence as "withdrawnSequence"
         from desk.escalation where dossier_id = $1 order by sequence`,
        [dossierId],
      ),
    ]);
    return {
      held: held.map((row) => ({ ...row, from: row.from.toISOString(), until: row.until.toISOString() })),
      rang: rang.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() })),
    };
  }
}
