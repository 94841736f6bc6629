import type { DossierEvent, PostHolder } from '../api/views';

/** 1: what the applicant and everybody wants to know. 2: how the office went about it. 3: for the record. */
export type Importance = 1 | 2 | 3;

type EventType = DossierEvent['type'];

/** What is worth telling of an event besides who, when and what. Labels are words of the page: `fact.<label>`. */
export type StoryFact =
  | {
      readonly kind: 'person';
      readonly label: 'to' | 'responsible' | 'told' | 'asked' | 'proposed-by';
      readonly officialId: string | null;
      readonly officeId: string;
    }
  | { readonly kind: 'reason'; readonly code: string }
  | { readonly kind: 'moment'; readonly label: 'appointment' | 'planned' | 'answer-due' | 'was'; readonly at: string }
  | {
      readonly kind: 'papers';
      readonly label: 'papers' | 'papers-present' | 'papers-missing';
      readonly codes: readonly string[];
    }
  | {
      readonly kind: 'word';
      readonly label: 'result' | 'handed-to' | 'proof' | 'outcome' | 'of' | 'field';
      readonly word: string;
    }
  | {
      readonly kind: 'text';
      readonly label: 'step' | 'legal-basis' | 'rung' | 'procedure' | 'receipt';
      readonly text: string;
    }
  | { readonly kind: 'money'; readonly amountMinor: number; readonly currency: string }
  /** In the currency that the fee was charged in. */
  | { readonly kind: 'fee'; readonly amountMinor: number; readonly feeId: string };

/** One event as people tell it. */
export interface StoryItem {
  readonly sequence: number;
  readonly type: EventType;
  readonly time: string;
  readonly importance: Importance;
  readonly actor: PostHolder;
  readonly facts: readonly StoryFact[];
}

/**
 * The history of a dossier as a story, oldest first. Nothing is left out: what is less important says so. An event of a type
 * that a newer desk knows is told by its name alone, and what an older version did not say is not told.
 */
export function storyOf(events: readonly DossierEvent[]): readonly StoryItem[] {
  return events.map((event) => ({
    sequence: event.sequence,
    type: event.type,
    time: event.time,
    importance: isKnown(event.type) ? importanceOf[event.type] : 2,
    actor: event.data.actor,
    facts: isKnown(event.type) ? factsOf(event) : [],
  }));
}

const importanceOf: Readonly<Record<EventType, Importance>> = {
  'dossier-submitted': 1,
  'dossier-received': 1,
  'dossier-refused': 1,
  'dossier-handed-over': 2,
  'dossier-reassigned': 2,
  'hand-over-accepted': 3,
  'hand-over-sent-back': 2,
  'dossier-supplement-requested': 1,
  'dossier-supplement-received': 1,
  'dossier-payment-requested': 1,
  'dossier-payment-received': 1,
  'dossier-suspended': 1,
  'dossier-resumed': 1,
  'dossier-extended': 1,
  'dossier-recomputed': 2,
  'dossier-rebound': 1,
  'dossier-escalated': 1,
  'escalation-acknowledged': 1,
  'escalation-withdrawn': 3,
  'applicant-reminded': 3,
  'apology-drafted': 2,
  'consent-presumed': 1,
  'dossier-withdrawal-requested': 1,
  'dossier-withdrawal-declined': 1,
  'dossier-processed': 1,
  'dossier-returned': 1,
  'dossier-withdrawn': 1,
  'dossier-stopped': 1,
  'dossier-corrected': 2,
  'dossier-payment-cancelled': 1,
  'fee-charged': 2,
  'fee-cancelled': 2,
  'fee-paid': 2,
  'fee-refunded': 2,
  'dossier-linked': 3,
  'attachment-added': 2,
  'attachment-withdrawn': 2,
  'papers-checked': 2,
  'opinion-requested': 2,
  'opinion-given': 2,
  'opinion-presumed': 2,
};

function isKnown(type: string): type is EventType {
  return Object.hasOwn(importanceOf, type);
}

