import { CalendarNotValid, type WorkCalendar } from '#calendar';
import { dueByPresentCalendar, isMoved, type Timekeeping } from './deadlines';
import type { Dossier } from './dossier';

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
