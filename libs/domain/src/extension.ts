import { endOfWorkingDay } from '#calendar';
import type { Act } from './act';
import type { CommandOf, Exception } from './commands';
import { deadlinesAfter, dueInstants, type ClockFacts } from './deadlines';
import type { Dossier, FactOf } from './dossier';
import { FieldInvalid, LimitOfRepeatsReached } from './errors';

/** The re-appointment: a working day after the present one and after now. @throws FieldInvalid, LimitOfRepeatsReached */
export function extension(
  dossier: Dossier,
  command: CommandOf<'extend'>,
  act: Act,
): FactOf<'dossier-extended'>['data'] {
  const { reasonCode, until, signedBy } = command;
  const previousAppointmentAt = dossier.due.appointmentAt;
  if (previousAppointmentAt === null)
    throw new FieldInvalid('until', 'extends an appointment, and this dossier has none');
  const exception = withinLimit(command, dossier.extensions, act.procedure.serviceLevel.maxExtensions);
  const appointmentAt = endOfWorkingDay(act.calendar, until);
  if (appointmentAt === null) throw new FieldInvalid('until', 'must be a working day of the office');
  if (appointmentAt <= previousAppointmentAt || appointmentAt <= act.occurredAt) {
    throw new FieldInvalid('until', 'must lie after the present appointment and after now');
  }
  const facts: ClockFacts = { ...dossier, extension: { madeAt: act.occurredAt, appointmentAt } };
  const due = dueInstants(facts, act);
  const deadlines = deadlinesAfter(facts, due, dossier.schedule.generation + 1, act.occurredAt, act);
  const { actor, proposedBy = null } = act;
  return { actor, proposedBy, reasonCode, previousAppointmentAt, appointmentAt, signedBy, ...exception, deadlines };
}

/** Supplements and re-appointments are lawful so many times; one more needs a basis and a name. @throws LimitOfRepeatsReached */
export function withinLimit(command: { name: string } & Exception, already: number, allowed: number): Exception {
  const { legalBasis, approvedBy } = command;
  if (already >= allowed && (legalBasis === null || approvedBy === null)) {
    throw new LimitOfRepeatsReached(command.name, allowed);
  }
  return { legalBasis, approvedBy };
}
