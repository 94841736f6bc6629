import type { Instant } from '#calendar';
import {
  endsDossier,
  type Channel,
  type Deadlines,
  type DossierEventType,
  type PostHolder,
  type RuleAct,
  type Schedule,
  type TakenOverFrom,
} from '#contracts';
import { feesAfter } from './fees';
import { opinionsAfter, silencesAfter } from './opinion';
import {
  clockRuns,
  holderOf,
  isActOfPeople,
  isNewStep,
  statusWhile,
  waitingToRing,
  type Dossier,
  type Fact,
  type FactOf,
  type PendingHandover,
  type ResponsibilityRecord,
  type StandingEscalation,
  type Status,
  type SuspensionReason,
  type TakenOver,
} from './dossier';

/** Which way of adding up this is. Raised whenever the same events give another {@link Dossier}. */
export const FOLD = 5;

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
    endedAt: endsDossier(event) ? event.time : changed.endedAt,
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
      return {
        ...dossier,
        ...rang(dossier, event),
        escalations: [...dossier.escalations, { ...standing(event.data), dueAt: event.time }],
      };
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
      return {
        ...withoutSuspension(dossier, event.time, 'withdrawal'),
        ...(event.data.deadlines && newDeadlines(event.data.deadlines)),
        ...(runsAgain(dossier) && { stoppedRungs: [] }),
        answerDueAt: silenceIn(event.data.deadlines) ?? dossier.answerDueAt,
        status: dossier.statusBefore ?? 'in-process',
        statusBefore: null,
      };
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

function heldBy(
  dossier: Dossier,
  event: FactOf<'dossier-handed-over' | 'dossier-reassigned' | 'hand-over-sent-back'>,
): Dossier {
  const { to, released: holding } = event.data;
  return { ...dossier, responsibility: passedOn(dossier, event.time, to, holding.workingMs) };
}

/** What waits to ring again once the clock runs: of steps' rungs, those that the step before had left. */
function withStepRungsOf({ stoppedRungs, schedule, pendingHandover }: Dossier): readonly string[] {
  const ofStep = stepRungsOf(schedule);
  return [...stoppedRungs.filter((name) => !ofStep.includes(name)), ...(pendingHandover?.stepRungs ?? [])];
}

function stepRungsOf({ rungs }: Schedule): readonly string[] {
  return rungs.filter(({ of }) => of === 'stepDueAt').map(({ name }) => name);
}

/** Handed from one post to another of the same official, it waits for nobody; an older hand-over never asked for an answer. */
function pendingSince(dossier: Dossier, { time, data }: FactOf<'dossier-handed-over'>): PendingHandover | null {
  if (!data.awaitsAcceptance) return null;
  const { officialId, postId, officeId } = data.released;
  const ofStep = stepRungsOf(dossier.schedule);
  const stepRungs = waitingToRing(dossier).filter((name) => ofStep.includes(name));
  return { giver: { officialId, postId, officeId }, since: time, stepBefore: dossier.step, stepRungs };
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
]);

/** What gives the dossier to somebody, or ends it, leaves nothing to accept either. */
function settlesHandover(before: Dossier, event: Fact): boolean {
  if (event.type === 'dossier-handed-over') return false; // It brings a hand-over of its own, or none.
  return 'released' in event.data || isReceiversAct(before, event);
}

function released(
  dossier: Dossier,
  event: FactOf<'dossier-refused' | 'dossier-returned' | 'dossier-withdrawn' | 'dossier-stopped'>,
  status: Status,
): Dossier {
  return { ...dossier, status, responsibility: closedAt(dossier, event.time, event.data.released.workingMs) };
}

