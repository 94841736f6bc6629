import { CalendarNotValid, type WorkCalendar } from '#calendar';
import type { Act } from './act';
import type { CommandOf } from './commands';
import { deadlinesAfter, dueByPresentCalendar, isMoved, stillAwaited, type Timekeeping } from './deadlines';
import type { Dossier, FactOf } from './dossier';
import { NothingToRecompute } from './errors';
import { waitingRungs } from './rebinding';

/**
 * The calendar that an act on a dossier is counted by: its own; but where somebody decided that a newer one applies, and that
 * one leaves the dossier due at the same instants, the newer. So a later pause counts the days of the decree, although there
 * was nothing to move. A dossier that the decision has yet to move keeps its own until it is moved, by an entry of its own.
 */
export function calendarInForce(dossier: Dossier, timekeeping: Timekeeping, decided: WorkCalendar): WorkCalendar {
  try {
    const due = dueByPresentCalendar(dossier, { ...timekeeping, presentCalendar: decided });
    return isMoved(dossier.due, due) ? timekeeping.calendar : decided;
  } catch (error) {
    if (error instanceof CalendarNotValid) return timekeeping.calendar; // The decision left it as it was, for the same reason.
    throw error;
  }
}

/**
 * A dossier is due by the newest calendar. An instant that moves into the past falls due with the event: what was promised may
 * not drop out unnoticed.
 *
 * @throws NothingToRecompute
 */
export function recomputed(
  dossier: Dossier,
  { operationId, legalBasis }: CommandOf<'recompute'>,
  act: Act,
): FactOf<'dossier-recomputed'>['data'] {
  const due = dueByPresentCalendar(dossier, act);
  if (!isMoved(dossier.due, due)) throw new NothingToRecompute(dossier.dossierId);
  const present = { ...act, calendar: act.presentCalendar };
  const generation = dossier.schedule.generation + 1;
  const deadlines =
    dossier.answerDueAt === null
      ? deadlinesAfter(dossier, due, generation, act.occurredAt, present, waitingRungs(dossier, act.procedure))
      : stillAwaited(dossier, due, act.occurredAt, present);
  return {
    actor: act.actor,
    operationId,
    legalBasis,
    previousCalendar: dossier.calendar,
    previousDue: dossier.due,
    deadlines,
  };
}
