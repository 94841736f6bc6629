import { postHolderSchema, type PostHolder } from '../post-holder';
import { oneOf, orNull, record, text } from '../schema';

/** What a clerical correction may change. Personal fields are named here, their values stay encrypted in `desk`. */
export const correctableFields = [
  'channel',
  'applicant.name',
  'applicant.phone',
  'applicant.email',
  'applicant.identityNumber',
] as const;
export type CorrectableField = (typeof correctableFields)[number];

/** A clerical error was put right: the entry with the error stays, this one says what holds now. */
export interface DossierCorrected {
  readonly actor: PostHolder;
  /** Who proposed what the actor approved; null where one decided alone. */
  readonly proposedBy: PostHolder | null;
  readonly field: CorrectableField;
  /** Null for a personal field. */
  readonly oldValue: string | null;
  readonly newValue: string | null;
  readonly reasonCode: string;
}

const corrected = {
  actor: postHolderSchema,
  field: oneOf(correctableFields),
  oldValue: orNull(text),
  newValue: orNull(text),
  reasonCode: text,
};
export const dossierCorrectedSchema = record<DossierCorrected>({ ...corrected, proposedBy: orNull(postHolderSchema) });
export const olderDossierCorrected = [
  {
    version: 1,
    schema: record<Omit<DossierCorrected, 'proposedBy'>>(corrected),
    lift: (data: object) => ({ ...data, proposedBy: null }),
  },
];
