import { deadlinesSchema, type Deadlines } from '../deadlines';
import { postHolderSchema, type PostHolder } from '../post-holder';
import { instant, orNull, record, text } from '../schema';

/** The one re-appointment, with apology (form 04). The first appointment is kept for the statistics. */
export interface DossierExtended {
  readonly actor: PostHolder;
  /** Who proposed what the actor approved; null where one decided alone. */
  readonly proposedBy: PostHolder | null;
  readonly reasonCode: string;
  readonly previousAppointmentAt: string;
  readonly appointmentAt: string;
  /** The official who signed the apology. */
  readonly signedBy: string;
  /** For an extension beyond the lawful number: the basis and the official who approved it. */
  readonly legalBasis: string | null;
  readonly approvedBy: string | null;
  readonly deadlines: Deadlines;
}

const extended = {
  actor: postHolderSchema,
  reasonCode: text,
  previousAppointmentAt: instant,
  appointmentAt: instant,
  signedBy: text,
  legalBasis: orNull(text),
  approvedBy: orNull(text),
  deadlines: deadlinesSchema,
};
export const dossierExtendedSchema = record<DossierExtended>({ ...extended, proposedBy: orNull(postHolderSchema) });
export const olderDossierExtended = [
  {
    version: 1,
    schema: record<Omit<DossierExtended, 'proposedBy'>>(extended),
    lift: (data: object) => ({ ...data, proposedBy: null }),
  },
];
