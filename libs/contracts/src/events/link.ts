import { postHolderSchema, type PostHolder } from '../post-holder';
import { oneOf, record, uuid } from '../schema';

/**
 * How a dossier belongs to another: it was handed in again after that one ended, it is directed against what that one came to, or
 * both are handled together.
 */
export const linkKinds = ['resubmission', 'appeal', 'group'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** What a dossier belongs to. */
export interface Link {
  readonly kind: LinkKind;
  readonly otherDossierId: string;
}

/** Somebody noted that a dossier belongs to another. Nothing else of either changes, and the other has no entry of it. */
export interface DossierLinked extends Link {
  readonly actor: PostHolder;
}

export const dossierLinkedSchema = record<DossierLinked>({
  actor: postHolderSchema,
  kind: oneOf(linkKinds),
  otherDossierId: uuid,
});
