/** The topics of the product. */
export const topics = {
  /** Every event of every dossier, by dossier id. */
  dossier: 'motcua.dossier',
  /** Every event of the streams `organisation`, `catalogue` and `notices`. */
  organisation: 'motcua.organisation',
  /** Copies of messages that a consumer could not apply; its table holds them too. */
  deadLetter: 'motcua.dead-letter',
} as const;

const DOSSIER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const WORD = /^[a-z][a-z-]{0,62}$/;

/**
 * Whether a topic may carry a stream of this name. Decided before any database is asked, because the key of a foreign
 * message can be anything, and a query with it would fail for ever.
 */
export function carriesStream(topic: string, stream: string): boolean {
  return DOSSIER_ID.test(stream) || (topic !== topics.dossier && WORD.test(stream));
}
