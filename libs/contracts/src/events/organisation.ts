import { postHolderSchema, type PostHolder } from '../post-holder';
import { instant, integer, oneOf, orNull, record, text } from '../schema';

/** Offices, posts and who holds them were loaded as one whole; `sha256` is the hash of the canonical JSON loaded. */
export interface OrganisationLoaded {
  readonly actor: PostHolder;
  /** Who proposed what the actor approved; null where one decided alone. */
  readonly proposedBy: PostHolder | null;
  readonly sha256: string;
  readonly offices: number;
  readonly posts: number;
  readonly officials: number;
}

const loadedOrganisation = {
  actor: postHolderSchema,
  sha256: text,
  offices: integer(),
  posts: integer(),
  officials: integer(),
};
export const organisationLoadedSchema = record<OrganisationLoaded>({
  ...loadedOrganisation,
  proposedBy: orNull(postHolderSchema),
});
export const olderOrganisationLoaded = [
  {
    version: 1,
    schema: record<Omit<OrganisationLoaded, 'proposedBy'>>(loadedOrganisation),
    lift: (data: object) => ({ ...data, proposedBy: null }),
  },
];

export const organisationChangeKinds = [
  'office',
  'post',
  'official',
  'tenure',
  'deputy',
  'absence',
  'mandate',
] as const;
export type OrganisationChangeKind = (typeof organisationChangeKinds)[number];

/** One thing of the organisation that is new, otherwise or no more in a version. What it does not have is null. */
export interface OrganisationChange {
  readonly kind: OrganisationChangeKind;
  readonly change: 'added' | 'changed' | 'removed';
  /** The office itself, that of the post, or for which a mandate is given. */
  readonly officeId: string | null;
  /** The post itself, that which is held, deputised or given a mandate; of an office, its head's. */
  readonly postId: string | null;
  readonly officialId: string | null;
  readonly parentId: string | null;
  /** Who takes over from an office when it ends. */
  readonly successorId: string | null;
  readonly deputyPostId: string | null;
  /** From when it is valid (inclusive). */
  readonly from: string | null;
  /** Until when (exclusive). */
  readonly until: string | null;
}

/**
 * After `organisation-loaded`, one for each thing that the new version changes, so that whoever follows the stream from its
 * first entry knows what there is. A name or an address that changed is told without itself.
 */
export interface OrganisationChanged extends OrganisationChange {
  readonly actor: PostHolder;
  /** Of the organisation, from 1. */
  readonly version: number;
}

export const organisationChangedSchema = record<OrganisationChanged>({
  actor: postHolderSchema,
  version: integer(1),
  kind: oneOf(organisationChangeKinds),
  change: oneOf(['added', 'changed', 'removed']),
  officeId: orNull(text),
  postId: orNull(text),
  officialId: orNull(text),
  parentId: orNull(text),
  successorId: orNull(text),
  deputyPostId: orNull(text),
  from: orNull(instant),
  until: orNull(instant),
});

/** Procedures and work calendars were loaded; versions already there are never changed. */
export interface CatalogueLoaded {
  readonly actor: PostHolder;
  /** Who proposed what the actor approved; null where one decided alone. */
  readonly proposedBy: PostHolder | null;
  readonly sha256: string;
  readonly procedures: number;
  readonly calendars: number;
}

const loadedCatalogue = {
  actor: postHolderSchema,
  sha256: text,
  procedures: integer(),
  calendars: integer(),
};
export const catalogueLoadedSchema = record<CatalogueLoaded>({
  ...loadedCatalogue,
  proposedBy: orNull(postHolderSchema),
});
export const olderCatalogueLoaded = [
  {
    version: 1,
    schema: record<Omit<CatalogueLoaded, 'proposedBy'>>(loadedCatalogue),
    lift: (data: object) => ({ ...data, proposedBy: null }),
  },
];
