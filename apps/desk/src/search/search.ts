import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { FieldInvalid } from '#domain';
import type { Caller } from '#platform';
import { logLook } from '../access/access-log';
import { DeskAccess, inReach, notAbout, type Subject } from '../access/desk-access';
import { DossierStore } from '../command/dossier-store';
import { PersonalData } from '../command/personal-data';
import { ApplicantIndex } from '../duplicates/applicant-index';
import { Queues } from '../queue/queues';
import type { QueueRow } from '../queue/queue-row';
import type { SearchDto } from './search.dto';

/** A dossier that was found, with who handed it in; null where the caller may not know, or nobody is known any more. */
export interface FoundRow extends QueueRow {
  readonly applicantName: string | null;
}

export interface SearchResult {
  /** The latest first. */
  readonly rows: readonly FoundRow[];
  /** True where there are more than are shown: then something narrower must be asked. */
  readonly hasMore: boolean;
}

const SHOWN = 50;
const MARKED = 'desk.applicant_index join desk.dossier using (dossier_id) where mark';
const CODED = 'desk.dossier where code';

/** Finds dossiers by who handed them in, without a list of names: by marks, of what is in sight alone. Each hit is a look. */
@Injectable()
export class Search {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly store: DossierStore,
    private readonly personalData: PersonalData,
    private readonly index: ApplicantIndex,
    private readonly queues: Queues,
  ) {}

  /** @throws FieldInvalid unless it is searched by exactly one thing */
  async find(caller: Caller, { code, ...searched }: SearchDto): Promise<SearchResult> {
    const asked = [code, ...Object.values(searched)].filter((value) => value !== undefined);
    if (asked.length !== 1)
      throw new FieldInvalid('code', 'or name, or phone, or identityNumber must be sent, and one alone');
    return this.dataSource.transaction(async (manager) => {
      const subject = await this.access.subjectOf(manager, caller);
      const inSight =
        code === undefined
          ? await this.inSight(manager, subject, MARKED, this.index.markOf(searched))
          : await this.inSight(manager, subject, CODED, code.trim().toUpperCase());
      const shown = inSight.slice(0, SHOWN);
      const rows = await this.queues.rowsOfDossiers(manager, subject, shown);
      const found: FoundRow[] = [];
      for (const row of rows) found.push({ ...row, applicantName: await this.nameIn(manager, subject, row.dossierId) });
      return { rows: found, hasMore: inSight.length > SHOWN };
    });
  }

  /** Limited only after what is out of sight is left out: nobody's own dossier hides behind those of others. */
  private async inSight(
    manager: EntityManager,
    subject: Subject,
    dossiers: typeof MARKED | typeof CODED,
    value: Buffer | string | null,
  ): Promise<readonly string[]> {
    const rows = await manager.query<{ dossierId: string }[]>(
      `select dossier_id as "dossierId" from ${dossiers} = $1 and ${inReach('$2')} and ${notAbout('$3', '$4')}
       order by dossier_id desc limit ${SHOWN + 1}`,
      [
        value,
        this.access.officesWithin(subject, 'search-applicants'),
        subject.actor.officialId,
        this.access.officesActedIn(subject),
      ],
    );
    return rows.map(({ dossierId }) => dossierId);
  }

  private async nameIn(manager: EntityManager, subject: Subject, dossierId: string): Promise<string | null> {
    const stored = await this.store.find(manager, dossierId);
    if (!this.access.seesApplicant(subject, stored)) return null;
    await logLook(manager, subject, 'search-applicants', dossierId);
    return (await this.personalData.applicantOf(manager, dossierId))?.name ?? null;
  }
}
