import { civilCode, explainedDue, sentencesOf, takenOver, type Explanation, type Limit } from '#calendar';
import type { Dossier, Timekeeping } from '#domain';

/** What the receipt promises, and why it is that date. */
export interface Receipt {
  readonly code: string | null;
  /** The promised instant; null where nothing limits. */
  readonly appointmentAt: string | null;
  readonly legalDueAt: string | null;
  readonly explanation: Explanation | null;
  /** The explanation in sentences a citizen understands. */
  readonly why: readonly string[];
}

/** The receipt of a dossier that has just begun: the promise, explained day by day. */
export function receiptOf(dossier: Dossier, timekeeping: Timekeeping): Receipt {
  const explanation = explanationOf(dossier, timekeeping);
  return {
    code: dossier.code,
    appointmentAt: dossier.firstDue.appointmentAt,
    legalDueAt: dossier.firstDue.legalDueAt,
    explanation,
    why: explanation ? sentencesOf(explanation, 'en') : [],
  };
}

/** Why the first appointment is what it is: counted from the clock's start, or taken over. Null without a limit. */
function explanationOf(
  { firstDue, clockStartedAt }: Dossier,
  { procedure, calendar }: Timekeeping,
): Explanation | null {
  const { kind, appointmentLimit, legalLimit } = procedure.serviceLevel;
  const limit: Limit | null = appointmentLimit ?? legalLimit;
  if (clockStartedAt === null || firstDue.appointmentAt === null) return null;
  if (kind === 'given') return takenOver(firstDue.appointmentAt, calendar.timeZone);
  return limit && explainedDue(calendar, clockStartedAt, limit, civilCode);
}
