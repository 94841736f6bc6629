import { languageAsked, signInWords } from './words';

test.each([
  [undefined, 'vi'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['fr, en;q=0.3, vi;q=0.7', 'vi'],
  ['fr', 'vi'],
  ['EN-gb', 'en'],
] as const)('who asks for %s is spoken to in %s', (accepted, language) => {
  expect(languageAsked(accepted)).toBe(language);
});

test('nothing is left untranslated', () => {
  const { vi, en, de } = signInWords;
  for (const words of [en, de]) {
    expect(Object.keys(words)).toEqual(Object.keys(vi));
    expect(Object.values(words).every((text) => text.trim() !== '')).toBe(true);
  }
});
