import { instant, integer, orNull, record, text } from './schema';

/**
 * An official in a post of an office: who acts, who holds a dossier, who is told. Ids only, never a name.
 *
 * A service that acts of its own (the clock, the watchdog) signs as `service:<name>` in all three fields.
 */
export interface PostHolder {
  readonly officialId: string;
  readonly postId: string;
  readonly officeId: string;
}

export const postHolderSchema = record<PostHolder>({
  officialId: text,
  postId: text,
  officeId: text,
});

/** Whom a rung told. The post may have been vacant at that instant: then `officialId` is null and the post is told. */
export interface Addressee {
  readonly officialId: string | null;
  readonly postId: string;
  readonly officeId: string;
}

export const addresseeSchema = record<Addressee>({
  officialId: orNull(text),
  postId: text,
  officeId: text,
});

/** An interval of responsibility that an event ended: who held the dossier from when to when, and the working time used. */
export interface Holding extends PostHolder {
  readonly from: string;
  readonly until: string;
  readonly workingMs: number;
}

export const holdingSchema = record<Holding>({
  officialId: text,
  postId: text,
  officeId: text,
  from: instant,
  until: instant,
  workingMs: integer(),
});
