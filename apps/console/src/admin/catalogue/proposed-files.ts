import { LONGEST, type ChosenFile } from './seen';

/** One calendar or version of a procedure among what is proposed at once. */
export interface ProposedFile {
  readonly kind: 'calendar' | 'procedure';
  /** The calendar's id or the procedure's code. */
  readonly of: string;
  readonly version: string;
  readonly file: ChosenFile;
}

/** A proposed document as files, each of which can be looked at. */
export function proposedFiles(document: Readonly<Record<string, unknown>>): readonly ProposedFile[] {
  return [
    ...listIn(document, 'calendars').map((one) => proposedFile('calendar', one['id'], one)),
    ...listIn(document, 'procedures').map((one) => proposedFile('procedure', one['code'], one)),
  ];
}

function proposedFile(kind: ProposedFile['kind'], of: unknown, one: Readonly<Record<string, unknown>>): ProposedFile {
  // Each value on a line of its own, so that what is wrong is found by its line; unless that makes it too long to be looked at.
  const spread = JSON.stringify(one, null, 2);
  const text = spread.length > LONGEST ? JSON.stringify(one) : spread;
  return { kind, of: String(of), version: String(one['version']), file: { name: null, text } };
}

function listIn(
  document: Readonly<Record<string, unknown>>,
  name: string,
): readonly Readonly<Record<string, unknown>>[] {
  const said = document[name];
  return Array.isArray(said) ? (said as Readonly<Record<string, unknown>>[]) : [];
}