function factsOf(event: DossierEvent): readonly StoryFact[] {
  switch (event.type) {
    case 'dossier-submitted':
      return [person('responsible', event.data.holder)];
    case 'dossier-received':
      return [
        person('responsible', event.data.holder),
        ...moment('appointment', event.data.deadlines.due.appointmentAt),
      ];
    case 'dossier-handed-over':
      return [person('to', event.data.to), ...text('step', event.data.step)];
    case 'dossier-reassigned':
      return [person('to', event.data.to), ...reason(event.data.reasonCode), ...proposer(event.data.proposedBy)];
    case 'hand-over-sent-back':
      return [person('to', event.data.to), ...reason(event.data.reasonCode)];
    case 'dossier-supplement-requested':
      return [
        ...papers('papers', event.data.components),
        ...reason(event.data.reasonCode),
        ...moment('answer-due', event.data.answerDueAt),
        ...text('legal-basis', event.data.legalBasis),
      ];
    case 'dossier-payment-requested':
      return [money(event.data), ...moment('answer-due', event.data.answerDueAt)];
    case 'dossier-suspended':
      return [...reason(event.data.reasonCode), ...moment('answer-due', event.data.answerDueAt)];
    case 'dossier-supplement-received':
    case 'dossier-payment-received':
    case 'dossier-resumed':
      return moment('appointment', event.data.deadlines.due.appointmentAt);
    case 'dossier-extended':
      return [
        ...moment('appointment', event.data.appointmentAt),
        ...moment('was', event.data.previousAppointmentAt),
        ...reason(event.data.reasonCode),
        ...text('legal-basis', event.data.legalBasis),
        ...proposer(event.data.proposedBy),
      ];
    case 'dossier-recomputed':
      return [
        ...moment('appointment', event.data.deadlines.due.appointmentAt),
        ...moment('was', event.data.previousDue.appointmentAt),
        ...text('legal-basis', event.data.legalBasis),
      ];
    case 'dossier-rebound':
      return [
        ...text('procedure', event.data.procedureCode),
        ...moment('appointment', event.data.due.appointmentAt),
        ...moment('was', event.data.previousDue.appointmentAt),
        ...reason(event.data.reasonCode),
        ...proposer(event.data.proposedBy),
      ];
    case 'dossier-escalated':
      return [
        { kind: 'word', label: 'of', word: event.data.of },
        person('responsible', event.data.responsible),
        person('told', event.data.addressee),
      ];
    case 'escalation-acknowledged':
      return [...moment('planned', event.data.plannedAt), ...reason(event.data.reasonCode)];
    case 'escalation-withdrawn':
      return text('rung', event.data.rung);
    case 'applicant-reminded':
      return moment('answer-due', event.data.answerDueAt);
    case 'apology-drafted':
      return [person('told', event.data.addressee), ...moment('was', event.data.appointmentAt)];
    case 'consent-presumed':
      return text('legal-basis', event.data.legalBasis);
    case 'dossier-processed':
      return [{ kind: 'word', label: 'result', word: event.data.result }];
    case 'dossier-returned':
      return [
        { kind: 'word', label: 'handed-to', word: event.data.to },
        { kind: 'word', label: 'proof', word: event.data.proof },
      ];
    case 'dossier-refused':
    case 'dossier-withdrawal-declined':
      return reason(event.data.reasonCode);
    case 'dossier-stopped':
      return [
        ...reason(event.data.reasonCode),
        ...text('legal-basis', event.data.legalBasis),
        ...proposer(event.data.proposedBy),
      ];
    case 'dossier-corrected':
      return [
        { kind: 'word', label: 'field', word: event.data.field },
        ...reason(event.data.reasonCode),
        ...proposer(event.data.proposedBy),
      ];
    case 'dossier-payment-cancelled':
      return [...reason(event.data.reasonCode), ...moment('appointment', event.data.deadlines.due.appointmentAt)];
    case 'attachment-added':
      return papers('papers', event.data.componentCode === null ? [] : [event.data.componentCode]);
    case 'attachment-withdrawn':
    case 'fee-cancelled':
      return reason(event.data.reasonCode);
    case 'fee-charged':
      return [money(event.data), ...text('legal-basis', event.data.legalBasis)];
    case 'fee-paid':
      return [fee(event.data), ...text('receipt', event.data.receiptNumber)];
    case 'fee-refunded':
      return [fee(event.data), ...reason(event.data.reasonCode)];
    case 'papers-checked':
      return (['present', 'missing'] as const).flatMap((state) =>
        papers(
          `papers-${state}`,
          event.data.papers.filter((one) => one.state === state).map(({ component }) => component),
        ),
      );
    case 'opinion-requested':
      return [person('asked', event.data.asked), ...moment('answer-due', event.data.dueAt)];
    case 'opinion-given':
      return [{ kind: 'word', label: 'outcome', word: event.data.outcome }, ...reason(event.data.reasonCode)];
    case 'opinion-presumed':
      return [person('asked', event.data.asked), ...text('legal-basis', event.data.legalBasis)];
    case 'hand-over-accepted':
    case 'dossier-withdrawal-requested':
    case 'dossier-withdrawn':
    case 'dossier-linked':
      return [];
  }
}

type Labelled<Kind extends StoryFact['kind']> = Extract<StoryFact, { kind: Kind; label: string }>;

function person(
  label: Labelled<'person'>['label'],
  { officialId, officeId }: { readonly officialId: string | null; readonly officeId: string },
): StoryFact {
  return { kind: 'person', label, officialId, officeId };
}

function papers(label: Labelled<'papers'>['label'], codes: readonly string[]): readonly StoryFact[] {
  return codes.length === 0 ? [] : [{ kind: 'papers', label, codes }];
}

/** Who proposed what the actor approved; older versions know of none. */
function proposer(holder: PostHolder | null | undefined): readonly StoryFact[] {
  return holder ? [person('proposed-by', holder)] : [];
}

/** Undefined where an older version of the event did not know it. */
type Said = string | null | undefined;

function reason(code: Said): readonly StoryFact[] {
  return code === null || code === undefined ? [] : [{ kind: 'reason', code }];
}

function moment(label: Labelled<'moment'>['label'], at: Said): readonly StoryFact[] {
  return at === null || at === undefined ? [] : [{ kind: 'moment', label, at }];
}

function text(label: Labelled<'text'>['label'], said: Said): readonly StoryFact[] {
  return said === null || said === undefined ? [] : [{ kind: 'text', label, text: said }];
}

function money({ amountMinor, currency }: { readonly amountMinor: number; readonly currency: string }): StoryFact {
  return { kind: 'money', amountMinor, currency };
}

function fee({ amountMinor, feeId }: { readonly amountMinor: number; readonly feeId: string }): StoryFact {
  return { kind: 'fee', amountMinor, feeId };
}
