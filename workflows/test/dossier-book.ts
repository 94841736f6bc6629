import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import {
  dataSchemaOf,
  type ActingRung,
  type CloudEvent,
  type Deadlines,
  type DossierEvent,
  type DossierEventData,
  type DossierEventType,
  type Holding,
  type JournalEntry,
  type PostHolder,
  type Rung,
  type SilenceRung,
  type TellingRung,
} from '#contracts';
import { newWatch, nextRung, watchAfter } from '../src/watch';

/** A clerk, and who holds dossiers in these tests. */
export const lan: PostHolder = { officialId: 'lan', postId: 'clerk', officeId: 'vinh-desk' };
export const minh: PostHolder = { officialId: 'minh', postId: 'surveyor', officeId: 'vinh-land' };

/** A rung that tells the head, `wakeAt` as in production: its own instant. */
export function rung(name: string, dueAt: string, change: Partial<TellingRung> = {}): TellingRung {
  return { name, of: 'legalDueAt', dueAt, wakeAt: dueAt, tell: 'head-of-office', ...change };
}

/** A rung at which the rule acts on the answer that is awaited. */
export function ruleAct(name: string, dueAt: string, act: ActingRung['act']): ActingRung {
  return { name, of: 'answerDueAt', dueAt, wakeAt: dueAt, act };
}

/** The silence of a body that was asked for this opinion, and the instant at which it is consent. */
export function silence(opinionId: string, dueAt: string): SilenceRung {
  return { name: 'opinion-1-silence', opinionId, act: 'presume-opinion', dueAt, wakeAt: dueAt };
}

/** Deadlines that hold a ladder: the legal instant is the last rung's. */
export function deadlines(generation: number, ...rungs: readonly Rung[]): Deadlines {
  const due = { acceptanceDueAt: null, stepDueAt: null, appointmentAt: null, legalDueAt: rungs.at(-1)?.dueAt ?? null };
  return { due, calendar: 'vn/1', schedule: { generation, rungs } };
}

/**
 * The journal of one dossier, written entry by entry with the envelope, hashes and `nextrungat` that `desk` gives: what tests
 * and recordings tell the workflow. Nothing checks that the events may follow one another.
 */
export class DossierBook {
  readonly entries: JournalEntry[] = [];
  private watch;

  constructor(
    readonly dossierId: string,
    readonly startsAt: string = '2026-11-23T01:00:00.000Z',
  ) {
    this.watch = newWatch(dossierId);
  }

  /** The next entry: the type's usual data with these changes; a minute after the entry before unless told when. */
  write<Type extends DossierEventType>(
    type: Type,
    change: Partial<DossierEventData[Type]> = {},
    time: string = minutesAfter(this.startsAt, this.entries.length),
  ): JournalEntry {
    const sequence = this.entries.length + 1;
    const previous = this.entries.at(-1);
    const event: CloudEvent<Type, DossierEventData[Type]> = {
      specversion: '1.0',
      id: `01932c8e-7c00-7000-8000-${sequence.toString(16).padStart(12, '0')}`,
      source: '/motcua/desk',
      type,
      subject: this.dossierId,
      time,
      datacontenttype: 'application/json',
      dataschema: dataSchemaOf(type),
      sequence,
      recordedat: time,
      ...(previous && { previoushash: previous.hash }),
      data: { ...usual(type, time), ...change },
    };
    return this.enter(event as DossierEvent);
  }

  /** The entries after a sequence, oldest first. */
  after(sequence: number): readonly JournalEntry[] {
    return this.entries.slice(sequence);
  }

  private enter(event: DossierEvent): JournalEntry {
    this.watch = watchAfter(this.watch, [{ event, hash: '' }]).watch;
    const nextRungAt = nextRung(this.watch)?.dueAt;
    const told = nextRungAt === undefined ? event : { ...event, nextrungat: nextRungAt };
    const entry = entryOf(told);
    this.entries.push(entry);
    return entry;
  }
}

/** The journal entry of an event, with the hash of its bytes. */
export function entryOf(event: DossierEvent): JournalEntry {
  return { event, hash: createHash('sha256').update(bodyOf(event)).digest('hex') };
}

/** The bytes of an event, as journalled and as told. */
export function bodyOf(event: DossierEvent): string {
  return canonicalize(event) ?? '';
}

/** An instant so many minutes after another. */
export function minutesAfter(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}

