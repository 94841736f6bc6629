import type { EntityManager } from 'typeorm';
import { handledWorkingMs, type Dossier } from '#domain';
import type { Catalogue } from '../catalogue/catalogue';

/** The latest ones tell what to expect now; so many give a steady 90th percentile. */
const RESULTS_LOOKED_AT = 500;

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

/** By the latest results. @throws ProcedureUnknown where there is neither a result nor such a procedure */
export async function usualTimeOf(
  manager: EntityManager,
  catalogue: Catalogue,
  procedureCode: string,
  officeId: string,
): Promise<UsualTime> {
  const dossiers = await latestResults(manager, procedureCode, officeId);
  if (dossiers.length === 0) await catalogue.requireKnown(manager, procedureCode);
  const timekeepings = await catalogue.timekeepingsOf(manager, dossiers);
  const taken = dossiers
    .flatMap((dossier, index) => {
      const calendar = timekeepings[index]?.presentCalendar;
      return (calendar && handledWorkingMs(dossier, calendar)) ?? [];
    })
    .sort((one, other) => one - other);
  const atShare = (share: number) => taken[Math.ceil(share * taken.length) - 1] ?? null;
  return { procedureCode, officeId, results: taken.length, medianMs: atShare(0.5), p90Ms: atShare(0.9) };
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
