import { alertsShown, holdersOfMany, isPast, rungWord, withTold, type Alert, type ToldAlerts } from './alert-list';

const nobody = { officialId: 'minh', postId: 'officer', officeId: 'land' };

function alert(seq: string, changes: Partial<Alert> = {}): Alert {
  return {
    seq,
    dossierId: `dossier-${seq}`,
    code: null,
    procedureCode: '1.001193',
    generation: 1,
    rung: 'appointment-due',
    of: 'appointmentAt',
    dueAt: '2026-11-26T02:00:00.000Z',
    ofDueAt: '2026-11-26T02:00:00.000Z',
    recordedAt: '2026-11-26T02:00:01.000Z',
    recordedBy: 'clock',
    responsible: nobody,
    addressee: nobody,
    state: 'open',
    ofCurrentSchedule: true,
    plannedAt: null,
    acknowledgedBy: null,
    mail: { state: 'pending', reason: null, sentAt: null },
    ...changes,
  };
}

const none: ToldAlerts = new Map();
const numbers = (alerts: readonly Alert[]) => alerts.map(({ seq }) => seq);

test('what is told live stands where its due instant puts it', () => {
  const read = [alert('1', { dueAt: '2026-11-26T01:00:00.000Z' }), alert('2', { dueAt: '2026-11-26T03:00:00.000Z' })];

  expect(numbers(alertsShown(read, withTold(none, alert('3'))))).toEqual(['1', '3', '2']);
});

test('of alerts due at one instant the older one comes first, whatever the length of its number', () => {
  expect(numbers(alertsShown([alert('10'), alert('9'), alert('11')], none))).toEqual(['9', '10', '11']);
});

test('an alert that is taken up while it is shown stays in its place and says so', () => {
  const taken = alert('1', { state: 'acknowledged', plannedAt: '2026-11-27T02:00:00.000Z' });
  const read = [alert('1'), alert('2')];

  expect(alertsShown(read, withTold(none, taken)).map(({ state }) => state)).toEqual(['acknowledged', 'open']);
  const toldBoth = withTold(withTold(none, alert('1')), taken);
  expect(alertsShown([], toldBoth)).toEqual([taken]);
});

test('an alert that was closed before anybody looked is not shown, and nothing is shown twice', () => {
  expect(alertsShown([], withTold(none, alert('1', { state: 'withdrawn' })))).toEqual([]);
  expect(numbers(alertsShown([alert('1')], withTold(none, alert('1'))))).toEqual(['1']);
});

test('a deadline has passed from its very instant on', () => {
  const at = Date.parse('2026-11-26T04:00:00.000Z');
  const warning = alert('1', { ofDueAt: '2026-11-26T04:00:00.000Z' });
  expect(isPast(warning, at)).toBe(true);
  expect(isPast(warning, at - 1)).toBe(false);
});

test('an alert told at its deadline is past it, however long ago the page looked at the clock', () => {
  const before = Date.parse('2026-11-26T01:59:00.000Z');
  expect(isPast(alert('1'), before)).toBe(true);
  expect(isPast(alert('1', { ofDueAt: null }), before)).toBe(true);
});

test('each broken promise is the same word with its number; other rungs are words of their own', () => {
  expect(rungWord('broken-promise-2')).toEqual({ word: 'broken-promise', number: 2 });
  expect(rungWord('legal-due')).toEqual({ word: 'legal-due', number: 1 });
});

test('whoever answers for three open alerts or more is named once, most first; what is taken up does not count', () => {
  const of = (officialId: string, count: number, changes: Partial<Alert> = {}) =>
    Array.from({ length: count }, (_, index) =>
      alert(`${officialId}${index}`, { responsible: { ...nobody, officialId }, ...changes }),
    );
  const alerts = [...of('minh', 3), ...of('son', 4), ...of('tuan', 2), ...of('tuan', 5, { state: 'acknowledged' })];
  expect(holdersOfMany(alerts)).toEqual([
    { officialId: 'son', count: 4 },
    { officialId: 'minh', count: 3 },
  ]);
});
