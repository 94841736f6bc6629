import {
  dataSchemaOf,
  type Deadlines,
  type DossierEvent,
  type DossierEventData,
  type DossierEventType,
  type PostHolder,
} from '#contracts';
import type { StreamEntry } from '#messaging';
import { canonicalJson, sha256Hex } from '#platform';

export const dossierId = '01932c8e-7c00-7000-8000-0000000000aa';

/** The official who handles the dossier, the one who takes it over, and the head who is told. */
export const lan: PostHolder = { officialId: 'lan', postId: 'vinh-expert', officeId: 'vinh' };
export const minh: PostHolder = { officialId: 'minh', postId: 'vinh-expert-2', officeId: 'vinh' };
export const hoa: PostHolder = { officialId: 'hoa', postId: 'vinh-head', officeId: 'vinh' };
const clock: PostHolder = { officialId: 'service:clock', postId: 'service:clock', officeId: 'service:clock' };

/** The legal limit of generation 1, and its first rung: nine in the morning after, Hanoi time. */
export const legalDueAt = '2026-11-25T10:00:00.000Z';
export const overdueAt = '2026-11-26T02:00:00.000Z';

/** The events of one dossier in the order they are built: sequences 1, 2, 3 ... */
export function history(id = dossierId) {
  let sequence = 0;
  let previous: string | null = null;
  const next = <Type extends DossierEventType>(
    type: Type,
    data: DossierEventData[Type],
    time = overdueAt,
  ): DossierEvent => {
    sequence += 1;
    const event = {
      specversion: '1.0',
      id: `01932c8e-7c00-7000-8000-${sequence.toString(16).padStart(12, '0')}`,
      source: '/motcua/desk',
      type,
      subject: id,
      time,
      datacontenttype: 'application/json',
      dataschema: dataSchemaOf(type),
      sequence,
      recordedat: '2026-11-26T02:00:01.000Z',
      ...(previous !== null && { previoushash: previous }),
      data,
    } as unknown as DossierEvent;
    previous = entryOf(event).hash;
    return event;
  };
  return {
    submitted: () =>
      next('dossier-submitted', {
        actor: lan,
        procedureCode: '1.004194',
        procedureVersion: 1,
        officeId: 'vinh',
        helpedByOfficeId: null,
        decidingOfficeId: 'vinh',
        channel: 'online',
        holder: lan,
        deadlines: deadlines(1),
      }),
    received: (code = 'H41.16-261123-0001', generation = 1) =>
      next('dossier-received', {
        actor: lan,
        code,
        procedureCode: '1.004194',
        procedureVersion: 1,
        officeId: 'vinh',
        helpedByOfficeId: null,
        decidingOfficeId: 'vinh',
        channel: 'desk',
        holder: lan,
        clockStartedAt: '2026-11-23T02:00:00.000Z',
        clockStops: [],
        successorOf: null,
        takenOver: false,
        takenOverFrom: null,
        answerDueAt: null,
        stoppedRungs: [],
        released: null,
        deadlines: deadlines(generation),
      }),
    escalated: (change: Partial<DossierEventData['dossier-escalated']> = {}, dueAt = overdueAt) =>
      next(
        'dossier-escalated',
        {
          actor: clock,
          generation: 1,
          rung: 'overdue',
          of: 'legalDueAt',
          responsible: lan,
          addressee: hoa,
          recordedBy: 'clock',
          ...change,
        },
        dueAt,
      ),
    acknowledged: (change: Partial<DossierEventData['escalation-acknowledged']> = {}) =>
      next('escalation-acknowledged', {
        actor: hoa,
        generation: 1,
        rung: 'overdue',
        plannedAt: '2026-11-27T10:00:00.000Z',
        reasonCode: 'survey',
        promise: null,
        ...change,
      }),
    withdrawn: (change: Partial<DossierEventData['escalation-withdrawn']> = {}) =>
      next('escalation-withdrawn', { actor: clock, generation: 1, rung: 'overdue', reason: 'answered', ...change }),
    extended: (generation: number) =>
      next('dossier-extended', {
        actor: hoa,
        proposedBy: null,
        reasonCode: 'other-body-late',
        previousAppointmentAt: legalDueAt,
        appointmentAt: '2026-12-02T10:00:00.000Z',
        signedBy: 'hoa',
        legalBasis: null,
        approvedBy: null,
        deadlines: deadlines(generation),
      }),
    rebound: (generation: number | null) =>
      next('dossier-rebound', {
        actor: hoa,
        proposedBy: null,
        reasonCode: 'wrong-procedure',
        previousProcedureCode: '1.004194',
        previousProcedureVersion: 1,
        previousDue: deadlines(1).due,
        procedureCode: '1.012786',
        procedureVersion: 2,
        firstDue: deadlines(1).due,
        due: deadlines(1).due,
        deadlines: generation === null ? null : deadlines(generation),
      }),
    processed: () => next('dossier-processed', { actor: lan, result: 'granted' }),
    returned: () =>
      next('dossier-returned', {
        actor: lan,
        to: 'applicant',
        proof: 'signature',
        released: { ...lan, from: '2026-11-23T02:00:00.000Z', until: overdueAt, workingMs: 3_600_000 },
      }),
  };
}

/** The event as the journal holds it. */
export function entryOf(event: DossierEvent): StreamEntry {
  const body = canonicalJson(event);
  return { stream: event.subject, sequence: event.sequence, hash: sha256Hex(body), body };
}

function deadlines(generation: number): Deadlines {
  const due = { acceptanceDueAt: null, stepDueAt: null, appointmentAt: legalDueAt, legalDueAt };
  return { due, calendar: 'vn/2026', schedule: { generation, rungs: [] } };
}
