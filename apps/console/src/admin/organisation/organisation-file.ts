import { download } from '../../parts/download';
import { parts, type Organisation } from './edits';

/** Gives the whole document away as a file, as it is edited. */
export function downloadOrganisation(organisation: Organisation): void {
  download(`${JSON.stringify(organisation, null, 2)}\n`, 'organisation.json', 'application/json');
}

/** The organisation in a file; null where the file holds none. What else is wrong with it the preview says. */
export async function organisationIn(file: File): Promise<Organisation | null> {
  const said: unknown = await file
    .text()
    .then(JSON.parse)
    .catch(() => null);
  if (typeof said !== 'object' || said === null) return null;
  const whole = wholeOrganisation(said);
  return parts.every((part) => Array.isArray(whole[part])) ? whole : null;
}

/** A document may leave out lists that are empty. */
export function wholeOrganisation(document: object): Organisation {
  return { deputies: [], absences: [], mandates: [], fourEyes: [], ...document } as unknown as Organisation;
}