function passedOn(
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

function samePost(one: PostHolder, other: PostHolder): boolean {
  return one.officialId === other.officialId && one.postId === other.postId && one.officeId === other.officeId;
}

/** Where the limit of an awaited answer ends, as its schedule says it. */
function silenceIn(deadlines: Deadlines | null): Instant | null {
  const silence = deadlines?.schedule.rungs.find((rung) => 'act' in rung && endsWait.includes(rung.act));
  return silence?.dueAt ?? null;
}

const endsWait: readonly RuleAct[] = ['stop', 'presume-consent'];

/** True when a withdrawal that is declined sets the office's clock going, and the dossier waits for nothing else. */
export function runsAgain({ statusBefore }: Pick<Dossier, 'statusBefore'>): boolean {
  return statusBefore === 'received' || statusBefore === 'in-process';
}

function suspended(
  dossier: Dossier,
  { time, data }: FactOf<'dossier-supplement-requested' | 'dossier-payment-requested' | 'dossier-suspended'>,
  reason: SuspensionReason,
): Dossier {
  return {
    ...withSuspension(dossier, time, reason),
    answerDueAt: data.answerDueAt,
    ...(data.deadlines && newDeadlines(data.deadlines)),
  };
}

function withSuspension(dossier: Dossier, from: Instant, reason: SuspensionReason): Dossier {
  return {
    ...dossier,
    suspensions: [...dossier.suspensions, { reason, from, until: null }],
    stoppedRungs: waitingToRing(dossier),
  };
}

function resumed(dossier: Dossier, at: Instant, reason: SuspensionReason, deadlines: Deadlines): Dossier {
  return {
    ...withoutSuspension(dossier, at, reason),
    ...newDeadlines(deadlines),
    stoppedRungs: [],
    answerDueAt: null,
  };
}

/** The dossier with its open suspension for this reason closed at that instant. */
export function withoutSuspension(dossier: Dossier, at: Instant, reason: SuspensionReason): Dossier {
  return {
    ...dossier,
    suspensions: dossier.suspensions.map((suspension) =>
      suspension.reason === reason && suspension.until === null ? { ...suspension, until: at } : suspension,
    ),
  };
}

/** A new generation replaces the schedule, clears what had passed, and ends an acknowledgement. */
function newDeadlines(
  deadlines: Deadlines,
): Pick<Dossier, 'due' | 'calendar' | 'schedule' | 'passedRungs' | 'acknowledged' | 'promise'> {
  const { due, calendar, schedule } = deadlines;
  return { due, calendar, schedule, passedRungs: [], acknowledged: false, promise: null };
}

/** A promise that is broken ends the acknowledgement: what it silenced stays silent, and the rest of the ladder is open again. */
function rang(
  dossier: Dossier,
  { time, data }: FactOf<'dossier-escalated'>,
): Pick<Dossier, 'passedRungs' | 'acknowledged'> {
  const { promise, schedule } = dossier;
  const passed = passedWith(dossier, data);
  if (promise?.name !== data.rung || data.generation !== schedule.generation) {
    return { passedRungs: passed, acknowledged: dossier.acknowledged };
  }
  const silenced = schedule.rungs.filter((rung) => 'tell' in rung && rung.dueAt <= time && !passed.includes(rung.name));
  return { passedRungs: [...passed, ...silenced.map(({ name }) => name)], acknowledged: false };
}

function standing(data: FactOf<'dossier-escalated'>['data']): Omit<StandingEscalation, 'dueAt'> {
  const { generation, rung, responsible, addressee, recordedBy } = data;
  return { generation, rung, responsible, addressee, recordedBy };
}

function passedWith(dossier: Dossier, key: { generation: number; rung: string }): readonly string[] {
  return key.generation === dossier.schedule.generation ? [...dossier.passedRungs, key.rung] : dossier.passedRungs;
}

function escalationWithdrawn(dossier: Dossier, data: FactOf<'escalation-withdrawn'>['data']): Dossier {
  const { generation, rung, reason } = data;
  const reopens = reason === 'holder-changed' && generation === dossier.schedule.generation;
  return {
    ...dossier,
    escalations: dossier.escalations.filter((one) => one.generation !== generation || one.rung !== rung),
    passedRungs: reopens ? dossier.passedRungs.filter((name) => name !== rung) : dossier.passedRungs,
  };
}
