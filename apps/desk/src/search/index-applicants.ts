import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Log } from '#messaging';
import { seeingEverything } from '#persistence';
import { LOGGER } from '#platform';
import { PersonalData } from '../command/personal-data';
import { ApplicantIndex, SEARCH } from '../duplicates/applicant-index';

const DOSSIERS_A_PAGE = 200;

/** Before this desk serves, dossiers that an older build took in are found by their applicants too. Without such it is one look. */
@Injectable()
export class IndexApplicants implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
    private readonly index: ApplicantIndex,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    let pages = 0;
    let last: string | null = '00000000-0000-0000-0000-000000000000';
    while (last !== null) {
      const before: string = last;
      last = await seeingEverything(() => this.dataSource.transaction((manager) => this.page(manager, before)));
      if (last !== null) pages += 1;
    }
    if (pages > 0) this.log.info({ pages }, 'applicants of an older build can be searched for');
  }

  /** The next dossiers without a mark, in the order of ids; answers the last of them, null where there is none. */
  private async page(manager: EntityManager, afterId: string): Promise<string | null> {
    const rows = await manager.query<{ dossierId: string; procedureCode: string }[]>(
      `select dossier_id as "dossierId", procedure_code as "procedureCode"
       from desk.dossier join desk.dossier_key using (dossier_id)
       where dossier_id > $1
         and exists (select from desk.applicant a where a.dossier_id = dossier.dossier_id)
         and not exists (select from desk.complaint_subject c where c.dossier_id = dossier.dossier_id)
         and not exists (select from desk.applicant_index i where i.dossier_id = dossier.dossier_id and i.why = $2)
       order by dossier_id limit ${DOSSIERS_A_PAGE}`,
      [afterId, SEARCH],
    );
    for (const { dossierId, procedureCode } of rows) {
      const applicant = await this.personalData.applicantOf(manager, dossierId);
      if (applicant) await this.index.add(manager, dossierId, procedureCode, applicant);
    }
    return rows.at(-1)?.dossierId ?? null;
  }
}
