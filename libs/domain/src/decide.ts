import { endOfWorkingDay, workingMsBetween, type Instant } from '#calendar';
import {
  tellAbove,
  type Deadlines,
  type Holding,
  type OtherOffices,
  type PostHolder,
  type TellingRung,
} from '#contracts';
import type { Act } from './act';
import type { Command, CommandOf, Exception, Receive, Submit } from './commands';
import {
  acceptanceDue,
  awaitedAnswer,
  deadlinesAfter,
  dueByPresentCalendar,
  dueInstants,
  isMoved,
  stillAwaited,
  type ClockFacts,
  type Timekeeping,
} from './deadlines';
import { cancelled, charged, paid, refunded, refundsBeforeEnd, requirePaymentPauses } from './decide-fees';
import {
  clockRuns,
  holderOf,
  type Dossier,
  type Fact,
  type FactOf,
  type StandingEscalation,
  type SuspensionReason,
} from './dossier';
import { after, runsAgain, withoutSuspension } from './fold';
import {
  EscalationNotFound,
  EscalationOutdated,
  FieldInvalid,
  LimitOfRepeatsReached,
  NothingToRecompute,
  OccurredBeforeLast,
} from './errors';
import { acceptedHandOver, handOver, releasedHolding, sentBack } from './hand-over';
import { linked } from './links';
import { opinionGiven, opinionRequest } from './opinions';
import { rebinding, waitingRungs } from './rebinding';
import { brokenPromise } from './rung-names';
import { requireAllowed } from './transitions';

/** The first fact of an online submission. */
export function decideSubmit(command: Submit, act: Act): FactOf<'dossier-submitted'> {
  const { procedure, actor, occurredAt } = act;
  const due = acceptanceDue(occurredAt, act);
  const { officeId, channel } = command;
  const facts: ClockFacts = { ...nothingYet, officeId, channel, clockStartedAt: null, firstDue: due };
  return {
    type: 'dossier-submitted',
    subject: command.dossierId,
    sequence: 1,
    time: occurredAt,
    data: {
      actor,
      procedureCode: procedure.code,
      procedureVersion: procedure.version,
      officeId: command.officeId,
      ...otherOffices(command),
      channel: command.channel,
      holder: command.holder,
      deadlines: deadlinesAfter(facts, due, 1, occurredAt, act),
    },
  };
}

/** Of a dossier that begins here. */
const nothingAwaited = { answerDueAt: null, stoppedRungs: [] } as const;

const nothingYet = { suspensions: [], extension: null, step: null };

/** The first fact of a dossier received at the desk. */
export function decideReceive(command: Receive, act: Act): FactOf<'dossier-received'> {
  const { occurredAt } = act;
  const clock = command.predecessor ?? { clockStartedAt: occurredAt, clockStops: [], dossierId: null };
  const given = command.given ?? { legalDueAt: null, appointmentAt: null };
  const facts: ClockFacts = {
    ...nothingYet,
    officeId: command.officeId,
    channel: command.channel,
    clockStartedAt: clock.clockStartedAt,
    suspensions: clock.clockStops,
    firstDue: { acceptanceDueAt: null, stepDueAt: null, ...given },
  };
  return {
    type: 'dossier-received',
    subject: command.dossierId,
    sequence: 1,
    time: occurredAt,
    data: {
      ...receipt(command, act),
      channel: command.channel,
      officeId: command.officeId,
      ...otherOffices(command),
      clockStartedAt: clock.clockStartedAt,
      clockStops: clock.clockStops,
      released: null,
      successorOf: clock.dossierId,
      takenOver: command.given !== null,
      takenOverFrom: null,
      ...nothingAwaited,
      deadlines: deadlinesAfter(facts, dueInstants(facts, act), 1, occurredAt, act),
    },
  };
}

/**
 * What a command adds to a dossier: its own fact, and before it the withdrawal of each escalation that it answers because
 * it happened at or before that rung's instant, and the money that it gives back. Rungs that fell due before must have been recorded already.
 *
 * @throws DossierError when the table, the time or a rule refuses; then nothing has happened.
 */
export function decide(dossier: Dossier, command: Command, act: Act): readonly Fact[] {
  requireAllowed(command.name, dossier.status);
  if (act.occurredAt < dossier.lastActAt) throw new OccurredBeforeLast(act.occurredAt, dossier.lastActAt);
  const own = ownFact(dossier, command, act);
  return numbered(dossier, [...withdrawals(dossier, own, act), ...refunds(dossier, command, act), own]);
}

