import type { Instant } from '#calendar';
import {
  stopReasons,
  type ActingRung,
  type Addressee,
  type OpenRung,
  type PostHolder,
  type Recorder,
  type SilenceRung,
  type Tell,
  type TellingRung,
} from '#contracts';
import { refundsBeforeEnd } from './decide-fees';
import type { Timekeeping } from './deadlines';
import { holderOf, inOrder, openRungs, statusWhile, type Dossier, type Fact } from './dossier';
import { after } from './fold';
import { releasedHolding } from './hand-over';
import { opinionNamed, silencesWithoutRung } from './opinions';
import type { Wait } from './procedure';
import { resumedDeadlines } from './suspension';

/** Who is told by a rung: found in the organisation as it stood at the instant. */
export type FindAddressee = (tell: Tell, responsible: PostHolder, at: Instant) => Addressee;

/** Who records what fell due, and with what. */
export interface Recording {
  readonly actor: PostHolder;
  readonly recordedBy: Recorder;
  readonly findAddressee: FindAddressee;
  /** What a rule's act is computed with; null where the schedule holds none. */
  readonly timekeeping: Timekeeping | null;
}

/** The reason of a dossier that a rule stopped: whoever it waited for did not answer. */
export const SILENT = 'applicant-silent';

/** Whether anything happened of itself before an instant and is not on record yet. */
export function isAnythingDueBefore(dossier: Dossier, before: Instant): boolean {
  return nextBefore(dossier, before) !== null;
}

/**
 * All that happened of itself before an instant, as facts in order of their instants: every caller that records rungs records
 * these and no others. An event at the very instant of a rung comes before it, so the comparison is strict. What a rule does may open
 * other rungs (a clock that runs again) or end the dossier.
 */
export function dueBefore(dossier: Dossier, before: Instant, recording: Recording): readonly Fact[] {
  const facts: Fact[] = [];
  let then = dossier;
  for (let rung = nextBefore(then, before); rung; rung = nextBefore(then, before)) {
    const fallenDue = 'tell' in rung ? [telling(then, rung, recording)] : acting(then, rung, recording);
    facts.push(...fallenDue);
    then = fallenDue.reduce(after, then);
  }
  return facts;
}

function nextBefore(dossier: Dossier, before: Instant): OpenRung | null {
  if (dossier.endedAt !== null) return null;
  const [rung] = inOrder([...openRungs(dossier), ...silencesWithoutRung(dossier)]);
  return rung && rung.dueAt < before ? rung : null;
}

function telling(dossier: Dossier, rung: TellingRung, { findAddressee, ...recording }: Recording): Fact {
  const responsible = responsibleOf(dossier);
  const addressee = findAddressee(rung.tell, responsible, rung.dueAt);
  return {
    ...at(dossier, rung),
    type: 'dossier-escalated',
    data: { ...recorded(dossier, rung, recording), of: rung.of, responsible, addressee },
  };
}

function acting(dossier: Dossier, rung: ActingRung | SilenceRung, recording: Recording): readonly Fact[] {
  const base = at(dossier, rung);
  const data = recorded(dossier, rung, recording);
  switch (rung.act) {
    case 'remind':
      return [{ ...base, type: 'applicant-reminded', data: { ...data, answerDueAt: awaitedUntil(dossier) } }];
    case 'draft-apology': {
      const responsible = responsibleOf(dossier);
      const addressee = recording.findAddressee('head-of-office', responsible, rung.dueAt);
      const appointmentAt = dossier.due.appointmentAt ?? rung.dueAt;
      return [{ ...base, type: 'apology-drafted', data: { ...data, appointmentAt, responsible, addressee } }];
    }
    case 'stop': {
      const { actor } = recording;
      const timekeeping = timekeepingOf(recording);
      const { legalBasis } = waitOf(dossier, timekeeping);
      const act = { ...timekeeping, actor, occurredAt: rung.dueAt };
      const refunds = refundsBeforeEnd(dossier, 'stopped', act);
      const released = releasedHolding(dossier, act);
      const stopped = { actor, proposedBy: null, reasonCode: SILENT, legalBasis, released };
      const sequence = base.sequence + refunds.length;
      return [...refunds, { ...base, sequence, type: 'dossier-stopped', data: stopped }];
    }
    case 'presume-consent': {
      const timekeeping = timekeepingOf(recording);
      const { legalBasis } = waitOf(dossier, timekeeping);
      const deadlines = resumedDeadlines(dossier, 'other-body', rung.dueAt, timekeeping);
      return [{ ...base, type: 'consent-presumed', data: { ...data, legalBasis, deadlines } }];
    }
    case 'presume-opinion': {
      const { actor, recordedBy } = recording;
      const { opinionId, asked, legalBasis } = opinionNamed(dossier, rung.opinionId);
      return [{ ...base, type: 'opinion-presumed', data: { actor, opinionId, asked, legalBasis, recordedBy } }];
    }
  }
}

function timekeepingOf({ timekeeping }: Recording): Timekeeping {
  if (timekeeping === null) throw new RangeError('A rule acts by its procedure and calendar.');
  return timekeeping;
}

function at({ dossierId, lastSequence }: Dossier, { dueAt }: OpenRung) {
  return { subject: dossierId, sequence: lastSequence + 1, time: dueAt };
}

function recorded(
  { schedule }: Dossier,
  { name }: OpenRung,
  { actor, recordedBy }: Pick<Recording, 'actor' | 'recordedBy'>,
) {
  return { actor, generation: schedule.generation, rung: name, recordedBy };
}

function responsibleOf(dossier: Dossier): PostHolder {
  const { officialId, postId, officeId } = holderOf(dossier);
  return { officialId, postId, officeId };
}

function awaitedUntil({ dossierId, answerDueAt }: Dossier): Instant {
  if (answerDueAt === null) throw new RangeError(`Dossier ${dossierId} waits for no answer.`);
  return answerDueAt;
}

/** The rule of the wait the dossier is in. It was accepted with it, so it is there. */
function waitOf({ dossierId, status }: Dossier, { procedure }: Timekeeping): Wait {
  const reason = stopReasons.find((one) => statusWhile[one] === status);
  const wait = reason && procedure.serviceLevel.waits[reason];
  if (!wait) throw new RangeError(`Dossier ${dossierId} waits for nothing that its procedure limits.`);
  return wait;
}
