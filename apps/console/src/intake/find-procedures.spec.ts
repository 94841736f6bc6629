import { proceduresFound } from './find-procedures';

const named = (code: string, vi: string, en: string) => ({ code, names: { vi, en, de: en } });
const birth = named('1.001193', 'Đăng ký khai sinh', 'Birth registration');
const marriage = named('1.000894', 'Đăng ký kết hôn', 'Marriage registration');
const land = named('1.012786', 'Đăng ký biến động quyền sử dụng đất', 'Land use change');
const all = [land, marriage, birth];
const codes = (text: string, language: 'vi' | 'en' = 'vi') =>
  proceduresFound(all, text, ({ names }) => names[language], language).map(({ code }) => code);

test.each([
  ['the first letters of its words', 'dkks', [birth.code]],
  ['its code', '1.0127', [land.code]],
  ['words in any order, without marks', 'hon dang', [marriage.code]],
  ['words with their marks', 'khai sinh', [birth.code]],
  ['capitals', 'ĐẤT', [land.code]],
  ['what is in none of them', 'xyz', []],
])('a procedure is found by %s', (_, text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test('without text all are there, by their names in the language', () => {
  expect(codes('', 'vi')).toHaveLength(3);
  expect(codes('', 'en')).toEqual([birth.code, land.code, marriage.code]);
});

test('marks typed as combining signs are the same as composed ones', () => {
  expect(codes('khai sinh'.normalize('NFD'))).toEqual([birth.code]);
  expect(codes('kết hôn'.normalize('NFD'))).toEqual([marriage.code]);
});