/** What an end without a result gives back. */
function refunds(dossier: Dossier, { name }: Command, act: Act): readonly Fact[] {
  const end = endsWithoutResult[name];
  return end ? refundsBeforeEnd(dossier, end, act) : [];
}

const endsWithoutResult: { readonly [Name in Command['name']]?: Parameters<typeof refundsBeforeEnd>[1] } = {
  'confirm-withdrawal': 'withdrawn',
  stop: 'stopped',
  refuse: 'refused',
};

function ownFact(dossier: Dossier, command: Command, act: Act): Fact {
  const { actor, occurredAt } = act;
  const base = { subject: dossier.dossierId, sequence: dossier.lastSequence + 1, time: occurredAt };
  const released = (): Holding => releasedHolding(dossier, act);
  switch (command.name) {
    case 'accept':
      return { ...base, type: 'dossier-received', data: acceptance(dossier, command, act) };
    case 'refuse':
      return {
        ...base,
        type: 'dossier-refused',
        data: { actor, reasonCode: command.reasonCode, released: released() },
      };
    case 'hand-over':
      return { ...base, type: 'dossier-handed-over', data: { actor, ...handOver(dossier, command, act) } };
    case 'accept-hand-over':
      return { ...base, type: 'hand-over-accepted', data: acceptedHandOver(dossier, act) };
    case 'send-back':
      return { ...base, type: 'hand-over-sent-back', data: sentBack(dossier, command, act) };
    case 'reassign': {
      const { to, reasonCode, operationId = null } = command;
      return {
        ...base,
        type: 'dossier-reassigned',
        data: { actor, released: released(), to, reasonCode, operationId },
      };
    }
    case 'request-supplement': {
      const { reasonCode, components } = command;
      const exception = withinLimit(command, dossier.supplements, act.procedure.serviceLevel.maxSupplements);
      const awaited = awaitedAnswer('supplement', dossier, occurredAt, act);
      return {
        ...base,
        type: 'dossier-supplement-requested',
        data: { actor, reasonCode, components, ...exception, ...awaited },
      };
    }
    case 'receive-supplement':
      return {
        ...base,
        type: 'dossier-supplement-received',
        data: { actor, deadlines: resumedDeadlines(dossier, 'supplement', occurredAt, act) },
      };
    case 'request-payment': {
      const { amountMinor, currency } = command;
      requirePaymentPauses(act.procedure);
      const awaited = awaitedAnswer('payment', dossier, occurredAt, act);
      return { ...base, type: 'dossier-payment-requested', data: { actor, amountMinor, currency, ...awaited } };
    }
    case 'receive-payment':
      return {
        ...base,
        type: 'dossier-payment-received',
        data: { actor, deadlines: resumedDeadlines(dossier, 'payment', occurredAt, act) },
      };
    case 'suspend': {
      const awaited = awaitedAnswer('other-body', dossier, occurredAt, act);
      return { ...base, type: 'dossier-suspended', data: { actor, reasonCode: command.reasonCode, ...awaited } };
    }
    case 'charge-fee':
      return { ...base, type: 'fee-charged', data: { actor, ...charged(dossier, command) } };
    case 'pay-fee':
      return { ...base, type: 'fee-paid', data: { actor, ...paid(dossier, command) } };
    case 'refund-fee':
      return { ...base, type: 'fee-refunded', data: { actor, ...refunded(dossier, command) } };
    case 'cancel-fee':
      return { ...base, type: 'fee-cancelled', data: { actor, ...cancelled(dossier, command) } };
    case 'cancel-payment':
      return {
        ...base,
        type: 'dossier-payment-cancelled',
        data: {
          actor,
          reasonCode: command.reasonCode,
          deadlines: resumedDeadlines(dossier, 'payment', occurredAt, act),
        },
      };
    case 'link':
      return { ...base, type: 'dossier-linked', data: { actor, ...linked(dossier, command) } };
    case 'resume':
      return {
        ...base,
        type: 'dossier-resumed',
        data: { actor, deadlines: resumedDeadlines(dossier, 'other-body', occurredAt, act) },
      };
    case 'extend':
      return { ...base, type: 'dossier-extended', data: { actor, ...extension(dossier, command, act) } };
    case 'recompute': {
      const { operationId, legalBasis } = command;
      return {
        ...base,
        type: 'dossier-recomputed',
        data: { actor, operationId, legalBasis, ...recomputed(dossier, act) },
      };
    }
    case 'rebind':
      return { ...base, type: 'dossier-rebound', data: rebinding(dossier, command, act) };
    case 'acknowledge': {
      const { generation, rung, plannedAt, reasonCode } = command;
      requireStanding(dossier, command, occurredAt);
      if (plannedAt <= occurredAt) throw new FieldInvalid('plannedAt', 'must lie after now');
      const promise = promiseOf(dossier, command, act);
      return {
        ...base,
        type: 'escalation-acknowledged',
        data: { actor, generation, rung, plannedAt, reasonCode, promise },
      };
    }
    case 'request-opinion':
      return { ...base, type: 'opinion-requested', data: opinionRequest(dossier, command, act) };
    case 'give-opinion':
      return { ...base, type: 'opinion-given', data: opinionGiven(dossier, command, act) };
    case 'request-withdrawal':
      return { ...base, type: 'dossier-withdrawal-requested', data: { actor } };
    case 'confirm-withdrawal':
      return { ...base, type: 'dossier-withdrawn', data: { actor, released: released() } };
    case 'decline-withdrawal': {
      const { reasonCode } = command;
      const data = { actor, reasonCode, deadlines: afterWithdrawal(dossier, act) };
      return { ...base, type: 'dossier-withdrawal-declined', data };
    }
    case 'stop':
      return {
        ...base,
        type: 'dossier-stopped',
        data: { actor, reasonCode: command.reasonCode, legalBasis: null, released: released() },
      };
    case 'mark-processed':
      return { ...base, type: 'dossier-processed', data: { actor, result: command.result } };
    case 'return': {
      const { to, proof } = command;
      return { ...base, type: 'dossier-returned', data: { actor, to, proof, released: released() } };
    }
    case 'correct': {
      const { field, oldValue, newValue, reasonCode } = command;
      if (field === 'channel' && act.procedure.serviceLevel.onlineLimit !== null) {
        throw new FieldInvalid('field', 'cannot be the channel: the limits of this procedure depend on it');
      }
      return { ...base, type: 'dossier-corrected', data: { actor, field, oldValue, newValue, reasonCode } };
    }
  }
}

