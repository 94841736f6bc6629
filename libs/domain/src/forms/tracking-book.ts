import type { Instant } from '#calendar';
import { inEveryLanguage, type Localized } from '#contracts';
import type { Timekeeping } from '../deadlines';
import type { Dossier } from '../dossier';
import { officeAt } from '../offices-in-time';
import type { Organisation } from '../organisation';
import { punctuality, type Punctuality } from '../outcome';
import { formNumber, regulationAt, type Regulation } from './kinds';
import { channelWords, statusWords } from './words';

/** Who handed a dossier in, as the book names them. */
export interface TrackingBookApplicant {
  readonly name: string;
  readonly address: string | null;
  readonly phone: string | null;
}

/**
 * One dossier in the tracking book (form 07 of Circular 03/2025, form 06 of Circular 01/2018), as it stands now. Instants are
 * mapped time; null is what has not happened, or what nobody knows any more.
 */
export interface TrackingBookRow {
  readonly dossierId: string;
  readonly code: string;
  readonly procedure: Localized;
  readonly applicant: TrackingBookApplicant | null;
  /** The office that decides, where another than the one that received it does. */
  readonly decidingOffice: string | null;
  readonly channel: Localized;
  readonly receivedAt: Instant;
  /** The appointment on the receipt, and the one that holds now. */
  readonly firstDueAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly processedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly status: Localized;
  /** Against the appointment on the receipt: an extension makes nothing punctual. Null until there is a result. */
  readonly outcome: Punctuality | null;
}

/** An accepted dossier's row; null of one that has no number yet, which is in no book. */
export function trackingBookRow(
  dossier: Dossier,
  { procedure, presentCalendar }: Timekeeping,
  organisation: Organisation,
  applicant: TrackingBookApplicant | null,
): TrackingBookRow | null {
  const { code, clockStartedAt, decidingOfficeId, officeId, processedAt, endedAt, due } = dossier;
  if (code === null || clockStartedAt === null) return null;
  const firstDueAt = dossier.firstDue.appointmentAt;
  const deciding = decidingOfficeId === officeId ? null : officeAt(organisation, decidingOfficeId, clockStartedAt);
  return {
    dossierId: dossier.dossierId,
    code,
    procedure: procedure.description?.names ?? inEveryLanguage(procedure.name),
    applicant,
    decidingOffice: deciding?.name ?? null,
    channel: channelWords[dossier.channel],
    receivedAt: clockStartedAt,
    firstDueAt,
    dueAt: due.appointmentAt,
    processedAt,
    endedAt,
    status: statusWords[dossier.status],
    outcome: firstDueAt === null || processedAt === null ? null : punctuality(presentCalendar, firstDueAt, processedAt),
  };
}

/** The circular whose book was kept at an instant, and the book's number in it. */
export function trackingBookAt(at: Instant): { readonly regulation: Regulation; readonly number: string | null } {
  const regulation = regulationAt(at);
  return { regulation, number: formNumber('tracking-book', regulation) };
}
