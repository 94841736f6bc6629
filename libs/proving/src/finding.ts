/** What can be wrong with the record of a dossier. */
export const findingKinds = [
  'entry-altered',
  'entry-missing',
  'chain-broken',
  'escalations-differ',
  'responsibility-differs',
  'heard-otherwise',
  'workflow-missing',
  'workflow-behind',
  'history-not-replayable',
] as const;

/** One thing that does not agree. */
export interface Finding {
  readonly kind: (typeof findingKinds)[number];
  /** The entry that it is about; null where it is about none in particular. */
  readonly sequence: number | null;
  /** The same as a sentence in English, with ids as they stand in the record. */
  readonly says: string;
}
