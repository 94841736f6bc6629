import type { Instant } from '#calendar';
import type { Timekeeping } from './deadlines';
import type { Fact } from './dossier';
import { dossierFrom } from './fold';
import { limitedVisits, type LimitedVisit } from './lateness';
import { lifeUntil } from './life';
import { opinionLatenesses, type OpinionLateness } from './opinions';

/** Working time used beyond the limit of a step, by the office that held it then. */
export interface StepLateness {
  readonly officeId: string;
  readonly step: string;
  /** The body that takes it by the procedure; null: the lead. */
  readonly body: string | null;
  readonly lateMs: number;
}

/** What one body was late with on its own account. It is no part of the dossier's lateness, and mends nothing of it. */
export interface BodyLateness {
  readonly officeId: string;
  readonly lateMs: number;
  readonly steps: readonly StepLateness[];
  readonly opinions: readonly OpinionLateness[];
}

/** Which body was late with what, while another answers to the applicant. */
export interface Bodies {
  /** The lead: it decides, and owes the applicant the apology also where another body was late. */
  readonly leadOfficeId: string;
  /** Every body that had a step with a limit or was asked for an opinion, late or not, in the order it first had. */
  readonly bodies: readonly BodyLateness[];
}

/**
 * Attributes the lateness of each step and of each opinion to its body: a step's to the office that held it when its limit was
 * used up, counted while the office's clock ran; an opinion's to the office that was asked. By the newest calendar.
 *
 * @throws CalendarNotValid
 */
export function bodiesOf(
  facts: readonly Fact[],
  { procedure, presentCalendar }: Pick<Timekeeping, 'procedure' | 'presentCalendar'>,
  until: Instant,
): Bodies {
  const dossier = dossierFrom(facts);
  const life = lifeUntil(facts, presentCalendar, until);
  const visits = limitedVisits(life, dossier, procedure.serviceLevel, presentCalendar);
  const bodyOf = new Map(procedure.serviceLevel.steps.map(({ code, body }) => [code, body]));
  const steps = visits.flatMap((visit) => stepLatenesses(visit, bodyOf.get(visit.step) ?? null));
  const opinions = opinionLatenesses(dossier, presentCalendar, until);
  const offices = [...steps.map(({ officeId }) => officeId), ...opinions.map(({ asked }) => asked.officeId)];
  const bodies = [...new Set(offices)].map((officeId): BodyLateness => {
    const own = {
      steps: steps.filter((step) => step.officeId === officeId),
      opinions: opinions.filter(({ asked }) => asked.officeId === officeId),
    };
    const lateMs = [...own.steps, ...own.opinions].reduce((sum, one) => sum + one.lateMs, 0);
    return { officeId, lateMs, ...own };
  });
  return { leadOfficeId: dossier.decidingOfficeId, bodies };
}

/** One for each office that held the step, with what it used of it after the limit was used up. */
function stepLatenesses({ step, planMs, used }: LimitedVisit, body: string | null): readonly StepLateness[] {
  const late = new Map<string, number>();
  let leftMs = planMs;
  for (const { holder, workingMs } of used) {
    const beyondMs = Math.max(0, workingMs - leftMs);
    leftMs = Math.max(0, leftMs - workingMs);
    late.set(holder.officeId, (late.get(holder.officeId) ?? 0) + beyondMs);
  }
  return [...late].map(([officeId, lateMs]) => ({ officeId, step, body, lateMs }));
}
