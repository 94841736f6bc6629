import type { DossierEvent, Recorder } from '#contracts';
import { mustTell, tellUpTo } from './telling';

function event(sequence: number, type: DossierEvent['type'], nextRungAt?: string): DossierEvent {
  return { sequence, type, ...(nextRungAt && { nextrungat: nextRungAt }) } as DossierEvent;
}

function rang(recordedBy: Recorder): DossierEvent {
  return { ...event(2, 'dossier-escalated', friday), data: { recordedBy } } as DossierEvent;
}

const monday = '2026-11-23T01:00:00.000Z';
const friday = '2026-11-27T01:00:00.000Z';

test.each<[string, string | null, DossierEvent, boolean]>([
  ['the first rung of all', null, event(1, 'dossier-received', friday), true],
  ['a rung that comes nearer', friday, event(2, 'dossier-handed-over', monday), true],
  ['the same next rung', friday, event(2, 'dossier-handed-over', friday), false],
  ['a later next rung', monday, event(2, 'dossier-extended', friday), false],
  ['no rung any more', monday, event(2, 'dossier-suspended'), false],
  ['the clock running again', null, event(3, 'dossier-resumed', friday), true],
  ['an end', friday, event(2, 'dossier-returned'), true],
  ['a rung that the clock had recorded', monday, rang('clock'), false],
  ['a rung that a command recorded', monday, rang('command'), false],
  ['a rung that only the watchdog recorded', monday, rang('watchdog'), true],
])('%s', (_, before, what, expected) => {
  expect(mustTell(before, what)).toBe(expected);
});

test('of several events the last that must be told counts, and what follows waits', () => {
  const events = [
    event(1, 'dossier-received', friday),
    event(2, 'dossier-suspended'),
    event(3, 'dossier-resumed', monday),
    event(4, 'dossier-extended', friday),
  ];

  expect(tellUpTo(null, events)).toBe(3);
  expect(tellUpTo(friday, events.slice(1, 2))).toBeNull();
});
