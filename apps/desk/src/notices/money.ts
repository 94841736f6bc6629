import type { Language } from '#contracts';

/** An amount of a currency's smallest unit, with the currency's code, which every alphabet has: `500.000 VND`. */
export function moneyInWords(amountMinor: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'code' });
  const { maximumFractionDigits = 0 } = format.resolvedOptions();
  return format.format(amountMinor / 10 ** maximumFractionDigits).replaceAll('\u00a0', ' ');
}
