import type { DossierView } from '../api/views';

/** A stretch in which one person answered for the dossier; milliseconds of the epoch. */
export interface Bar {
  readonly officialId: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** One line of the picture: an office, with the stretches in which its people held the dossier. */
export interface Lane {
  readonly officeId: string;
  readonly bars: readonly Bar[];
}

export interface Lanes {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly lanes: readonly Lane[];
  /** When the office's clock stood still. */
  readonly pauses: readonly {
    readonly reason: DossierView['suspensions'][number]['reason'];
    readonly fromMs: number;
    readonly untilMs: number;
  }[];
  /** Moments that count: what is due, and each escalation that stands. */
  readonly marks: readonly { readonly of: 'appointment' | 'legal' | 'escalation'; readonly atMs: number }[];
}

type Facts = Pick<
  DossierView,
  'responsibility' | 'suspensions' | 'due' | 'escalations' | 'endedAt' | 'status' | 'processedAt'
>;

/** Part of the whole that is left free beyond the last moment, so that a mark at the end can be seen. */
const MARGIN = 0.03;

/** The life of a dossier as lanes, one for each office that held it, in the order in which they first did. */
export function lanesOf(dossier: Facts, nowMs: number): Lanes | null {
  const first = dossier.responsibility[0];
  if (!first) return null;
  const endMs = dossier.endedAt === null ? nowMs : ms(dossier.endedAt);
  const marks = marksOf(dossier);
  const fromMs = ms(first.from);
  const lastMs = Math.max(endMs, ...marks.map(({ atMs }) => atMs));
  return {
    fromMs,
    untilMs: lastMs + Math.max(1, (lastMs - fromMs) * MARGIN),
    lanes: [...new Set(dossier.responsibility.map(({ officeId }) => officeId))].map((officeId) => ({
      officeId,
      bars: dossier.responsibility
        .filter((one) => one.officeId === officeId)
        .map(({ officialId, from, until }) => ({
          officialId,
          fromMs: ms(from),
          untilMs: until === null ? endMs : ms(until),
        })),
    })),
    pauses: dossier.suspensions.map(({ reason, from, until }) => {
      return { reason, fromMs: ms(from), untilMs: until === null ? endMs : ms(until) };
    }),
    marks,
  };
}

function marksOf({ due, escalations }: Facts): Lanes['marks'] {
  const at = (of: 'appointment' | 'legal', instant: string | null) =>
    instant === null ? [] : [{ of, atMs: ms(instant) }];
  return [
    ...at('appointment', due.appointmentAt),
    ...at('legal', due.legalDueAt),
    ...escalations.map(({ dueAt }) => ({ of: 'escalation' as const, atMs: ms(dueAt) })),
  ].sort((one, other) => one.atMs - other.atMs);
}

function ms(instant: string): number {
  return Date.parse(instant);
}
