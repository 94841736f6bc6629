import type { ChangedDay } from '#calendar';
import type { DueInstants } from '#contracts';

/** A decision, by `recomputation-decided`, that open dossiers keep their dates. */
export interface KeptDates {
  /** Mapped time. */
  readonly decidedAt: string;
  readonly legalBasis: string;
}

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
  /** Of that calendar: by its clock people read the instants. An IANA name. */
  readonly timeZone: string;
  /** The decision that moves it not, where that is the last on this calendar: it is listed, for another may be made. Null where none was made. */
  readonly kept: KeptDates | null;
  /** The days between receipt and due instant of which the two versions say another opening time. */
  readonly because: readonly ChangedDay[];
}
