import { promiseMovesOf, type PromiseMove } from './index';
import { at, calendar, head, Life, procedure, right } from '../test/office';

const circular = ['Nghị định 118/2025/NĐ-CP', 'Thông tư 03/2025/TT-VPCP'];
const request = { name: 'request-supplement', reasonCode: 'missing', components: ['map'] } as const;
const supplement = { ...request, legalBasis: null, approvedBy: null };
const extend = { name: 'extend', reasonCode: 'survey', until: '2026-12-01', signedBy: 'hoa' } as const;

function told(moves: readonly PromiseMove[]): unknown[] {
  return moves.map(({ cause, from, to, letter, legalBasis }) => [cause, from, to, letter?.number ?? null, legalBasis]);
}

test('a date that nothing moved has no reason, whatever else happened', () => {
  const life = Life.submitted()
    .then(at('Mon', '10:00'), { name: 'accept', code: 'H41-261123-0002', holder: head })
    .then(at('Mon', '11:00'), { name: 'hand-over', to: head, step: 'examine' });

  expect(promiseMovesOf(life.facts, procedure)).toEqual([]);
});

test('a supplement and an extension name their letters and circular', () => {
  const { facts } = Life.received()
    .then(at('Mon', '10:00'), supplement)
    .then(at('Tue', '10:00'), { name: 'receive-supplement' })
    .then(at('Tue', '11:00'), { ...extend, legalBasis: null, approvedBy: null });

  expect(told(promiseMovesOf(facts, procedure))).toEqual([
    ['supplement', at('Wed', '08:00'), at('Thu', '08:00'), '02', circular],
    ['extension', at('Thu', '08:00'), '2026-12-01T10:30:00.000Z', '04', circular],
  ]);
});

test('where the limit counts anew after a supplement, it says so; under another procedure since, only that it stood still', () => {
  const restart = { ...procedure, serviceLevel: { ...procedure.serviceLevel, supplementMode: 'restart' as const } };
  const { facts } = Life.received(at('Mon', '08:00'), { procedure: restart })
    .then(at('Mon', '10:00'), supplement, { procedure: restart })
    .then(at('Tue', '10:00'), { name: 'receive-supplement' }, { procedure: restart });

  expect(promiseMovesOf(facts, restart)).toMatchObject([{ cause: 'supplement-restart' }]);
  expect(promiseMovesOf(facts, right)).toMatchObject([{ cause: 'supplement' }]);
});

test.each([
  ['payment', { name: 'request-payment', amountMinor: 1, currency: 'VND' }, { name: 'receive-payment' }],
  ['other-body', { name: 'suspend', reasonCode: 'opinion' }, { name: 'resume' }],
  ['withdrawal', { name: 'request-withdrawal' }, { name: 'decline-withdrawal', reasonCode: 'decided' }],
] as const)('the wait for %s moved it, and no letter is named that nobody wrote', (cause, stop, go) => {
  const { facts } = Life.received().then(at('Mon', '10:00'), stop).then(at('Tue', '10:00'), go);

  expect(told(promiseMovesOf(facts, procedure))).toEqual([[cause, at('Wed', '08:00'), at('Thu', '08:00'), null, []]]);
});

test('a decree that changed the calendar is named as whoever decided it cited it', () => {
  const name = { vi: 'Nghỉ bù', en: 'Day off', de: 'Frei' };
  const off = { date: '2026-11-24', kind: 'holiday', hoursOf: null, open: null, name, legalBasis: 'Decree' } as const;
  const presentCalendar = { ...calendar, version: '2', days: [off] };
  const recompute = { name: 'recompute', operationId: 'o', legalBasis: 'Quyết định 12/QĐ-UBND' } as const;
  const { facts } = Life.received().then(at('Mon', '10:00'), recompute, { presentCalendar });

  expect(told(promiseMovesOf(facts, procedure))).toEqual([
    ['calendar', at('Wed', '08:00'), at('Thu', '08:00'), null, ['Quyết định 12/QĐ-UBND']],
  ]);
});

test('under the right procedure it rests on what that one does', () => {
  const rebind = { name: 'rebind', reasonCode: 'wrong', procedure: right } as const;
  const { facts } = Life.received().then(at('Mon', '10:00'), rebind);

  expect(promiseMovesOf(facts, right)).toMatchObject([
    { cause: 'procedure', from: at('Wed', '08:00'), legalBasis: [] },
  ]);
});
