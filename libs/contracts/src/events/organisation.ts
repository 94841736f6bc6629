import { postHolderSchema, type PostHolder } from '../post-holder';
import { integer, record, text } from '../schema';

/** Offices, posts and who holds them were loaded as one whole; `sha256` is the hash of the canonical JSON loaded. */
export interface OrganisationLoaded {
  readonly actor: PostHolder;
  readonly sha256: string;
  readonly offices: number;
  readonly posts: number;
  readonly officials: number;
}

export const organisationLoadedSchema = record<OrganisationLoaded>({
  actor: postHolderSchema,
  sha256: text,
  offices: integer(),
  posts: integer(),
  officials: integer(),
});

/** Procedures and work calendars were loaded; versions already there are never changed. */
export interface CatalogueLoaded {
  readonly actor: PostHolder;
  readonly sha256: string;
  readonly procedures: number;
  readonly calendars: number;
}

export const catalogueLoadedSchema = record<CatalogueLoaded>({
  actor: postHolderSchema,
  sha256: text,
  procedures: integer(),
  calendars: integer(),
});
