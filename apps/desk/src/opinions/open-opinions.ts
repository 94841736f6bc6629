import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { WorkCalendar } from '#calendar';
import type { PostHolder } from '#contracts';
import { holderOf, opinionNamed, type Dossier, type Opinion } from '#domain';
import { Clock, type Caller } from '#platform';
import { DeskAccess, notAbout } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { workingMsLeft } from '../queue/queue-row';

/** An opinion that is waited for, with the dossier it is about. */
export interface OpenOpinion extends Opinion {
  readonly dossierId: string;
  readonly code: string | null;
  readonly procedureCode: string;
  /** Who handles it, and waits for the answer. */
  readonly holder: PostHolder;
  /** Working time until `dueAt`, negative past it, in milliseconds; null where the dossier's calendar does not reach. */
  readonly workingMsLeft: number | null;
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
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
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
    const timekeepings = await this.catalogue.timekeepingsOf(
      manager,
      page.map(({ state }) => state),
    );
    const now = this.clock.now();
    return {
      opinions: timekeepings.flatMap(({ presentCalendar }, index) => {
        const row = page[index];
        return row ? [openOpinionOf(row.state, row.opinionId, presentCalendar, now)] : [];
      }),
      next: rows.length > limit ? (page.at(-1)?.opinionId ?? null) : null,
    };
  }
}

function openOpinionOf(dossier: Dossier, opinionId: string, calendar: WorkCalendar, now: string): OpenOpinion {
  const opinion = opinionNamed(dossier, opinionId);
  const { dossierId, code, procedureCode } = dossier;
  const { officialId, postId, officeId } = holderOf(dossier);
  return {
    ...opinion,
    dossierId,
    code,
    procedureCode,
    holder: { officialId, postId, officeId },
    workingMsLeft: workingMsLeft(calendar, now, opinion.dueAt),
  };
}
