import { workingMsBetween, type Instant } from '#calendar';
import type { Deadlines, RuleAct } from '#contracts';
import type { Act } from './act';
import { deadlinesAfter, dueInstants, newDeadlines, stillAwaited, type Timekeeping } from './deadlines';
import { waitingToRing, type Dossier, type FactOf, type SuspensionReason } from './dossier';
import { waitingRungs } from './rebinding';

/** The dossier with the office's clock stopped for a reason; what could still ring waits. */
export function withSuspension(dossier: Dossier, from: Instant, reason: SuspensionReason): Dossier {
  return {
    ...dossier,
    suspensions: [...dossier.suspensions, { reason, from, until: null }],
    stoppedRungs: waitingToRing(dossier),
  };
}

/** The same while an answer is awaited, by when and with what rungs. */
export function suspended(
  dossier: Dossier,
  { time, data }: FactOf<'dossier-supplement-requested' | 'dossier-payment-requested' | 'dossier-suspended'>,
  reason: SuspensionReason,
): Dossier {
  return {
    ...withSuspension(dossier, time, reason),
    answerDueAt: data.answerDueAt,
    ...(data.deadlines && newDeadlines(data.deadlines)),
  };
}

/** The dossier once the answer has come: the clock runs again, by new deadlines. */
export function resumed(dossier: Dossier, at: Instant, reason: SuspensionReason, deadlines: Deadlines): Dossier {
  return {
    ...withoutSuspension(dossier, at, reason),
    ...newDeadlines(deadlines),
    stoppedRungs: [],
    answerDueAt: null,
  };
}

/** The dossier with its open suspension for this reason closed at that instant. */
function withoutSuspension(dossier: Dossier, at: Instant, reason: SuspensionReason): Dossier {
  return {
    ...dossier,
    suspensions: dossier.suspensions.map((suspension) =>
      suspension.reason === reason && suspension.until === null ? { ...suspension, until: at } : suspension,
    ),
  };
}

/** The dossier as it was before the applicant asked: its clock runs, or what it waited for is awaited still. */
export function withdrawalDeclined(dossier: Dossier, { time, data }: FactOf<'dossier-withdrawal-declined'>): Dossier {
  return {
    ...withoutSuspension(dossier, time, 'withdrawal'),
    ...(data.deadlines && newDeadlines(data.deadlines)),
    ...(runsAgain(dossier) && { stoppedRungs: [] }),
    answerDueAt: silenceIn(data.deadlines) ?? dossier.answerDueAt,
    status: dossier.statusBefore ?? 'in-process',
    statusBefore: null,
  };
}

/** Where the limit of an awaited answer ends, as its schedule says it. */
function silenceIn(deadlines: Deadlines | null): Instant | null {
  const silence = deadlines?.schedule.rungs.find((rung) => 'act' in rung && endsWait.includes(rung.act));
  return silence?.dueAt ?? null;
}

const endsWait: readonly RuleAct[] = ['stop', 'presume-consent'];

/** True when a withdrawal that is declined sets the office's clock going, and the dossier waits for nothing else. */
function runsAgain({ statusBefore }: Pick<Dossier, 'statusBefore'>): boolean {
  return statusBefore === 'received' || statusBefore === 'in-process';
}

/** What is due when the office's clock runs again at an instant. */
export function resumedDeadlines(
  dossier: Dossier,
  reason: SuspensionReason,
  at: Instant,
  timekeeping: Timekeeping,
): Deadlines {
  const facts = withoutSuspension(dossier, at, reason);
  const generation = dossier.schedule.generation + 1;
  return deadlinesAfter(
    facts,
    dueInstants(facts, timekeeping),
    generation,
    at,
    timekeeping,
    waitingRungs(dossier, timekeeping.procedure),
  );
}

/** A withdrawal declined: the clock runs again, or what the dossier waited for before is still awaited. */
export function afterWithdrawal(dossier: Dossier, act: Act): Deadlines | null {
  if (runsAgain(dossier)) return resumedDeadlines(dossier, 'withdrawal', act.occurredAt, act);
  if (dossier.answerDueAt === null) return null;
  // Nobody could take the answer meanwhile: its limit stood still.
  const asked = dossier.suspensions.find(({ reason, until }) => reason === 'withdrawal' && until === null);
  const pausedMs = asked ? workingMsBetween(act.calendar, asked.from, act.occurredAt) : 0;
  return stillAwaited(dossier, dossier.due, act.occurredAt, act, pausedMs);
}
