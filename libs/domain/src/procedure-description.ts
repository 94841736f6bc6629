import type { EForm } from './e-form';
import type { Channel, FeeTime, Localized } from '#contracts';

/** Which tier of government decides. */
export const procedureLevels = ['province', 'commune'] as const;
export type ProcedureLevel = (typeof procedureLevels)[number];

/** What is asked of the office: to do something, to mend a procedure, or to answer for what somebody did. */
export const procedureKinds = ['service', 'petition', 'complaint'] as const;
export type ProcedureKind = (typeof procedureKinds)[number];

/** What the procedure rests on: the document as it is cited, and the article where one is meant. */
export interface LegalDocument {
  readonly title: string;
  readonly article: string | null;
}

/** One paper of a dossier, and in how many originals and copies it is handed in. */
export interface Component {
  /** Unique within the procedure; what a supplement names. */
  readonly code: string;
  readonly name: Localized;
  readonly originals: number;
  readonly copies: number;
  /** False for what only some applicants owe. */
  readonly required: boolean;
}

/** What the applicant pays. `amountMinor` is in the smallest unit of the currency: the đồng has no smaller one. */
export interface Fee {
  readonly amountMinor: number;
  readonly currency: 'VND';
  readonly dueAt: FeeTime;
}

/**
 * What a procedure is to people: the elements that Decree 63/2010 asks of one, besides its time limit and steps, which the
 * service level holds. Nothing is computed from it but which channels are offered, and whom a complaint must not reach.
 */
export interface ProcedureDescription {
  readonly kind: ProcedureKind;
  readonly names: Localized;
  /** Code of the field (lĩnh vực) that catalogues and figures group by, for example `civil-status`. */
  readonly field: string;
  readonly level: ProcedureLevel;
  /** As it is called, for example "Ủy ban nhân dân cấp xã". */
  readonly competentAuthority: string;
  readonly legalDocuments: readonly LegalDocument[];
  readonly components: readonly Component[];
  /** What must hold before a dossier is accepted, in the order in which the desk asks. */
  readonly checklist: readonly Localized[];
  /** What may be answered on the screen instead of on paper; null: nothing. */
  readonly eForm: EForm | null;
  /** Null where nothing is charged. */
  readonly fee: Fee | null;
  readonly result: { readonly name: Localized };
  /** How a dossier may come in; any other way is refused. Never empty. */
  readonly channels: readonly Channel[];
  /** Made up or unchecked: to show how it works, before an office puts its own in its place. */
  readonly sample: boolean;
}
