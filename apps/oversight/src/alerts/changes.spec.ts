import { dossierId, hoa, history, lan, legalDueAt, overdueAt } from '../../test/events';
import { changesBy } from './changes';

test('a receipt makes the dossier known with its code and its due instants', () => {
  expect(changesBy(history().received())).toEqual([
    {
      kind: 'dossier-known',
      code: 'H41.16-261123-0001',
      procedureCode: '1.004194',
      generation: 1,
      due: { acceptanceDueAt: null, stepDueAt: null, appointmentAt: legalDueAt, legalDueAt },
    },
  ]);
});

test('an online submission is known before it has a code', () => {
  expect(changesBy(history().submitted())).toMatchObject([{ kind: 'dossier-known', code: null }]);
});

test('an escalation becomes an alert that names who was responsible and who is told, at the instant of its rung', () => {
  expect(changesBy(history(dossierId).escalated())).toEqual([
    {
      kind: 'alert-recorded',
      alert: {
        generation: 1,
        rung: 'overdue',
        of: 'legalDueAt',
        responsible: lan,
        addressee: hoa,
        recordedBy: 'clock',
        dueAt: overdueAt,
        recordedAt: '2026-11-26T02:00:01.000Z',
      },
    },
  ]);
});

test('an acknowledgement is of the whole generation, with the planned date and the person', () => {
  expect(changesBy(history().acknowledged({ generation: 3 }))).toEqual([
    { kind: 'generation-acknowledged', generation: 3, plannedAt: '2026-11-27T10:00:00.000Z', by: hoa },
  ]);
});

test.each(['answered', 'holder-changed'] as const)('an alert is withdrawn by its rung, whether %s', (reason) => {
  expect(changesBy(history().withdrawn({ reason }))).toEqual([
    { kind: 'alert-withdrawn', generation: 1, rung: 'overdue' },
  ]);
});

test('an extension puts a new schedule in force and touches no alert', () => {
  expect(changesBy(history().extended(2))).toMatchObject([{ kind: 'schedule-changed', generation: 2 }]);
});

test('a dossier put under the right procedure is of that one, with its schedule unless the clock stands still', () => {
  const changed = { kind: 'procedure-changed', procedureCode: '1.012786' };

  expect(changesBy(history().rebound(2))).toMatchObject([changed, { kind: 'schedule-changed', generation: 2 }]);
  expect(changesBy(history().rebound(null))).toEqual([changed]);
});

test('a return ends the dossier; that it was processed changes nothing here', () => {
  const events = history();

  expect(changesBy(events.processed())).toEqual([]);
  expect(changesBy(events.returned())).toEqual([{ kind: 'dossier-ended', endedAt: overdueAt }]);
});
