import { workingMsBetween, type Instant } from '#calendar';
import type { Channel, ClockStop, Deadlines, PostHolder, TakenOverFrom } from '#contracts';
import { awaitedAnswer, deadlinesAfter, dueInstants, type ClockFacts } from './deadlines';
import type { Act } from './act';
import type { FactOf } from './dossier';
import { FieldInvalid } from './errors';

/**
 * What begins a dossier that is open in another system already. Its clock began with the first receipt there; who answers for
 * it does so here from the taking-over on.
 */
export interface TakeOver {
  readonly dossierId: string;
  readonly code: string;
  readonly officeId: string;
  readonly channel: Channel;
  readonly holder: PostHolder;
  readonly from: TakenOverFrom;
  readonly firstReceivedAt: Instant;
  /** Oldest first, without overlap; only the last may still last. */
  readonly clockStops: readonly ClockStop[];
}

/**
 * The first fact of a dossier taken over, at the instant of the taking-over. Of what fell due before, the last rung of each due
 * instant falls due with it: whoever is late is told of once, not for every rung that the other system let pass.
 *
 * @throws FieldInvalid, or CalendarNotValid where the calendar does not reach back to the first receipt
 */
export function decideTakeOver(command: TakeOver, act: Act): FactOf<'dossier-received'> {
  requireSound(command, act);
  const { actor, procedure, occurredAt } = act;
  const { dossierId, code, officeId, channel, holder, from, firstReceivedAt, clockStops } = command;
  return {
    type: 'dossier-received',
    subject: dossierId,
    sequence: 1,
    time: occurredAt,
    data: {
      actor,
      code,
      procedureCode: procedure.code,
      procedureVersion: procedure.version,
      officeId,
      helpedByOfficeId: null,
      decidingOfficeId: officeId,
      channel,
      holder,
      clockStartedAt: firstReceivedAt,
      clockStops,
      released: null,
      successorOf: null,
      takenOver: from.appointmentAt !== null || from.legalDueAt !== null,
      takenOverFrom: from,
      ...owedAndAwaited(command, act),
    },
  };
}

/**
 * What is due, and where a pause lasts, what it waits for: its limit counts from where it began, by the rule. Rungs of the wait that
 * lie before the taking-over belong to the other system and never ring; so whose limit has passed lapses by nobody's silence here.
 */
function owedAndAwaited(
  command: TakeOver,
  act: Act,
): Pick<FactOf<'dossier-received'>['data'], 'answerDueAt' | 'stoppedRungs' | 'deadlines'> {
  const deadlines = deadlinesOf(command, act);
  const { due, schedule } = deadlines;
  const lasting = command.clockStops.find(({ until }) => until === null);
  if (!lasting) return { answerDueAt: null, stoppedRungs: [], deadlines };
  const stoppedRungs = schedule.rungs.map(({ name }) => name);
  const awaited = awaitedAnswer(lasting.reason, { due, schedule: beforeAnything }, lasting.from, act);
  if (awaited.deadlines === null) return { answerDueAt: null, stoppedRungs, deadlines };
  const { generation, rungs } = awaited.deadlines.schedule;
  const ahead = rungs.filter(({ dueAt }) => dueAt >= act.occurredAt);
  return {
    answerDueAt: awaited.answerDueAt,
    stoppedRungs,
    deadlines: { ...awaited.deadlines, schedule: { generation, rungs: ahead } },
  };
}

const beforeAnything = { generation: 0, rungs: [] };

function deadlinesOf({ officeId, channel, from, firstReceivedAt, clockStops }: TakeOver, act: Act): Deadlines {
  const { occurredAt } = act;
  const { system, number, appointmentAt, legalDueAt } = from;
  const facts: ClockFacts = {
    officeId,
    channel,
    clockStartedAt: firstReceivedAt,
    suspensions: clockStops,
    extension: null,
    step: from.step === null ? null : { code: from.step, startedAt: occurredAt },
    firstDue: { acceptanceDueAt: null, stepDueAt: null, appointmentAt, legalDueAt },
    takenOver: { system, number, at: occurredAt, appointmentAt, legalDueAt },
  };
  const due = dueInstants(facts, act);
  const sinceReceipt = deadlinesAfter(facts, due, 1, firstReceivedAt, act).schedule.rungs;
  const passed = sinceReceipt.filter((rung) => rung.dueAt < occurredAt && 'tell' in rung);
  const lastPassed = [...new Map(passed.map(({ of, name }) => [of, name])).values()];
  return deadlinesAfter(facts, due, 1, occurredAt, act, lastPassed);
}

function requireSound(command: TakeOver, { procedure, calendar, occurredAt }: Act): void {
  const { from, firstReceivedAt, clockStops } = command;
  if (firstReceivedAt > occurredAt) throw new FieldInvalid('firstReceivedAt', 'must not lie in the future');
  requireStops(clockStops, firstReceivedAt, occurredAt);
  const { steps, kind } = procedure.serviceLevel;
  if (from.step !== null && !steps.some(({ code }) => code === from.step)) {
    throw new FieldInvalid('step', `is not a step of procedure ${procedure.code}`);
  }
  for (const name of ['appointmentAt', 'legalDueAt'] as const) {
    const given = from[name];
    if (given === null && kind === 'given') {
      throw new FieldInvalid(name, `must be sent: the instants of ${procedure.code} are taken over`);
    }
    if (given !== null && given < firstReceivedAt)
      throw new FieldInvalid(name, 'must not lie before the first receipt');
  }
  workingMsBetween(calendar, firstReceivedAt, occurredAt); // Its time is counted later; a calendar too short is refused now.
}

function requireStops(clockStops: readonly ClockStop[], firstReceivedAt: Instant, now: Instant): void {
  let last = firstReceivedAt;
  for (const [index, { from, until }] of clockStops.entries()) {
    const field = `clockStops.${index}`;
    if (from < last) {
      throw new FieldInvalid(`${field}.from`, 'must not lie before the first receipt or the end of the pause before');
    }
    if ((until ?? from) > now) throw new FieldInvalid(field, 'must not lie in the future');
    if (until === null && index < clockStops.length - 1) {
      throw new FieldInvalid(`${field}.until`, 'must be said: only the last pause may still last');
    }
    if (until !== null && until <= from) throw new FieldInvalid(`${field}.until`, 'must lie after its beginning');
    last = until ?? from;
  }
}
