import type { Holding, OtherOffices, PostHolder } from '#contracts';
import type { Act } from './act';
import { recomputed } from './calendar-in-force';
import type { Command, CommandOf, Receive, Submit } from './commands';
import { acceptanceDue, awaitedAnswer, deadlinesAfter, dueInstants, type ClockFacts } from './deadlines';
import { cancelled, charged, paid, refunded, refundsBeforeEnd, requirePaymentPauses } from './decide-fees';
import { holderOf, type Dossier, type Fact, type FactOf } from './dossier';
import { FieldInvalid, OccurredBeforeLast } from './errors';
import { acknowledgement, withdrawals } from './escalations';
import { extension, withinLimit } from './extension';
import { after } from './fold';
import { acceptedHandOver, handOver, releasedHolding, sentBack } from './hand-over';
import { linked } from './links';
import { opinionGiven, opinionRequest } from './opinions';
import { checkedPapers, requireKnownComponents, type PaperGiven } from './papers';
import { rebinding } from './rebinding';
import { afterWithdrawal, resumedDeadlines } from './suspension';
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
  return numbered(dossier, [
    ...withdrawals(dossier, own, after(dossier, own), act),
    ...refunds(dossier, command, act),
    own,
    ...checkedWith(dossier, command, act),
  ]);
}

/** What was found of the papers with an act that is not only that: an entry of its own. */
function checkedWith(dossier: Dossier, command: Command, act: Act): readonly Fact[] {
  const isBesides = command.name === 'accept' || command.name === 'receive-supplement';
  return isBesides && command.papers ? papersChecked(dossier, command.papers, act) : [];
}

/** The entry of papers that were found at intake; none where nobody looked. @throws FieldInvalid naming the place in `papers` */
export function papersChecked(
  { dossierId, lastSequence }: Pick<Dossier, 'dossierId' | 'lastSequence'>,
  papers: readonly PaperGiven[],
  { actor, occurredAt, procedure }: Act,
): readonly FactOf<'papers-checked'>[] {
  if (papers.length === 0) return [];
  const data = { actor, papers: checkedPapers(papers, procedure) };
  return [{ type: 'papers-checked', subject: dossierId, sequence: lastSequence + 1, time: occurredAt, data }];
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
  const { actor, proposedBy = null, occurredAt } = act;
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
        data: { actor, proposedBy, released: released(), to, reasonCode, operationId },
      };
    }
    case 'request-supplement': {
      const { reasonCode, components } = command;
      requireKnownComponents(components, act.procedure, 'components');
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
    case 'add-attachment': {
      const { attachmentId, componentCode, mediaType, bytes, sha256 } = command;
      requireKnownComponents(componentCode === null ? [] : [componentCode], act.procedure, 'componentCode');
      const data = { actor, attachmentId, componentCode, mediaType, bytes, sha256 };
      return { ...base, type: 'attachment-added', data };
    }
    case 'withdraw-attachment': {
      const { attachmentId, reasonCode } = command;
      return { ...base, type: 'attachment-withdrawn', data: { actor, attachmentId, reasonCode } };
    }
    case 'link':
      return { ...base, type: 'dossier-linked', data: { actor, ...linked(dossier, command) } };
    case 'check-papers':
      return {
        ...base,
        type: 'papers-checked',
        data: { actor, papers: checkedPapers(command.papers, act.procedure) },
      };
    case 'resume':
      return {
        ...base,
        type: 'dossier-resumed',
        data: { actor, deadlines: resumedDeadlines(dossier, 'other-body', occurredAt, act) },
      };
    case 'extend':
      return { ...base, type: 'dossier-extended', data: extension(dossier, command, act) };
    case 'recompute':
      return { ...base, type: 'dossier-recomputed', data: recomputed(dossier, command, act) };
    case 'rebind':
      return { ...base, type: 'dossier-rebound', data: rebinding(dossier, command, act) };
    case 'acknowledge':
      return { ...base, type: 'escalation-acknowledged', data: acknowledgement(dossier, command, act) };
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
        data: { actor, proposedBy, reasonCode: command.reasonCode, legalBasis: null, released: released() },
      };
    case 'mark-processed':
      return { ...base, type: 'dossier-processed', data: { actor, result: command.result } };
    case 'return': {
      const { to, proof } = command;
      return { ...base, type: 'dossier-returned', data: { actor, to, proof, released: released() } };
    }
    case 'correct': {
      const { field, oldValue, newValue, eForm = null, reasonCode } = command;
      if (field === 'channel' && act.procedure.serviceLevel.onlineLimit !== null) {
        throw new FieldInvalid('field', 'cannot be the channel: the limits of this procedure depend on it');
      }
      return {
        ...base,
        type: 'dossier-corrected',
        data: { actor, proposedBy, field, oldValue, newValue, eForm, reasonCode },
      };
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

function numbered(dossier: Dossier, facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact, index) => ({ ...fact, sequence: dossier.lastSequence + 1 + index }));
}
