import type { ChangedDay } from '#calendar';
import type { DueInstants } from '#contracts';

/** An open dossier that would be due at another instant by the newest version of its calendar, as `desk` tells it. */
export interface MovedDossier {
  readonly dossierId: string;
  readonly code: string | null;
  readonly officeId: string;
  readonly procedureCode: string;
  /** `id/version` of the newest calendar. */
  readonly to: string;
  readonly before: DueInstants;
  readonly then: DueInstants;
  /** The days between receipt and due instant of which the two versions say another opening time. */
  readonly because: readonly ChangedDay[];
}
