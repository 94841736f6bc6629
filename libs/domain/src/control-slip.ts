import type { Instant } from '#calendar';
import type { PostHolder } from '#contracts';
import { dueInstants, type Timekeeping } from './deadlines';
import { clockRuns, holderOf, type Dossier, type Fact } from './dossier';
import { after, begun } from './fold';
import { isReceiversAct } from './holding';
import { punctuality, type Punctuality } from './outcome';

/** One row of the control slip (form 06 of Circular 03/2025; form 05 of Circular 01/2018): one hand-over. */
export interface ControlSlipRow {
  readonly giver: PostHolder;
  readonly receiver: PostHolder;
  /** The step that began with the hand-over; null where none did. */
  readonly step: string | null;
  readonly givenAt: Instant;
  /** When the receiver took it, by saying so or by going on with it; null while open, when sent back, or when it went elsewhere. */
  readonly acceptedAt: Instant | null;
  readonly sentBackAt: Instant | null;
  /** How the giving unit kept the limit of the step it gives from; null where that step has none, or none had begun. */
  readonly outcome: Punctuality | null;
}

/** The rows of a dossier's control slip, oldest first. Instants are mapped time; nothing of a row is lost when it is sent back. */
export function controlSlipOf(facts: readonly Fact[], timekeeping: Timekeeping): readonly ControlSlipRow[] {
  const [first, ...rest] = facts;
  if (!first) return [];
  const rows: ControlSlipRow[] = [];
  let dossier = begun(first);
  for (const fact of rest) {
    const answer = answerTo(dossier, fact);
    const open = rows.at(-1);
    if (answer && open) rows.splice(-1, 1, { ...open, ...answer });
    if (fact.type === 'dossier-handed-over') rows.push(rowOf(dossier, fact, timekeeping));
    dossier = after(dossier, fact);
  }
  return rows;
}

function answerTo(dossier: Dossier, fact: Fact): Partial<ControlSlipRow> | null {
  if (!dossier.pendingHandover) return null;
  if (fact.type === 'hand-over-sent-back') return { sentBackAt: fact.time };
  return isReceiversAct(dossier, fact) ? { acceptedAt: fact.time } : null;
}

function rowOf(
  dossier: Dossier,
  { time, data }: Extract<Fact, { type: 'dossier-handed-over' }>,
  timekeeping: Timekeeping,
): ControlSlipRow {
  const { officialId, postId, officeId } = holderOf(dossier);
  const dueAt = stepDueAt(dossier, time, timekeeping);
  return {
    giver: { officialId, postId, officeId },
    receiver: data.to,
    step: data.step,
    givenAt: time,
    acceptedAt: null,
    sentBackAt: null,
    outcome: dueAt === null ? null : punctuality(timekeeping.calendar, dueAt, dossier.processedAt ?? time),
  };
}

/** While the clock stands still the step's instant moves on: as if the stop ended with the hand-over. */
function stepDueAt(dossier: Dossier, at: Instant, timekeeping: Timekeeping): Instant | null {
  if (clockRuns(dossier)) return dossier.due.stepDueAt;
  const suspensions = dossier.suspensions.map((stop) => ({ ...stop, until: stop.until ?? at }));
  return dueInstants({ ...dossier, suspensions }, timekeeping).stepDueAt;
}
