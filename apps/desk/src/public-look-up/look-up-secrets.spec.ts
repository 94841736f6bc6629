import { createSecretKey } from 'node:crypto';
import { LookUpSecrets } from './look-up-secrets';

const secrets = new LookUpSecrets(createSecretKey(Buffer.alloc(32, 7)));
const one = '0192f3c4-0000-7000-8000-000000000001';
const other = '0192f3c4-0000-7000-8000-000000000002';

test('a dossier has one secret of eight signs that nobody mistakes, and another dossier has another', () => {
  expect(secrets.of(one)).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  expect(secrets.of(one)).toBe(secrets.of(one));
  expect(secrets.of(one)).not.toBe(secrets.of(other));
});

test('another key makes other secrets', () => {
  expect(new LookUpSecrets(createSecretKey(Buffer.alloc(32, 8))).of(one)).not.toBe(secrets.of(one));
});

test('it is known again in small letters, in groups, and with O for 0 or L for 1', () => {
  for (let number = 0; number < 200; number += 1) {
    const id = `0192f3c4-0000-7000-8000-${String(number).padStart(12, '0')}`;
    const secret = secrets.of(id);
    expect(secrets.isOf(id, ` ${secret.slice(0, 4)}-${secret.slice(4)} `.toLowerCase())).toBe(true);
    expect(secrets.isOf(id, secret.replace(/0/g, 'o').replace(/1/g, 'l'))).toBe(true);
  }
});

test.each(['', 'ABCDEFGH', '00000000', 'đđđđđđđđ'])('%j is nobody’s', (said) => {
  expect(secrets.isOf(one, said)).toBe(false);
});

test('the secret and something more, or less, is not the secret', () => {
  expect(secrets.isOf(one, `${secrets.of(one)}0`)).toBe(false);
  expect(secrets.isOf(one, secrets.of(one).slice(1))).toBe(false);
});
