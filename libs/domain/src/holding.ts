import type { Instant } from '#calendar';
import type { DossierEventType, PostHolder, Schedule } from '#contracts';
import {
  holderOf,
  isActOfPeople,
  waitingToRing,
  type Dossier,
  type Fact,
  type FactOf,
  type PendingHandover,
  type ResponsibilityRecord,
  type Status,
} from './dossier';

/** The dossier in other hands: a responsibility record closes, the next begins. */
export function heldBy(
  dossier: Dossier,
  event: FactOf<'dossier-handed-over' | 'dossier-reassigned' | 'hand-over-sent-back'>,
): Dossier {
  const { to, released: holding } = event.data;
  return { ...dossier, responsibility: passedOn(dossier, event.time, to, holding.workingMs) };
}

/** The dossier ended: nobody's record begins. */
export function released(
  dossier: Dossier,
  event: FactOf<'dossier-refused' | 'dossier-returned' | 'dossier-withdrawn' | 'dossier-stopped'>,
  status: Status,
): Dossier {
  return { ...dossier, status, responsibility: closedAt(dossier, event.time, event.data.released.workingMs) };
}

/** The records once somebody else answers for the dossier; null where no working time was counted. */
export function passedOn(
  dossier: Dossier,
  at: Instant,
  to: PostHolder,
  workingMs: number | null,
): readonly ResponsibilityRecord[] {
  return [...closedAt(dossier, at, workingMs), { ...to, from: at, until: null, workingMs: null }];
}

function closedAt(dossier: Dossier, at: Instant, workingMs: number | null): readonly ResponsibilityRecord[] {
  return [...dossier.responsibility.slice(0, -1), { ...holderOf(dossier), until: at, workingMs }];
}

/** True for the same official in the same post. */
export function samePost(one: PostHolder, other: PostHolder): boolean {
  return one.officialId === other.officialId && one.postId === other.postId && one.officeId === other.officeId;
}

/** Handed from one post to another of the same official, it waits for nobody; an older hand-over never asked for an answer. */
export function pendingSince(dossier: Dossier, { time, data }: FactOf<'dossier-handed-over'>): PendingHandover | null {
  if (!data.awaitsAcceptance) return null;
  const { officialId, postId, officeId } = data.released;
  const ofStep = stepRungsOf(dossier.schedule);
  const stepRungs = waitingToRing(dossier).filter((name) => ofStep.includes(name));
  return { giver: { officialId, postId, officeId }, since: time, stepBefore: dossier.step, stepRungs };
}

/** What waits to ring again once the clock runs: of steps' rungs, those that the step before had left. */
export function withStepRungsOf({ stoppedRungs, schedule, pendingHandover }: Dossier): readonly string[] {
  const ofStep = stepRungsOf(schedule);
  return [...stoppedRungs.filter((name) => !ofStep.includes(name)), ...(pendingHandover?.stepRungs ?? [])];
}

function stepRungsOf({ rungs }: Schedule): readonly string[] {
  return rungs.filter(({ of }) => of === 'stepDueAt').map(({ name }) => name);
}

/**
 * Whether an act answers a pending hand-over without a word: whoever works on a dossier has taken it. Acts of the receiver or
 * the receiver's office do; what the giver does meanwhile does not, and neither does taking note of an alert or of a calendar.
 */
export function isReceiversAct(before: Dossier, event: Fact): boolean {
  if (!before.pendingHandover || !isActOfPeople(event) || notHandling.has(event.type)) return false;
  const { officialId, officeId } = event.data.actor;
  const holder = holderOf(before);
  const isGiver = officialId === before.pendingHandover.giver.officialId;
  return officialId === holder.officialId || (!isGiver && officeId === holder.officeId);
}

const notHandling: ReadonlySet<DossierEventType> = new Set([
  'escalation-acknowledged',
  'dossier-recomputed',
  'dossier-corrected',
  'papers-checked', // How a receiver finds out whether to take it.
]);

/** What gives the dossier to somebody, or ends it, leaves nothing to accept either. */
export function settlesHandover(before: Dossier, event: Fact): boolean {
  if (event.type === 'dossier-handed-over') return false; // It brings a hand-over of its own, or none.
  if (event.type === 'hand-over-accepted') return true; // Whoever recorded it, also where that is somebody of no office of the receiver's.
  return 'released' in event.data || isReceiversAct(before, event);
}
