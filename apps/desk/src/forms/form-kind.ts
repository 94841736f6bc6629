import { entryFormKinds, FieldInvalid, type EntryFormKind } from '#domain';

/** @throws FieldInvalid when no entry makes such a form */
export function kindNamed(kind: string): EntryFormKind {
  const known = entryFormKinds.find((one) => one === kind);
  if (!known) throw new FieldInvalid('kind', `must be one of ${entryFormKinds.join(', ')}`);
  return known;
}
