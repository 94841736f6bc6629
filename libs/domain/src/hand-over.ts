import { workingMsBetween } from '#calendar';
import type { Deadlines, Holding } from '#contracts';
import type { Act } from './act';
import type { CommandOf } from './commands';
import { deadlinesAfter, dueInstants, type ClockFacts } from './deadlines';
import { clockRuns, holderOf, isNewStep, type Dossier, type FactOf, type PendingHandover } from './dossier';
import { FieldInvalid, GiverGone, NoHandOverPending } from './errors';
import { canTakeWork } from './offices-in-time';
import type { Organisation } from './organisation';

/**
 * A hand-over to another official, or into a step: the receiver answers for the dossier from this instant, accepted or not.
 *
 * @throws FieldInvalid for a step that the procedure does not have, or a receiver who holds it already
 */
export function handOver(
  dossier: Dossier,
  { to, step }: CommandOf<'hand-over'>,
  act: Act,
): Omit<FactOf<'dossier-handed-over'>['data'], 'actor'> {
  if (step !== null && !act.procedure.serviceLevel.steps.some(({ code }) => code === step)) {
    throw new FieldInvalid('step', `is not a step of procedure ${act.procedure.code}`);
  }
  const holder = holderOf(dossier);
  if (to.officialId === holder.officialId && to.postId === holder.postId && !isNewStep(dossier, step)) {
    throw new FieldInvalid('to', 'holds the dossier already');
  }
  const begun: ClockFacts = isNewStep(dossier, step)
    ? { ...dossier, step: { code: step, startedAt: act.occurredAt } }
    : dossier;
  return {
    released: releasedHolding(dossier, act),
    to,
    step,
    awaitsAcceptance: to.officialId !== holder.officialId,
    deadlines: clockRuns(dossier) ? changedDeadlines(dossier, begun, act) : null,
  };
}

/** The receiver takes the dossier. @throws NoHandOverPending */
export function acceptedHandOver(dossier: Dossier, { actor }: Act): FactOf<'hand-over-accepted'>['data'] {
  requirePending(dossier);
  return { actor };
}

/**
 * The receiver sends the dossier back to the giver; the step before is current again. A rung of that step whose instant came
 * while the dossier was with the receiver falls due now: the limit ran on.
 *
 * @throws NoHandOverPending
 */
export function sentBack(
  dossier: Dossier,
  { reasonCode }: CommandOf<'send-back'>,
  act: Act,
): FactOf<'hand-over-sent-back'>['data'] {
  const { giver, since, stepBefore } = requirePending(dossier);
  const before: ClockFacts = { ...dossier, step: stepBefore };
  return {
    actor: act.actor,
    reasonCode,
    released: releasedHolding(dossier, act),
    to: giver,
    deadlines: clockRuns(dossier) ? changedDeadlines(dossier, before, act, since) : null,
  };
}

/**
 * Refuses to send a dossier back to somebody who has left the post they gave it from, or whose office has ended; then the head
 * reassigns it.
 *
 * @throws NoHandOverPending, GiverGone
 */
export function requireGiverInPost(dossier: Dossier, organisation: Organisation, at: string): void {
  const { giver } = requirePending(dossier);
  if (!canTakeWork(organisation, giver, at)) throw new GiverGone(giver.officialId, giver.postId);
}

function requirePending({ dossierId, pendingHandover }: Dossier): PendingHandover {
  if (!pendingHandover) throw new NoHandOverPending(dossierId);
  return pendingHandover;
}

/** The next generation where a step's instant changes, else null. What came of a step's rungs since `waitedSince` falls due. */
function changedDeadlines(
  dossier: Dossier,
  facts: ClockFacts,
  act: Act,
  waitedSince: string = act.occurredAt,
): Deadlines | null {
  const due = dueInstants(facts, act);
  if (due.stepDueAt === dossier.due.stepDueAt) return null;
  const generation = dossier.schedule.generation + 1;
  const since = deadlinesAfter(facts, due, generation, waitedSince, act).schedule.rungs;
  const waiting = since.filter((rung) => rung.of === 'stepDueAt').map(({ name }) => name);
  return deadlinesAfter(facts, due, generation, act.occurredAt, act, waiting);
}

/** What the present holder answered for until an act that takes the dossier from them. */
export function releasedHolding(
  dossier: Dossier,
  { presentCalendar, occurredAt }: Pick<Act, 'presentCalendar' | 'occurredAt'>,
): Holding {
  const { officialId, postId, officeId, from } = holderOf(dossier);
  const workingMs = workingMsBetween(presentCalendar, from, occurredAt);
  return { officialId, postId, officeId, from, until: occurredAt, workingMs };
}
