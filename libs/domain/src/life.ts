import { workingMsBetween, type Instant, type WorkCalendar } from '#calendar';
import type { PostHolder } from '#contracts';
import { holderOf, type Dossier, type Fact, type Status } from './dossier';
import { after, begun } from './fold';

/**
 * Whose time passes. `acceptance`: an online submission waits for its answer. `office`: the measured time. `applicant`: a
 * supplement, a payment or the decision on a withdrawal is awaited. `other-body`: suspended. `ready`: processed, waiting to be
 * handed out.
 */
export type RunningClock = 'acceptance' | 'office' | 'applicant' | 'other-body' | 'ready';

/** A stretch of a dossier's life in which neither its holder, its step nor its state changed. */
export interface LifeInterval {
  readonly from: Instant;
  readonly until: Instant;
  readonly holder: PostHolder;
  /** Null before the first step begins. */
  readonly step: string | null;
  readonly clock: RunningClock;
  /** Between `from` and `until` by the calendar, whoever's clock ran. */
  readonly workingMs: number;
}

/** Where the life of a dossier ends: with it, or while it is open, now; never before what it already holds. */
export function livedUntil({ endedAt, lastActAt }: Dossier, now: Instant): Instant {
  return endedAt ?? (now > lastActAt ? now : lastActAt);
}

/**
 * The whole life of a dossier from its first entry to its end, or to an instant while it is open: intervals without gap and
 * without overlap, oldest first, cut at each hand-over, reassignment, step, suspension and resumption. What happened after
 * the instant is left out, so a later act adds intervals and changes none before it. Acts at one instant leave intervals of no
 * length: who held it is told although they had no time.
 *
 * @throws CalendarNotValid
 */
export function lifeUntil(facts: readonly Fact[], calendar: WorkCalendar, until: Instant): readonly LifeInterval[] {
  const turns = turnsOf(facts.filter(({ time }) => time <= until));
  return turns.flatMap(({ at, dossier }, index) => intervalsOf(dossier, at, turns[index + 1]?.at ?? until, calendar));
}

/** A moment from which on something is another than before. */
interface Turn {
  readonly at: Instant;
  readonly dossier: Dossier;
}

function turnsOf([first, ...rest]: readonly Fact[]): readonly Turn[] {
  if (!first) return [];
  let dossier = begun(first);
  const turns = [{ at: first.time, dossier }];
  for (const fact of rest) {
    const before = dossier;
    dossier = after(before, fact);
    if (isTurn(before, dossier)) turns.push({ at: fact.time, dossier });
  }
  return turns;
}

/** Each suspension and resumption is a state of its own; each hand-over is a record more; a step may end without one. */
function isTurn(before: Dossier, then: Dossier): boolean {
  return (
    before.status !== then.status ||
    before.responsibility.length !== then.responsibility.length ||
    before.step?.code !== then.step?.code
  );
}

/** One interval; none once the dossier has ended. */
function intervalsOf(dossier: Dossier, from: Instant, until: Instant, calendar: WorkCalendar): readonly LifeInterval[] {
  const clock = clocks[dossier.status];
  if (clock === null) return [];
  const { officialId, postId, officeId } = holderOf(dossier);
  const holder = { officialId, postId, officeId };
  const workingMs = workingMsBetween(calendar, from, until);
  return [{ from, until, holder, step: dossier.step?.code ?? null, clock, workingMs }];
}

const clocks: Readonly<Record<Status, RunningClock | null>> = {
  submitted: 'acceptance',
  received: 'office',
  'in-process': 'office',
  'awaiting-supplement': 'applicant',
  'awaiting-payment': 'applicant',
  'withdrawal-requested': 'applicant',
  suspended: 'other-body',
  processed: 'ready',
  returned: null,
  refused: null,
  withdrawn: null,
  stopped: null,
};