/** What an event of the type usually says. */
function usual<Type extends DossierEventType>(type: Type, time: string): DossierEventData[Type] {
  const released: Holding = { ...lan, from: time, until: time, workingMs: 0 };
  const addressee = { officialId: 'huong', postId: 'head', officeId: 'vinh-land' };
  const exception = { legalBasis: null, approvedBy: null };
  const offices = { officeId: 'vinh-desk', helpedByOfficeId: null, decidingOfficeId: 'vinh-land' };
  const receipt = { procedureCode: '1.004203', procedureVersion: 1, ...offices, holder: lan };
  const none = deadlines(1);
  const unlimited = { answerDueAt: null, deadlines: null };
  const service = { officialId: 'service:clock', postId: 'service:clock', officeId: 'service:clock' };
  const acted = { actor: service, generation: 1, rung: 'late', recordedBy: 'clock' } as const;
  const feeId = '01932c8e-7c00-7000-8000-0000000000fe';
  const opinionId = '01932c8e-7c00-7000-8000-0000000000cc';
  const data: DossierEventData = {
    'dossier-submitted': { actor: lan, ...receipt, channel: 'online', deadlines: none },
    'dossier-received': {
      actor: lan,
      ...receipt,
      code: 'H41.16-261123-0001',
      channel: 'desk',
      clockStartedAt: time,
      clockStops: [],
      released: null,
      successorOf: null,
      takenOver: false,
      takenOverFrom: null,
      answerDueAt: null,
      stoppedRungs: [],
      deadlines: none,
    },
    'dossier-refused': { actor: lan, reasonCode: 'not-ours', released },
    'dossier-reassigned': {
      actor: lan,
      proposedBy: null,
      released,
      to: minh,
      reasonCode: 'on-leave',
      operationId: null,
    },
    'dossier-handed-over': { actor: lan, released, to: minh, step: null, awaitsAcceptance: true, deadlines: null },
    'hand-over-accepted': { actor: minh },
    'hand-over-sent-back': { actor: minh, reasonCode: 'not-ours', released, to: lan, deadlines: null },
    'dossier-supplement-requested': {
      actor: lan,
      reasonCode: 'missing',
      components: ['map'],
      ...exception,
      ...unlimited,
    },
    'dossier-supplement-received': { actor: lan, deadlines: none },
    'dossier-payment-requested': { actor: lan, amountMinor: 15_000, currency: 'VND', ...unlimited },
    'dossier-payment-received': { actor: lan, deadlines: none },
    'dossier-payment-cancelled': { actor: lan, deadlines: none, reasonCode: 'charged-in-error' },
    'dossier-suspended': { actor: lan, reasonCode: 'other-body', ...unlimited },
    'dossier-resumed': { actor: lan, deadlines: none },
    'dossier-extended': {
      actor: lan,
      proposedBy: null,
      reasonCode: 'survey',
      previousAppointmentAt: time,
      appointmentAt: time,
      signedBy: 'huong',
      ...exception,
      deadlines: none,
    },
    'dossier-recomputed': {
      actor: lan,
      operationId: '01932c8e-7c00-7000-8000-0000000000bb',
      legalBasis: 'Decree',
      previousCalendar: 'vinh/1',
      previousDue: none.due,
      deadlines: none,
    },
    'dossier-rebound': {
      actor: lan,
      proposedBy: null,
      reasonCode: 'wrong-procedure',
      previousProcedureCode: receipt.procedureCode,
      previousProcedureVersion: 1,
      previousDue: none.due,
      procedureCode: '1.005129',
      procedureVersion: 1,
      firstDue: none.due,
      due: none.due,
      deadlines: null,
    },
    'dossier-escalated': {
      ...acted,
      of: 'legalDueAt',
      responsible: lan,
      addressee,
    },
    'applicant-reminded': { ...acted, answerDueAt: time },
    'apology-drafted': { ...acted, appointmentAt: time, responsible: lan, addressee },
    'consent-presumed': { ...acted, legalBasis: 'law', deadlines: none },
    'escalation-acknowledged': {
      actor: lan,
      generation: 1,
      rung: 'late',
      plannedAt: time,
      reasonCode: 'survey',
      promise: null,
    },
    'escalation-withdrawn': { actor: lan, generation: 1, rung: 'late', reason: 'answered' },
    'dossier-withdrawal-requested': { actor: lan },
    'dossier-withdrawal-declined': { actor: lan, reasonCode: 'fraud', deadlines: null },
    'dossier-processed': { actor: lan, result: 'granted' },
    'dossier-returned': { actor: lan, to: 'applicant', proof: 'signature', released },
    'dossier-withdrawn': { actor: lan, released },
    'dossier-stopped': {
      actor: lan,
      proposedBy: null,
      reasonCode: 'applicant-silent',
      legalBasis: null,
      released,
    },
    'opinion-requested': {
      actor: lan,
      opinionId,
      asked: minh,
      dueAt: minutesAfter(time, 600),
      questionCode: 'land-tax',
      legalBasis: 'Decree',
      onSilence: 'consent',
      silence: silence(opinionId, minutesAfter(time, 600)),
    },
    'opinion-given': { actor: minh, opinionId, outcome: 'consent', reasonCode: null },
    'opinion-presumed': { actor: lan, opinionId, asked: minh, legalBasis: 'Decree', recordedBy: 'command' },
    'dossier-corrected': {
      actor: lan,
      proposedBy: null,
      field: 'applicant.phone',
      oldValue: null,
      newValue: null,
      eForm: null,
      reasonCode: 'typo',
    },
    'fee-charged': {
      actor: lan,
      feeId,
      amountMinor: 15_000,
      currency: 'VND',
      basis: 'issue',
      legalBasis: 'law',
      collectedAt: 'acceptance',
    },
    'fee-paid': { actor: lan, feeId, amountMinor: 15_000, receiptNumber: '1', method: 'cash' },
    'papers-checked': {
      actor: lan,
      papers: [{ component: 'map', state: 'present', originals: 1, copies: 0 }],
    },
    'dossier-linked': { actor: lan, kind: 'group', otherDossierId: opinionId },
    'attachment-added': {
      actor: lan,
      attachmentId: opinionId,
      componentCode: null,
      mediaType: 'application/pdf',
      bytes: 1_024,
      sha256: 'a'.repeat(64),
    },
    'attachment-withdrawn': { actor: lan, attachmentId: opinionId, reasonCode: 'wrong-file' },
    'fee-cancelled': { actor: lan, feeId, reasonCode: 'charged-in-error' },
    'fee-refunded': { actor: lan, feeId, amountMinor: 15_000, reasonCode: 'withdrawal-confirmed' },
  };
  return data[type];
}
