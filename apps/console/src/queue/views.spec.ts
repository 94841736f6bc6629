import { asOfNow, filtersOf, newSince, viewOf } from './views';

test('an address names a view; one that names none shows the own work', () => {
  expect(viewOf({ q: 'unit' })).toBe('unit');
  expect(viewOf({})).toBe('mine');
  expect(viewOf({ q: 'everything' })).toBe('mine');
});

test('what desk does not know and what is empty is not asked for', () => {
  expect(filtersOf({ q: 'all', state: 'late', procedure: ' 1.001193 ', holder: '', colour: 'red' })).toEqual({
    state: 'late',
    procedure: '1.001193',
  });
  expect(filtersOf({ state: 'purple', answered: 'maybe', dueFrom: 'soon' })).toEqual({});
  expect(filtersOf({ answered: 'true' })).toEqual({ answered: 'true' });
});

const rows = (...ids: string[]) => ids.map((dossierId) => ({ dossierId }));

test('new are those that the reader has not seen, not those that only moved', () => {
  const shown = { ids: new Set(['a', 'b']), all: 2 };
  expect(newSince(shown, { rows: rows('b', 'a'), counts: { all: 2 } })).toBe(0);
  expect(newSince(shown, { rows: rows('b', 'c', 'a'), counts: { all: 3 } })).toBe(1);
});

test('a new one far down the list counts too, and fewer than before is not news', () => {
  const shown = { ids: new Set(['a']), all: 900 };
  expect(newSince(shown, { rows: rows('a'), counts: { all: 903 } })).toBe(3);
  expect(newSince(shown, { rows: rows('a'), counts: { all: 800 } })).toBe(0);
});

test('what is shown is brought up to date where it stands', () => {
  const row = (dossierId: string, state: string) => ({ dossierId, state });
  const shown = [row('a', 'on-time'), row('b', 'on-time')];
  expect(asOfNow(shown, [row('c', 'late'), row('b', 'late')])).toEqual([row('a', 'on-time'), row('b', 'late')]);
});
