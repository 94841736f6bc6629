import { foldedName } from './user-name';

test.each([
  ['Dũng', ' DU\u0303NG '],
  ['đức.ngô', 'Đức.Ngô'],
  ['lan', '\uff2c\uff41\uff4e'],
  ['dung', '\u00a0Dung\t'],
])('%s is one name, however it is typed', (one, other) => {
  expect(foldedName(other)).toBe(foldedName(one));
});

test('signs that make another name stay', () => {
  expect(foldedName('dũng')).not.toBe(foldedName('dung'));
});
