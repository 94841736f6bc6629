import type { Instant } from '#calendar';
import { stopReasons, type Deadlines, type DueInstants, type Rung } from '#contracts';
import type { Act } from './act';
import { deadlinesAfter, dueInstants, stillAwaited, type ClockFacts, type Timekeeping } from './deadlines';
import { clockRuns, waitingToRing, type Dossier, type FactOf } from './dossier';
import { FieldInvalid } from './errors';
import { ladderOf, type ProcedureVersion, type Wait } from './procedure';

/**
 * What a dossier becomes under the right procedure: counted from the first receipt and all its stops, as if it had been chosen
 * then. Which supplements and re-appointments there were stays, and a re-appointment holds: it was promised by letter. How the
 * dossier came in is not asked again, for it has come in.
 *
 * @throws FieldInvalid for the procedure it has, whatever the version, and for one whose instants are given
 */
export function rebinding(
  dossier: Dossier,
  { procedure, reasonCode }: { readonly procedure: ProcedureVersion; readonly reasonCode: string },
  { actor, proposedBy = null, occurredAt, ...timekeeping }: Act,
): FactOf<'dossier-rebound'>['data'] {
  if (procedure.code === dossier.procedureCode) {
    throw new FieldInvalid('procedureCode', 'is what the dossier is handled under already');
  }
  if (procedure.serviceLevel.kind === 'given') {
    throw new FieldInvalid('procedureCode', 'must be of a procedure that computes its instants');
  }
  const right = { ...timekeeping, procedure };
  const firstDue = dueInstants(asReceived(dossier), right);
  const facts: ClockFacts = { ...dossier, firstDue, step: null };
  const due = dueInstants(facts, right);
  return {
    actor,
    proposedBy,
    reasonCode,
    previousProcedureCode: dossier.procedureCode,
    previousProcedureVersion: dossier.procedureVersion,
    previousDue: dossier.due,
    procedureCode: procedure.code,
    procedureVersion: procedure.version,
    firstDue,
    due,
    deadlines: clockRuns(dossier)
      ? deadlinesAfter(
          facts,
          due,
          dossier.schedule.generation + 1,
          occurredAt,
          right,
          rungsNeverRung(dossier, procedure),
        )
      : whileStanding(dossier, due, occurredAt, right),
  };
}

/**
 * What can ring while the clock stands still: of a limit that the applicant or the other body was told, which does not move, what
 * the right procedure prescribes too. Null where nothing limits the wait.
 */
function whileStanding(dossier: Dossier, due: DueInstants, at: Instant, right: Timekeeping): Deadlines | null {
  if (dossier.answerDueAt === null) return null;
  const reason = stopReasons.find((one) =>
    dossier.suspensions.some((stop) => stop.reason === one && stop.until === null),
  );
  const wait = reason ? right.procedure.serviceLevel.waits[reason] : null;
  const rungs = dossier.schedule.rungs.filter((rung) => isPrescribed(rung, wait));
  return stillAwaited({ ...dossier, schedule: { ...dossier.schedule, rungs } }, due, at, right);
}

function isPrescribed(rung: Rung, wait: Wait | null): boolean {
  if (wait === null || !('act' in rung)) return false;
  switch (rung.act) {
    case 'remind':
      return wait.remind !== null;
    case 'stop':
      return wait.onSilence === 'stop';
    case 'presume-consent':
      return wait.onSilence === 'consent';
    case 'draft-apology':
      return false;
  }
}

/**
 * The office's rungs that could still ring, or could when the clock stopped. Where the procedure was put right meanwhile, its own:
 * what could ring then was the wrong one's.
 */
export function waitingRungs(dossier: Dossier, procedure: ProcedureVersion): readonly string[] {
  if (isReboundInStop(dossier)) return rungsNeverRung(dossier, procedure);
  return waitingToRing(dossier);
}

/** The facts of the clock at its start: stops taken over from a predecessor had ended, others had not begun. */
function asReceived(dossier: Dossier): ClockFacts {
  const receivedAt = dossier.responsibility[0]?.from ?? '';
  const suspensions = dossier.suspensions.filter(({ until }) => until !== null && until <= receivedAt);
  return { ...dossier, suspensions, extension: null, step: null };
}

/** What rang once told somebody of this lateness already, whatever promise it hung on. */
function rungsNeverRung(
  { acknowledged, passedRungs, escalations, officeId }: Dossier,
  { serviceLevel }: ProcedureVersion,
): readonly string[] {
  const rang = new Set([...passedRungs, ...escalations.map(({ rung }) => rung)]);
  return ladderOf(serviceLevel, officeId)
    .filter((rung) => !acknowledged || 'act' in rung)
    .map(({ name }) => name)
    .filter((name) => !rang.has(name));
}

function isReboundInStop({ reboundAt, suspensions }: Dossier): boolean {
  return reboundAt !== null && suspensions.some(({ from, until }) => until === null && from <= reboundAt);
}
