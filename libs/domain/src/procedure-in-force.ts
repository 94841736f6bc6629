import type { LocalDate } from '#calendar';
import { DossierError } from './errors';

/**
 * What a version of a procedure is: looked at, in use, or no more. It only goes forward: `draft` to `published` to `withdrawn`,
 * by entries of the catalogue's stream. Open dossiers keep their version whatever becomes of it.
 */
export const procedureStates = ['draft', 'published', 'withdrawn'] as const;
export type ProcedureState = (typeof procedureStates)[number];

/** A version of a procedure with what became of it. Days are local ones of the office that asks. */
export interface VersionInTime {
  readonly version: number;
  readonly state: ProcedureState;
  /** The first day on which it is in force; null: always was. */
  readonly validFrom: LocalDate | null;
  /** The first day on which it is not in force any more; null unless withdrawn. */
  readonly withdrawnFrom: LocalDate | null;
}

/** Thrown when no version of a procedure is in force on the day that is asked of; tells from when one will be. */
export class ProcedureNotInForce extends DossierError {
  readonly code = 'PROCEDURE_NOT_IN_FORCE';
  readonly kind = 'invalid';
  /** In the form that every wrong field has. */
  readonly errors: readonly { readonly field: string; readonly rule: string }[];

  constructor(
    readonly procedureCode: string,
    readonly on: LocalDate,
    /** Null where no published version begins later. */
    readonly from: LocalDate | null,
  ) {
    const later = from === null ? 'no published version begins later' : `one is from ${from}`;
    const rule = `has no version in force on ${on}; ${later}`;
    super(`procedureCode ${procedureCode} ${rule}.`);
    this.errors = [{ field: 'procedureCode', rule }];
  }
}

/** Thrown when a version cannot be published or withdrawn because of what it is already. */
export class ProcedureStateConflict extends DossierError {
  readonly code = 'PROCEDURE_STATE_CONFLICT';
  readonly kind = 'conflict';

  constructor(
    readonly procedureCode: string,
    readonly version: number,
    readonly state: ProcedureState,
    readonly allowedIn: ProcedureState,
  ) {
    super(`Version ${version} of procedure ${procedureCode} is ${state}; only one that is ${allowedIn} allows this.`);
  }
}

/** True when a version is what new dossiers are handled under on that day, unless a newer one is too. */
export function isInForce({ state, validFrom, withdrawnFrom }: VersionInTime, on: LocalDate): boolean {
  if (state === 'draft' || (validFrom !== null && on < validFrom)) return false;
  return withdrawnFrom === null || on < withdrawnFrom;
}

/** The first day after this one on which some version begins to be in force; null where none does. */
export function nextInForce(versions: readonly VersionInTime[], on: LocalDate): LocalDate | null {
  const beginnings = versions.flatMap((version) => {
    const { validFrom } = version;
    return validFrom !== null && validFrom > on && isInForce(version, validFrom) ? [validFrom] : [];
  });
  return beginnings.sort()[0] ?? null;
}

/** Why a dossier taken over is handled under a version: it was in force at the first receipt, or no other reaches back so far. */
export type VersionOfReceiptBasis = 'in-force-at-receipt' | 'earliest-since-receipt';

/**
 * The version that a dossier first received on a day is handled under, whatever has been published since: the newest of those that
 * were in force then. Where the catalogue does not reach back so far, the earliest that has come into force by today; null where
 * none has.
 *
 * @param versions newest first
 */
export function versionOfReceipt<Version extends VersionInTime>(
  versions: readonly Version[],
  receivedOn: LocalDate,
  today: LocalDate,
): { readonly version: Version; readonly basis: VersionOfReceiptBasis } | null {
  const version = versions.find((one) => isInForce(one, receivedOn));
  if (version) return { version, basis: 'in-force-at-receipt' };
  const since = nextInForce(versions, receivedOn);
  if (since === null || since > today) return null;
  const earliest = versions.find((one) => one.validFrom === since && isInForce(one, since));
  return earliest ? { version: earliest, basis: 'earliest-since-receipt' } : null;
}
