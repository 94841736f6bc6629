import { moneyInWords } from './money';

/** Amount and code stand in one line, with a blank that does not break. */
const said = (text: string) => text.replaceAll(' ', '\u00a0');

test('an amount of a currency without a smaller unit is written as it is counted', () => {
  expect(moneyInWords(500_000, 'VND', 'vi')).toBe(said('500.000 VND'));
  expect(moneyInWords(500_000, 'VND', 'en')).toBe(said('VND 500,000'));
});

test('cents become what the currency is counted in', () => {
  expect(moneyInWords(1_250, 'EUR', 'de')).toBe(said('12,50 EUR'));
  expect(moneyInWords(5, 'EUR', 'vi')).toBe(said('0,05 EUR'));
});
