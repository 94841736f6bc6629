import { isMet, median, quantile, ratioOf, type Line } from './figures';

function line(values: Partial<Line>): Line {
  return { part: 'a', what: 'x', unit: 'ms', ours: 10, reference: 4, aim: null, ...values };
}

test('a quantile is a value that was measured', () => {
  const values = [5, 1, 4, 2, 3];

  expect(median(values)).toBe(3);
  expect(quantile(values, 0.99)).toBe(5);
  expect(quantile(values, 0)).toBe(1);
  expect(() => median([])).toThrow('No value was measured.');
});

test.each([
  ['at most so many times the reference', line({ aim: { of: 'ratio', atMost: 2.5 } }), true],
  ['more than that', line({ aim: { of: 'ratio', atMost: 2.4 } }), false],
  ['at least so many times the reference', line({ aim: { of: 'ratio', atLeast: 2.5 } }), true],
  ['our own figure, whatever the reference', line({ aim: { of: 'ours', atMost: 9 } }), false],
  ['a ratio to nothing', line({ reference: null, aim: { of: 'ratio', atMost: 5 } }), false],
  ['no aim', line({}), null],
])('an aim is met or not: %s', (_, measured, expected) => {
  expect(isMet(measured)).toBe(expected);
});

test('there is no ratio to a reference of zero', () => {
  expect(ratioOf(line({ reference: 0 }))).toBeNull();
});