function otherOffices({
  officeId,
  helpedByOfficeId = null,
  decidingOfficeId = officeId,
}: Submit | Receive): OtherOffices {
  return { helpedByOfficeId, decidingOfficeId };
}

function receipt(command: { code: string; holder: PostHolder }, { actor, procedure }: Act) {
  const { code, holder } = command;
  return { actor, code, holder, procedureCode: procedure.code, procedureVersion: procedure.version };
}

function acceptance(dossier: Dossier, command: CommandOf<'accept'>, act: Act): FactOf<'dossier-received'>['data'] {
  const { occurredAt } = act;
  const facts: ClockFacts = { ...dossier, clockStartedAt: occurredAt };
  const due = dueInstants(facts, act);
  const holder = holderOf(dossier);
  const samePost = holder.officialId === command.holder.officialId && holder.postId === command.holder.postId;
  return {
    ...receipt(command, act),
    channel: dossier.channel,
    officeId: dossier.officeId,
    helpedByOfficeId: dossier.helpedByOfficeId,
    decidingOfficeId: dossier.decidingOfficeId,
    clockStartedAt: occurredAt,
    clockStops: [],
    released: samePost ? null : releasedHolding(dossier, act),
    successorOf: null,
    takenOver: false,
    takenOverFrom: null,
    ...nothingAwaited,
    deadlines: deadlinesAfter(facts, due, dossier.schedule.generation + 1, occurredAt, act),
  };
}

function extension(dossier: Dossier, command: CommandOf<'extend'>, act: Act) {
  const { reasonCode, until, signedBy } = command;
  const previousAppointmentAt = dossier.due.appointmentAt;
  if (previousAppointmentAt === null)
    throw new FieldInvalid('until', 'extends an appointment, and this dossier has none');
  const exception = withinLimit(command, dossier.extensions, act.procedure.serviceLevel.maxExtensions);
  const appointmentAt = endOfWorkingDay(act.calendar, until);
  if (appointmentAt === null) throw new FieldInvalid('until', 'must be a working day of the office');
  if (appointmentAt <= previousAppointmentAt || appointmentAt <= act.occurredAt) {
    throw new FieldInvalid('until', 'must lie after the present appointment and after now');
  }
  const facts: ClockFacts = { ...dossier, extension: { madeAt: act.occurredAt, appointmentAt } };
  const due = dueInstants(facts, act);
  const deadlines = deadlinesAfter(facts, due, dossier.schedule.generation + 1, act.occurredAt, act);
  return { reasonCode, previousAppointmentAt, appointmentAt, signedBy, ...exception, deadlines };
}

