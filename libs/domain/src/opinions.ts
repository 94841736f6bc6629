import { dueAt, endOfWorkingDay, workingMsBetween, type Instant, type WorkCalendar } from '#calendar';
import type { OpinionGiven, OpinionRequested, PostHolder, SilenceRung } from '#contracts';
import type { Act } from './act';
import type { CommandOf } from './commands';
import { isResultAwaited, type Dossier } from './dossier';
import { DossierError, FieldInvalid } from './errors';
import type { Opinion } from './opinion';
import { opinionSilence } from './rung-names';

/** Thrown when nobody was asked for an opinion of this id. */
export class OpinionNotFound extends DossierError {
  readonly code = 'OPINION_NOT_FOUND';
  readonly kind = 'not-found';

  constructor(readonly opinionId: string) {
    super(`No opinion ${opinionId} was asked for on this dossier.`);
  }
}

/** Thrown when an opinion was given already, or its date passed in a silence that counts as consent. */
export class OpinionAnswered extends DossierError {
  readonly code = 'OPINION_ANSWERED';
  readonly kind = 'conflict';

  constructor(
    readonly opinionId: string,
    readonly answeredAt: Instant,
    readonly presumed: boolean,
  ) {
    super(
      presumed
        ? `Opinion ${opinionId} counts as consent since ${answeredAt}: nobody had answered by then.`
        : `Opinion ${opinionId} was given at ${answeredAt}.`,
    );
  }
}

/**
 * What is asked, and by when: a limit counted as the procedure counts, or the end of a working day. It must end within the legal
 * limit of the whole, while that still runs.
 *
 * @throws FieldInvalid
 */
export function opinionRequest(
  dossier: Dossier,
  { opinionId, asked, limit, until, questionCode, legalBasis, onSilence }: CommandOf<'request-opinion'>,
  { actor, occurredAt, procedure, calendar, wakeAt }: Act,
): OpinionRequested {
  if (dossier.opinions.some((opinion) => opinion.opinionId === opinionId)) {
    throw new FieldInvalid('opinionId', 'was asked for before');
  }
  if (asked.officeId === actor.officeId) throw new FieldInvalid('asked', 'must be of another office');
  if (onSilence === 'consent' && legalBasis === null) {
    throw new FieldInvalid('legalBasis', 'must be named: only law makes silence a consent');
  }
  if ((limit === null) === (until === null)) throw new FieldInvalid('limit', 'must be sent, or until, and not both');
  const due = limit
    ? dueAt(calendar, occurredAt, limit, procedure.serviceLevel.counting)
    : endOfWorkingDay(calendar, until ?? '');
  const field = limit ? 'limit' : 'until';
  if (due === null) throw new FieldInvalid(field, 'must be a working day of the office');
  if (due <= occurredAt) throw new FieldInvalid(field, 'must end after now');
  const { legalDueAt } = dossier.due;
  if (legalDueAt !== null && occurredAt < legalDueAt && due > legalDueAt) {
    throw new FieldInvalid(field, `must end within the legal limit of the whole, ${legalDueAt}`);
  }
  const name = opinionSilence(dossier.opinions.length + 1);
  const silence: SilenceRung = { name, opinionId, act: 'presume-opinion', dueAt: due, wakeAt: wakeAt(due) };
  const said = { actor, opinionId, asked, dueAt: due, questionCode, legalBasis, onSilence };
  return { ...said, silence: onSilence === 'consent' ? silence : null };
}

/**
 * What the asked body says. Late is late and counts all the same, unless the law took its silence for consent; what was given by
 * the date and is recorded only now takes the place of the presumption.
 *
 * @throws OpinionNotFound, OpinionAnswered, FieldInvalid
 */
export function opinionGiven(
  dossier: Dossier,
  { opinionId, outcome, reasonCode }: CommandOf<'give-opinion'>,
  { actor, occurredAt }: Act,
): OpinionGiven {
  const { answer, ...opinion } = opinionNamed(dossier, opinionId);
  if (answer && !answer.presumed) throw new OpinionAnswered(opinionId, answer.at, false);
  if (opinion.onSilence === 'consent' && occurredAt > opinion.dueAt) {
    throw new OpinionAnswered(opinionId, opinion.dueAt, true);
  }
  if (outcome !== 'consent' && reasonCode === null) {
    throw new FieldInvalid('reasonCode', 'must be sent for any answer but a consent');
  }
  return { actor, opinionId, outcome, reasonCode };
}

/** @throws OpinionNotFound */
export function opinionNamed({ opinions }: Pick<Dossier, 'opinions'>, opinionId: string): Opinion {
  const opinion = opinions.find((one) => one.opinionId === opinionId);
  if (!opinion) throw new OpinionNotFound(opinionId);
  return opinion;
}

/**
 * The silences that will be consent of opinions an older build asked for. Their entries name no rung, so nobody wakes for them:
 * they are recorded with the next thing that is. A rung's wake time is not used for that.
 */
export function silencesWithoutRung(dossier: Dossier): readonly SilenceRung[] {
  if (!isResultAwaited(dossier)) return [];
  const { opinions, silences } = dossier;
  const isRung = new Set(silences.map(({ opinionId }) => opinionId));
  return opinions.flatMap(({ opinionId, answer, onSilence, dueAt: due }, index) =>
    answer === null && onSilence === 'consent' && !isRung.has(opinionId)
      ? [{ name: opinionSilence(index + 1), opinionId, act: 'presume-opinion', dueAt: due, wakeAt: due }]
      : [],
  );
}

/** How late an opinion was given, or is at an instant while it is open: the asked body's lateness, never the lead's. */
export interface OpinionLateness {
  readonly opinionId: string;
  readonly asked: PostHolder;
  readonly dueAt: Instant;
  readonly answeredAt: Instant | null;
  readonly presumed: boolean;
  /** Working time from its date until it was given, or until the result was there, the dossier ended, or the instant. */
  readonly lateMs: number;
}

/** @throws CalendarNotValid */
export function opinionLatenesses(
  { opinions, processedAt, endedAt }: Dossier,
  calendar: WorkCalendar,
  until: Instant,
): readonly OpinionLateness[] {
  const waited = processedAt ?? endedAt ?? until;
  return opinions.map(({ opinionId, asked, dueAt: due, answer }) => {
    const [last = waited] = [waited, ...(answer ? [answer.at] : [])].sort();
    const lateMs = last > due ? workingMsBetween(calendar, due, last) : 0;
    return {
      opinionId,
      asked,
      dueAt: due,
      answeredAt: answer?.at ?? null,
      presumed: answer?.presumed ?? false,
      lateMs,
    };
  });
}
