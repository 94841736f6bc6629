import { silenceRungSchema, type SilenceRung } from '../deadlines';
import { postHolderSchema, type PostHolder } from '../post-holder';
import { instant, oneOf, orNull, record, text, uuid } from '../schema';
import { recorders, type Recorder } from './escalation';

/** What the law says where the asked body is silent until the date: nothing, or that it counts as having agreed. */
export const opinionSilences = ['nothing', 'consent'] as const;
export type OpinionSilence = (typeof opinionSilences)[number];

export const opinionOutcomes = ['consent', 'conditions', 'objection'] as const;
export type OpinionOutcome = (typeof opinionOutcomes)[number];

/** The lead asked another body for its opinion; several may be asked at once, and the lead's clock runs meanwhile. */
export interface OpinionRequested {
  readonly actor: PostHolder;
  readonly opinionId: string;
  /** Anybody of its office may answer. */
  readonly asked: PostHolder;
  /** By when, in the stack's (mapped) time. */
  readonly dueAt: string;
  readonly questionCode: string;
  /** What obliges the body to answer, and by which its silence has an effect; null where it is asked by courtesy. */
  readonly legalBasis: string | null;
  readonly onSilence: OpinionSilence;
  /** The rung at which silence is recorded as consent; null where it has no effect, and in the older version. */
  readonly silence: SilenceRung | null;
}

const requested = {
  actor: postHolderSchema,
  opinionId: uuid,
  asked: postHolderSchema,
  dueAt: instant,
  questionCode: text,
  legalBasis: orNull(text),
  onSilence: oneOf(opinionSilences),
};
export const opinionRequestedSchema = record<OpinionRequested>({ ...requested, silence: orNull(silenceRungSchema) });
export const olderOpinionRequested = [
  {
    version: 1,
    schema: record<Omit<OpinionRequested, 'silence'>>(requested),
    lift: (data: object) => ({ ...data, silence: null }),
  },
];

/** The asked body answered, in time or late. */
export interface OpinionGiven {
  readonly actor: PostHolder;
  readonly opinionId: string;
  readonly outcome: OpinionOutcome;
  /** Null only for a consent. */
  readonly reasonCode: string | null;
}

export const opinionGivenSchema = record<OpinionGiven>({
  actor: postHolderSchema,
  opinionId: uuid,
  outcome: oneOf(opinionOutcomes),
  reasonCode: orNull(text),
});

/** The date passed in silence, and by law that is consent. The event's time is that date. */
export interface OpinionPresumed {
  readonly actor: PostHolder;
  readonly opinionId: string;
  readonly asked: PostHolder;
  readonly legalBasis: string | null;
  readonly recordedBy: Recorder;
}

export const opinionPresumedSchema = record<OpinionPresumed>({
  actor: postHolderSchema,
  opinionId: uuid,
  asked: postHolderSchema,
  legalBasis: orNull(text),
  recordedBy: oneOf(recorders),
});
