import type { Addressee } from '#contracts';
import { FieldInvalid, RoutedToConcerned } from './errors';
import type { ProcedureVersion } from './procedure';

/**
 * Whom a complaint or a petition is about: one official, or one office. It stands in no event: it is kept in `desk` alone, and
 * those concerned do not even see the dossier.
 */
export type Concerned =
  { readonly officialId: string; readonly officeId: null } | { readonly officialId: null; readonly officeId: string };

/** Who and what there is to complain of. */
interface Known {
  readonly officials: readonly { readonly id: string }[];
  readonly offices: readonly { readonly id: string }[];
}

/** Somebody in a post, or a vacant post. */
type InPost = Pick<Addressee, 'officialId' | 'officeId'>;

/** What an office has become by now; without one, an office is what it is. */
export type Becomes = (officeId: string) => string;

/** True for the official it is about in any post, and for every post of the office it is about, or of what that has become. */
export function isConcerned(
  concerned: Concerned | null,
  { officialId, officeId }: InPost,
  becomes: Becomes = (office) => office,
): boolean {
  if (concerned === null) return false;
  if (concerned.officialId !== null) return concerned.officialId === officialId;
  return becomes(concerned.officeId) === becomes(officeId);
}

/** A complaint is never handled by whom it is about (Complaints Law 02/2011). @throws RoutedToConcerned */
export function requireNotConcerned(concerned: Concerned | null, holder: InPost, becomes?: Becomes): void {
  if (isConcerned(concerned, holder, becomes)) throw new RoutedToConcerned();
}

/**
 * Whom an intake says it is about. A complaint must say it, a petition may, a service must not.
 *
 * @throws FieldInvalid naming `about` and the rule
 */
export function concernedBy(
  about: { readonly officialId?: string | undefined; readonly officeId?: string | undefined } | null,
  { code, description }: ProcedureVersion,
  { officials, offices }: Known,
): Concerned | null {
  const kind = description?.kind ?? 'service';
  if (about === null) {
    if (kind === 'complaint') throw new FieldInvalid('about', `must be sent: ${code} is a complaint`);
    return null;
  }
  if (kind === 'service') throw new FieldInvalid('about', `must not be sent: ${code} is no petition and no complaint`);
  const { officialId = null, officeId = null } = about;
  if (officialId !== null && officeId === null) {
    if (!officials.some(({ id }) => id === officialId)) {
      throw new FieldInvalid('about.officialId', 'is not an official of this organisation');
    }
    return { officialId, officeId };
  }
  if (officeId === null || officialId !== null) throw new FieldInvalid('about', 'must name one official or one office');
  if (!offices.some(({ id }) => id === officeId)) {
    throw new FieldInvalid('about.officeId', 'is not an office of this organisation');
  }
  return { officialId, officeId };
}