/** An instant that moves into the past falls due with the event: what was promised may not drop out unnoticed. */
function recomputed(dossier: Dossier, act: Act) {
  const due = dueByPresentCalendar(dossier, act);
  if (!isMoved(dossier.due, due)) throw new NothingToRecompute(dossier.dossierId);
  const present = { ...act, calendar: act.presentCalendar };
  const generation = dossier.schedule.generation + 1;
  const deadlines =
    dossier.answerDueAt === null
      ? deadlinesAfter(dossier, due, generation, act.occurredAt, present, waitingRungs(dossier, act.procedure))
      : stillAwaited(dossier, due, act.occurredAt, present);
  return { previousCalendar: dossier.calendar, previousDue: dossier.due, deadlines };
}

/** Supplements and re-appointments are lawful so many times; one more needs a basis and a name. */
function withinLimit(command: { name: string } & Exception, already: number, allowed: number): Exception {
  const { legalBasis, approvedBy } = command;
  if (already >= allowed && (legalBasis === null || approvedBy === null)) {
    throw new LimitOfRepeatsReached(command.name, allowed);
  }
  return { legalBasis, approvedBy };
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
function afterWithdrawal(dossier: Dossier, act: Act): Deadlines | null {
  if (runsAgain(dossier)) return resumedDeadlines(dossier, 'withdrawal', act.occurredAt, act);
  if (dossier.answerDueAt === null) return null;
  // Nobody could take the answer meanwhile: its limit stood still.
  const asked = dossier.suspensions.find(({ reason, until }) => reason === 'withdrawal' && until === null);
  const pausedMs = asked ? workingMsBetween(act.calendar, asked.from, act.occurredAt) : 0;
  return stillAwaited(dossier, dossier.due, act.occurredAt, act, pausedMs);
}

/** The planned date as a rung: unkept, it tells whoever stands above the one that was told. */
function promiseOf(dossier: Dossier, { rung, plannedAt }: CommandOf<'acknowledge'>, act: Act): TellingRung | null {
  const { schedule, promise, passedRungs } = dossier;
  const rang = [...schedule.rungs, ...(promise ? [promise] : [])].find(({ name }) => name === rung);
  if (!rang || !('tell' in rang)) return null;
  const broken = passedRungs.filter((name) => name.startsWith(brokenPromise(''))).length;
  const name = brokenPromise(broken + 1);
  return { name, of: rang.of, dueAt: plannedAt, wakeAt: act.wakeAt(plannedAt), tell: tellAbove(rang.tell) };
}

function requireStanding(
  { escalations, schedule }: Dossier,
  { generation, rung }: CommandOf<'acknowledge'>,
  occurredAt: Instant,
): void {
  const rang = escalations.find((one) => one.generation === generation && one.rung === rung);
  if (!rang || rang.dueAt > occurredAt) throw new EscalationNotFound(generation, rung);
  if (generation !== schedule.generation) throw new EscalationOutdated(generation, rung, schedule.generation);
}

/** Escalations recorded already although this, recorded only now, happened at or before their instants. */
function withdrawals(dossier: Dossier, own: Fact, { actor }: Act): readonly Fact[] {
  const then = after(dossier, own);
  const stillDue = clockRuns(then) && !then.acknowledged && then.schedule.generation === dossier.schedule.generation;
  const holderChanged =
    own.type === 'dossier-handed-over' || own.type === 'dossier-reassigned' || own.type === 'hand-over-sent-back';
  if (stillDue && !holderChanged) return [];
  return dossier.escalations
    .filter((escalation) => escalation.dueAt >= own.time && !isAcknowledgedBy(own, escalation))
    .map(({ generation, rung }) => ({
      type: 'escalation-withdrawn',
      subject: dossier.dossierId,
      sequence: 0,
      time: own.time,
      data: { actor, generation, rung, reason: stillDue ? 'holder-changed' : 'answered' },
    }));
}

/** The rung that an acknowledgement names stands: it is what was acknowledged. */
function isAcknowledgedBy(own: Fact, { generation, rung }: StandingEscalation): boolean {
  return own.type === 'escalation-acknowledged' && own.data.generation === generation && own.data.rung === rung;
}

function numbered(dossier: Dossier, facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact, index) => ({ ...fact, sequence: dossier.lastSequence + 1 + index }));
}
