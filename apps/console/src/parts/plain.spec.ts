import { plain } from './plain';

test.each([
  ['Vietnamese marks', 'Nguyễn Thị Hương', 'nguyen thi huong'],
  ['the letter đ', 'Đỗ Đức Định', 'do duc dinh'],
  ['combining signs', 'kết hôn'.normalize('NFD'), 'ket hon'],
  ['what belongs to other languages', 'Müller', 'muller'],
])('a text is compared without %s', (_, text, expected) => {
  expect(plain(text)).toBe(expected);
});
