import { recognisedBy } from './index';

const an = { name: 'Nguyễn Văn An', phone: '0912 345 678', identityNumber: '040099001234' };
const procedureCode = '1.012786';

test.each([
  ['as typed', an],
  ['the phone with the country code', { ...an, phone: '+84 912345678' }],
  ['the phone as dialled from abroad', { ...an, phone: '0084 912 345 678' }],
  ['the name in capitals, with spaces too many', { ...an, name: ' NGUYỄN  VĂN AN ' }],
  ['the name in decomposed letters', { ...an, name: an.name.normalize('NFD') }],
  ['the number in groups', { ...an, identityNumber: '0400 9900 1234' }],
])('the same applicant is recognised: %s', (_, typed) => {
  expect(recognisedBy(procedureCode, typed)).toEqual(recognisedBy(procedureCode, an));
});

test('other people, and other procedures, share nothing', () => {
  const texts = (applicant: typeof an, code = procedureCode) => recognisedBy(code, applicant).map(({ text }) => text);
  const other = { name: 'Nguyễn Văn Ân', phone: '0912345679', identityNumber: '040099001235' };

  expect(texts(an).filter((text) => texts(other).includes(text))).toEqual([]);
  expect(texts(an).filter((text) => texts(an, '1.005129').includes(text))).toEqual([]);
});

test('what was not said recognises nobody, and a phone that looks like a number is no number', () => {
  expect(recognisedBy(procedureCode, { name: 'An', phone: null, identityNumber: null }).map(({ why }) => why)).toEqual([
    'name',
  ]);
  const [number, phone] = recognisedBy(procedureCode, { ...an, phone: '040099001234' });
  expect(number?.text).not.toBe(phone?.text);
});
