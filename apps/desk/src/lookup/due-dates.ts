import { sentencesOf, takenOver, type Explanation } from '#calendar';
import type { Language } from '#contracts';
import { promiseFor, type Dossier, type Timekeeping } from '#domain';

/** What the receipt promises, and why it is that date. */
export interface Receipt {
  readonly code: string | null;
  /** The promised instant; null where nothing limits. */
  readonly appointmentAt: string | null;
  readonly legalDueAt: string | null;
  readonly explanation: Explanation | null;
  /** The explanation in sentences a citizen understands. */
  readonly why: readonly string[];
  /** True where the procedure was made up or unchecked: nobody may rely on the date. */
  readonly sample: boolean;
}

/** The receipt of a dossier that has just begun: the promise, explained day by day. */
export function receiptOf(dossier: Dossier, timekeeping: Timekeeping, language: Language): Receipt {
  const explanation = explanationOf(dossier, timekeeping);
  return {
    code: dossier.code,
    appointmentAt: dossier.firstDue.appointmentAt,
    legalDueAt: dossier.firstDue.legalDueAt,
    explanation,
    why: explanation ? sentencesOf(explanation, language) : [],
    sample: timekeeping.procedure.description?.sample ?? false,
  };
}

/** Why the first appointment is what it is: counted from the clock's start, or taken over. Null without a limit. */
function explanationOf({ firstDue, clockStartedAt, channel }: Dossier, timekeeping: Timekeeping): Explanation | null {
  if (clockStartedAt === null || firstDue.appointmentAt === null) return null;
  const { procedure, calendar } = timekeeping;
  if (procedure.serviceLevel.kind === 'given') return takenOver(firstDue.appointmentAt, calendar.timeZone);
  return promiseFor(clockStartedAt, channel, timekeeping).appointment;
}
