import { addsUp, balancesOf, officesUnder, type Figures } from './figures';

const figures: Figures = {
  officeId: null,
  from: '2026-10-31T17:00:00.000Z',
  until: '2026-11-26T02:00:00.000Z',
  received: { total: 12, online: 3, inPerson: 7, carriedOver: 2 },
  settled: { total: 7, early: 4, onTime: 2, late: 1 },
  pending: { total: 5, within: 4, overdue: 1 },
  rates: [],
  notCounted: 0,
  groups: [],
};

test('each balance is shown with what it is the sum of', () => {
  expect(
    balancesOf(figures).map(({ name, number, parts }) => [name, number, parts.map((part) => part.number)]),
  ).toEqual([
    ['received', 12, [3, 7, 2]],
    ['settled', 7, [4, 2, 1]],
    ['pending', 5, [4, 1]],
    ['balance', 12, [7, 5]],
  ]);
  expect(balancesOf(figures).every(addsUp)).toBe(true);
});

test('a balance that does not add up is told from one that does', () => {
  const lines = balancesOf({ ...figures, pending: { total: 6, within: 4, overdue: 1 } });
  expect(lines.filter((line) => !addsUp(line)).map(({ name }) => name)).toEqual(['pending', 'balance']);
});

test('a head asks by their own office and all below it, an auditor by any', () => {
  const offices = [
    { id: 'province', parentId: null },
    { id: 'commune', parentId: 'province' },
    { id: 'land', parentId: 'commune' },
    { id: 'other', parentId: 'province' },
  ];
  expect(officesUnder(offices, 'commune').map(({ id }) => id)).toEqual(['commune', 'land']);
  expect(officesUnder(offices, null)).toBe(offices);
});
