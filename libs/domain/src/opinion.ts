import type { Instant } from '#calendar';
import type { DossierEventData, OpinionOutcome, OpinionRequested, SilenceRung } from '#contracts';

/** An opinion that another body was asked for, while the lead's clock runs on. */
export interface Opinion extends Omit<OpinionRequested, 'actor' | 'silence'> {
  readonly askedAt: Instant;
  /** Null while it is open. */
  readonly answer: OpinionAnswer | null;
}

export interface OpinionAnswer {
  /** When it was given; of a presumed one when it was due. */
  readonly at: Instant;
  readonly outcome: OpinionOutcome;
  /** True where nobody answered, and the law takes that for consent. */
  readonly presumed: boolean;
}

/** An event of an opinion, whatever else its envelope says. */
export type OpinionEvent = {
  [Type in 'opinion-requested' | 'opinion-given' | 'opinion-presumed']: {
    readonly type: Type;
    readonly time: Instant;
    readonly data: DossierEventData[Type];
  };
}['opinion-requested' | 'opinion-given' | 'opinion-presumed'];

/** The opinions one event later, in the order in which they were asked for. */
export function opinionsAfter(opinions: readonly Opinion[], event: OpinionEvent): readonly Opinion[] {
  switch (event.type) {
    case 'opinion-requested': {
      const { opinionId, asked, dueAt, questionCode, legalBasis, onSilence } = event.data;
      const requested = { opinionId, asked, dueAt, questionCode, legalBasis, onSilence };
      return [...opinions, { ...requested, askedAt: event.time, answer: null }];
    }
    case 'opinion-given':
      return answered(opinions, event.data.opinionId, {
        at: event.time,
        outcome: event.data.outcome,
        presumed: false,
      });
    case 'opinion-presumed':
      return answered(opinions, event.data.opinionId, { at: event.time, outcome: 'consent', presumed: true });
  }
}

/** The silences one event later that can still become consent: an answer ends one, whoever gave it. */
export function silencesAfter(silences: readonly SilenceRung[], { type, data }: OpinionEvent): readonly SilenceRung[] {
  if (type === 'opinion-requested') return data.silence ? [...silences, data.silence] : silences;
  return silences.filter(({ opinionId }) => opinionId !== data.opinionId);
}

function answered(opinions: readonly Opinion[], opinionId: string, answer: OpinionAnswer): readonly Opinion[] {
  return opinions.map((opinion) => (opinion.opinionId === opinionId ? { ...opinion, answer } : opinion));
}
