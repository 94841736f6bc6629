import { languages } from '#contracts';
import { statuses } from '#domain';
import { trackWords } from './words';

test.each(languages)('in %s every state that a dossier can be in has words', (language) => {
  expect(Object.keys(trackWords[language].status).sort()).toEqual([...statuses].sort());
});

test('the languages say the same things, each in its own words', () => {
  const keys = languages.map((language) => Object.keys(trackWords[language]).sort());
  const texts = languages.map((language) =>
    Object.values(trackWords[language]).filter((word) => typeof word === 'string'),
  );

  expect(keys).toEqual(keys.map(() => keys[0]));
  expect(texts.flat().filter((text) => text.trim() === '')).toEqual([]);
  expect(new Set(texts.flat().filter((text) => text !== '')).size).toBe(texts.flat().length);
});
