import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { opinionNamed, type Dossier, type Opinion } from '#domain';
import type { Caller } from '#platform';
import { DeskAccess, notAbout } from '../access/desk-access';

/** An opinion that is waited for, with the dossier it is about. */
export interface OpenOpinion extends Opinion {
  readonly dossierId: string;
  readonly code: string | null;
  readonly procedureCode: string;
}

export interface PageOfOpinions {
  readonly opinions: readonly OpenOpinion[];
  /** Give it back as `after` for the next page; null on the last. */
  readonly next: string | null;
}

/** What offices are asked for. */
@Injectable()
export class OpenOpinions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
  ) {}

  /** Those of the offices in the caller's sight, of dossiers whose result is awaited, earliest due first. */
  async page(caller: Caller, limit: number, after: string | null): Promise<PageOfOpinions> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const rows = await manager.query<{ opinionId: string; state: Dossier }[]>(
      `select o.opinion_id as "opinionId", dossier.state from desk.opinion o join desk.dossier using (dossier_id)
       where o.answered_sequence is null and dossier.ended_at is null and dossier.status <> 'processed'
         and ($1::text[] is null or o.asked_office_id = any($1))
         and ($2::uuid is null or (o.due_at, o.opinion_id) >
           (select l.due_at, l.opinion_id from desk.opinion l where l.opinion_id = $2))
         and ${notAbout('$4', '$5')}
       order by o.due_at, o.opinion_id limit $3`,
      [
        this.access.officesWithin(subject, 'read-opinions'),
        after,
        limit + 1,
        subject.actor.officialId,
        this.access.officesActedIn(subject),
      ],
    );
    const page = rows.slice(0, limit);
    return {
      opinions: page.map(({ opinionId, state }) => ({
        ...opinionNamed(state, opinionId),
        dossierId: state.dossierId,
        code: state.code,
        procedureCode: state.procedureCode,
      })),
      next: rows.length > limit ? (page.at(-1)?.opinionId ?? null) : null,
    };
  }
}
