import { postHolderSchema, type PostHolder } from '../post-holder';
import { integer, matching, oneOf, orNull, record, text } from '../schema';

/** What versions 1 and 2 could correct. */
const singleFields = [
  'channel',
  'applicant.name',
  'applicant.phone',
  'applicant.email',
  'applicant.identityNumber',
] as const;

/** What a clerical correction may change. Personal fields are named here, their values stay encrypted in `desk`. */
export const correctableFields = [...singleFields, 'eForm'] as const;
export type CorrectableField = (typeof correctableFields)[number];

/** Answers to an e-form as a correction left them, whole. They stay sealed in `desk`; here stands which form they answer. */
export interface CorrectedEForm {
  /** The form that was asked at intake, whatever the dossier's procedure is now. */
  readonly procedureCode: string;
  readonly procedureVersion: number;
  /** SHA-256 of the sealed bytes, hexadecimal: what is kept is what was answered, and without the dossier's key it tells nothing. */
  readonly sealedHash: string;
}

const correctedEFormSchema = record<CorrectedEForm>({
  procedureCode: text,
  procedureVersion: integer(1),
  sealedHash: matching('^[0-9a-f]{64}$'),
});

/** A clerical error was put right: the entry with the error stays, this one says what holds now. */
export interface DossierCorrected {
  readonly actor: PostHolder;
  /** Who proposed what the actor approved; null where one decided alone. */
  readonly proposedBy: PostHolder | null;
  readonly field: CorrectableField;
  /** Null for a personal field, and for the e-form. */
  readonly oldValue: string | null;
  readonly newValue: string | null;
  /** Null for every other field. */
  readonly eForm: CorrectedEForm | null;
  readonly reasonCode: string;
}

/** Version 2 knew no correction of an e-form. */
interface DossierCorrected2 extends Omit<DossierCorrected, 'field' | 'eForm'> {
  readonly field: (typeof singleFields)[number];
}

const corrected1 = {
  actor: postHolderSchema,
  field: oneOf(singleFields),
  oldValue: orNull(text),
  newValue: orNull(text),
  reasonCode: text,
};
const corrected2 = { ...corrected1, proposedBy: orNull(postHolderSchema) };
export const dossierCorrectedSchema = record<DossierCorrected>({
  ...corrected2,
  field: oneOf(correctableFields),
  eForm: orNull(correctedEFormSchema),
});
export const olderDossierCorrected = [
  {
    version: 1,
    schema: record<Omit<DossierCorrected2, 'proposedBy'>>(corrected1),
    lift: (data: object) => ({ ...data, proposedBy: null }),
  },
  {
    version: 2,
    schema: record<DossierCorrected2>(corrected2),
    lift: (data: object) => ({ ...data, eForm: null }),
  },
];
