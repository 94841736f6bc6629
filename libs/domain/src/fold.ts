import type { Instant } from '#calendar';
import { endsDossier, type Channel, type TakenOverFrom } from '#contracts';
import { newDeadlines } from './deadlines';
import {
  clockRuns,
  holderOf,
  isActOfPeople,
  isNewStep,
  statusWhile,
  type Dossier,
  type Fact,
  type FactOf,
  type Status,
  type TakenOver,
} from './dossier';
import { escalated, escalationWithdrawn, passedWith } from './escalations';
import { feesAfter } from './fees';
import { heldBy, passedOn, pendingSince, released, samePost, settlesHandover, withStepRungsOf } from './holding';
import { opinionsAfter, silencesAfter } from './opinion';
import { resumed, suspended, withdrawalDeclined, withSuspension } from './suspension';

/** Which way of adding up this is. Raised whenever the same events give another {@link Dossier}. */
export const FOLD = 6;

/** What the events, oldest first, add up to. Same events, same dossier: on screen, in the report and in the audit. */
export function dossierFrom(events: readonly Fact[]): Dossier {
  const [first, ...rest] = events;
  if (!first) throw new RangeError('A dossier begins with an event.');
  return rest.reduce(after, begun(first));
}

/** The dossier one event later. A dossier begins with `dossier-submitted` or `dossier-received`: see {@link begun}. */
export function after(dossier: Dossier, event: Fact): Dossier {
  const changed = applied(dossier, event);
  return {
    ...changed,
    pendingHandover: settlesHandover(dossier, event) ? null : changed.pendingHandover,
    ...(endsDossier(event) && { endedAt: event.time, answerDueAt: null }),
    lastActAt: isActOfPeople(event) ? event.time : changed.lastActAt,
    lastSequence: event.sequence,
  };
}

/** The dossier that its first event begins. */
export function begun(event: Fact): Dossier {
  if (event.type !== 'dossier-submitted' && event.type !== 'dossier-received') {
    throw new RangeError(`A dossier cannot begin with "${event.type}".`);
  }
  const { data } = event;
  const received = event.type === 'dossier-received' ? event.data : null;
  const stops = received?.clockStops ?? [];
  return {
    dossierId: event.subject,
    code: received?.code ?? null,
    status: received ? statusOnReceipt(received) : 'submitted',
    statusBefore: null,
    procedureCode: data.procedureCode,
    procedureVersion: data.procedureVersion,
    reboundAt: null,
    officeId: data.officeId,
    helpedByOfficeId: data.helpedByOfficeId,
    decidingOfficeId: data.decidingOfficeId,
    channel: data.channel,
    successorOf: received?.successorOf ?? null,
    responsibility: [{ ...data.holder, from: event.time, until: null, workingMs: null }],
    clockStartedAt: received?.clockStartedAt ?? null,
    suspensions: stops,
    supplements: stops.filter(({ reason }) => reason === 'supplement').length,
    extensions: 0,
    firstDue: data.deadlines.due,
    extension: null,
    step: stepOnReceipt(received, event.time),
    stoppedRungs: received?.stoppedRungs ?? [],
    answerDueAt: received?.answerDueAt ?? null,
    pendingHandover: null,
    escalations: [],
    fees: [],
    links: [],
    opinions: [],
    silences: [],
    processedAt: null,
    result: null,
    endedAt: null,
    lastActAt: event.time,
    lastSequence: event.sequence,
    ...newDeadlines(data.deadlines),
    ...(received?.takenOverFrom && { takenOver: takenOverBy(received.takenOverFrom, event.time) }),
  };
}

function statusOnReceipt({ clockStops, takenOverFrom }: FactOf<'dossier-received'>['data']): Status {
  const lasting = clockStops.find(({ until }) => until === null);
  return lasting ? statusWhile[lasting.reason] : (takenOverFrom?.status ?? 'received');
}

function stepOnReceipt(received: FactOf<'dossier-received'>['data'] | null, at: Instant): Dossier['step'] {
  const code = received?.takenOverFrom?.step ?? null;
  return code === null ? null : { code, startedAt: at };
}

function takenOverBy({ system, number, appointmentAt, legalDueAt }: TakenOverFrom, at: Instant): TakenOver {
  return { system, number, at, appointmentAt, legalDueAt };
}

