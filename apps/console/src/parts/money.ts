import type { Language } from '../words/words';

/** An amount of a currency's smallest unit, with the currency's code, as the desk's letters have it: `500.000 VND`. */
export function moneyInWords(amountMinor: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'code' });
  const { maximumFractionDigits = 0 } = format.resolvedOptions();
  return format.format(amountMinor / 10 ** maximumFractionDigits);
}
