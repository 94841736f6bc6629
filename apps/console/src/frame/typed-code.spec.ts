import { typedCode } from './typed-code';

test.each([
  ['a code', ' h41.85-261127-0002 ', 'H41.85-261127-0002'],
  ['the address of the receipt', 'https://motcua.example/track?c=H41.85-261127-0002&s=ABCD-EFGH', 'H41.85-261127-0002'],
  [
    'an address that an input method spoilt',
    'https://môtcua.ẽample/trảck?c=H41.85-261127-0002&s=ÂBCD',
    'H41.85-261127-0002',
  ],
  ['an encoded code', 'https://motcua.example/track?s=X&c=H41.85%2F1', 'H41.85/1'],
  ['what cannot be decoded', '?c=%E0%A4%A', '%E0%A4%A'],
  ['nothing', '  ', null],
])('%s', (_, typed, code) => {
  expect(typedCode(typed)).toBe(code);
});
