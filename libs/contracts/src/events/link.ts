import { postHolderSchema, type PostHolder } from '../post-holder';
import { oneOf, record, uuid } from '../schema';

/**
 * How a dossier belongs to another: it was handed in again after that one ended, it is directed against what that one came to, or
 * both are handled together.
 */
export const linkKinds = ['resubmission', 'appeal', 'group'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** Somebody noted that a dossier belongs to another. Nothing else of either changes, and the other has no entry of it. */
export interface DossierLinked {
  readonly actor: PostHolder;
  readonly kind: LinkKind;
  readonly otherDossierId: string;
}

export const dossierLinkedSchema = record<DossierLinked>({
  actor: postHolderSchema,
  kind: oneOf(linkKinds),
  otherDossierId: uuid,
});