function applied(dossier: Dossier, event: Fact): Dossier {
  switch (event.type) {
    case 'dossier-submitted':
      throw new RangeError('A dossier is submitted once.');
    case 'dossier-received':
      return accepted(dossier, event);
    case 'dossier-refused':
      return released(dossier, event, 'refused');
    case 'dossier-handed-over':
      return {
        ...heldBy(dossier, event),
        pendingHandover: pendingSince(dossier, event),
        status: dossier.status === 'received' ? 'in-process' : dossier.status,
        step: isNewStep(dossier, event.data.step) ? { code: event.data.step, startedAt: event.time } : dossier.step,
        ...(event.data.deadlines && newDeadlines(event.data.deadlines)),
      };
    case 'dossier-reassigned':
      return heldBy(dossier, event);
    case 'hand-over-accepted':
    case 'attachment-added':
    case 'attachment-withdrawn':
      return dossier;
    case 'hand-over-sent-back':
      return {
        ...heldBy(dossier, event),
        step: dossier.pendingHandover?.stepBefore ?? null,
        ...(!clockRuns(dossier) && { stoppedRungs: withStepRungsOf(dossier) }),
        ...(event.data.deadlines && newDeadlines(event.data.deadlines)),
      };
    case 'dossier-supplement-requested':
      return {
        ...suspended(dossier, event, 'supplement'),
        status: 'awaiting-supplement',
        supplements: dossier.supplements + 1,
      };
    case 'dossier-payment-requested':
      return {
        ...suspended(dossier, event, 'payment'),
        status: 'awaiting-payment',
        fees: feesAfter(dossier.fees, event),
      };
    case 'dossier-suspended':
      return { ...suspended(dossier, event, 'other-body'), status: 'suspended' };
    case 'dossier-supplement-received':
      return { ...resumed(dossier, event.time, 'supplement', event.data.deadlines), status: 'in-process' };
    case 'dossier-payment-received':
    case 'dossier-payment-cancelled':
      return {
        ...resumed(dossier, event.time, 'payment', event.data.deadlines),
        status: 'in-process',
        fees: feesAfter(dossier.fees, event),
      };
    case 'dossier-resumed':
    case 'consent-presumed':
      return { ...resumed(dossier, event.time, 'other-body', event.data.deadlines), status: 'in-process' };
    case 'dossier-extended':
      return {
        ...dossier,
        extensions: dossier.extensions + 1,
        extension: { madeAt: event.time, appointmentAt: event.data.appointmentAt },
        ...newDeadlines(event.data.deadlines),
      };
    case 'dossier-recomputed':
      return { ...dossier, ...newDeadlines(event.data.deadlines) };
    case 'dossier-rebound':
      return rebound(dossier, event);
    case 'dossier-escalated':
      return escalated(dossier, event);
    case 'applicant-reminded':
    case 'apology-drafted':
      return { ...dossier, passedRungs: passedWith(dossier, event.data) };
    case 'escalation-acknowledged':
      return { ...dossier, acknowledged: true, promise: event.data.promise };
    case 'escalation-withdrawn':
      return escalationWithdrawn(dossier, event.data);
    case 'opinion-requested':
    case 'opinion-given':
    case 'opinion-presumed':
      return {
        ...dossier,
        opinions: opinionsAfter(dossier.opinions, event),
        silences: silencesAfter(dossier.silences, event),
      };
    case 'dossier-withdrawal-requested':
      return {
        ...withSuspension(dossier, event.time, 'withdrawal'),
        status: 'withdrawal-requested',
        statusBefore: dossier.status,
      };
    case 'dossier-withdrawal-declined':
      return withdrawalDeclined(dossier, event);
    case 'dossier-processed':
      return { ...dossier, status: 'processed', processedAt: event.time, result: event.data.result };
    case 'dossier-returned':
      return released(dossier, event, 'returned');
    case 'dossier-withdrawn':
      return released(dossier, event, 'withdrawn');
    case 'dossier-stopped':
      return released(dossier, event, 'stopped');
    case 'dossier-corrected':
      return event.data.field === 'channel' && event.data.newValue !== null
        ? { ...dossier, channel: event.data.newValue as Channel }
        : dossier;
    case 'papers-checked':
      return dossier; // Nothing is decided by it: see `papersOf`.
    case 'dossier-linked': {
      const { kind, otherDossierId } = event.data;
      return { ...dossier, links: [...dossier.links, { kind, otherDossierId }] };
    }
    case 'fee-charged':
    case 'fee-paid':
    case 'fee-refunded':
    case 'fee-cancelled':
      return { ...dossier, fees: feesAfter(dossier.fees, event) };
  }
}

function accepted(dossier: Dossier, event: FactOf<'dossier-received'>): Dossier {
  const { data } = event;
  return {
    ...dossier,
    code: data.code,
    status: 'received',
    procedureCode: data.procedureCode,
    procedureVersion: data.procedureVersion,
    officeId: data.officeId,
    helpedByOfficeId: data.helpedByOfficeId,
    decidingOfficeId: data.decidingOfficeId,
    clockStartedAt: data.clockStartedAt,
    responsibility: samePost(holderOf(dossier), data.holder)
      ? dossier.responsibility
      : passedOn(dossier, event.time, data.holder, data.released?.workingMs ?? null),
    firstDue: data.deadlines.due,
    ...newDeadlines(data.deadlines),
  };
}

/** While the clock stands still without a date the schedule is still that of the wrong procedure; no rung of it can ring. */
function rebound(dossier: Dossier, { time, data }: FactOf<'dossier-rebound'>): Dossier {
  const { procedureCode, procedureVersion, firstDue, due, deadlines } = data;
  return {
    ...dossier,
    procedureCode,
    procedureVersion,
    reboundAt: time,
    step: null,
    firstDue,
    due,
    ...(deadlines && newDeadlines(deadlines)),
  };
}
