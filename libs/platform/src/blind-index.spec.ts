import { createSecretKey } from 'node:crypto';
import { blindMark, derivedKey } from './blind-index';

const key = createSecretKey(Buffer.alloc(32, 7));

test('a mark is the HMAC-SHA-256 of RFC 4231, test case 2', () => {
  const jefe = createSecretKey(Buffer.from('Jefe'));

  expect(blindMark(jefe, 'what do ya want for nothing?').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

test('a derived key is the same each time, and another for another purpose or from another key', () => {
  const index = derivedKey(key, 'applicant index');

  expect(derivedKey(key, 'applicant index').equals(index)).toBe(true);
  expect(index.equals(key)).toBe(false);
  expect(derivedKey(key, 'something else').equals(index)).toBe(false);
  expect(derivedKey(createSecretKey(Buffer.alloc(32, 8)), 'applicant index').equals(index)).toBe(false);
});
