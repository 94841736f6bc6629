import { lookUpAddress } from './look-up-address';

const key = { code: 'H41.85-261127-0001', secret: 'ABCD1234' };

test('the code to scan leads to the citizen’s page, with what opens it', () => {
  expect(lookUpAddress('https://motcua.example', key)).toBe(
    'https://motcua.example/track?c=H41.85-261127-0001&s=ABCD1234',
  );
});

test('without such a page it says the dossier’s code alone, and nothing where there is none', () => {
  expect(lookUpAddress(undefined, key)).toBe('H41.85-261127-0001');
  expect(lookUpAddress('https://motcua.example', null)).toBeNull();
});
