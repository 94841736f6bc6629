import { compared, comparisonTable, differs } from './comparison';
import type { Figures } from './figures';

function figures(changed: Partial<Figures> = {}): Figures {
  return {
    received: 10,
    settled: 8,
    open: 2,
    refusedEnds: 0,
    handOvers: 5,
    appointment: { early: 3, onTime: 2, late: 3 },
    legal: { early: 6, onTime: 1, late: 1 },
    appointmentEscalations: 4,
    legalEscalations: 2,
    lateByResponsible: new Map([['Anna', 3]]),
    lateByHolder: new Map(['Anna', 'Bram', 'Carla', 'Dirk', 'Emma', 'Fred'].map((name, index) => [name, 9 - index])),
    ...changed,
  };
}

test('equal figures differ nowhere, and officials beyond the first five are only counted', () => {
  const all = compared(figures(), figures());

  expect(all.filter(differs)).toEqual([]);
  expect(comparisonTable(all)).not.toContain('Fred');
  expect(comparisonTable(all)).toContain('(1 more officials, all equal)');
});

test.each<[string, Partial<Figures>]>([
  ['received', { received: 9 }],
  ['against the legal limit: on time', { legal: { early: 6, onTime: 2, late: 1 } }],
  ['escalations at the appointment', { appointmentEscalations: 5 }],
  [
    'late, responsible at intake: Bram',
    {
      lateByResponsible: new Map([
        ['Anna', 3],
        ['Bram', 1],
      ]),
    },
  ],
])('a difference in "%s" is found and shown', (name, changed) => {
  const all = compared(figures(changed), figures());

  expect(all.filter(differs)).toMatchObject([{ name }]);
  expect(comparisonTable(all)).toMatch(new RegExp(`${name} .*DIFFERS`));
});

test('an official only one side knows is shown, however few dossiers it is about', () => {
  const engine = figures({ lateByHolder: new Map([...figures().lateByHolder, ['Gert', 1]]) });

  expect(comparisonTable(compared(engine, figures()))).toMatch(/Gert +1 +0 +DIFFERS/);
});
