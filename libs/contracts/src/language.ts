import { record, text } from './schema';

/** The languages in which offices speak to people. */
export const languages = ['vi', 'en', 'de'] as const;
export type Language = (typeof languages)[number];

/** A text for people, in each language. */
export type Localized = { readonly [L in Language]: string };

export const localizedSchema = record<Localized>({ vi: text, en: text, de: text });

/** A text that is the same in every language. */
export function inEveryLanguage(same: string): Localized {
  return { vi: same, en: same, de: same };
}

/** A name as an older form has it, one text for all languages; everything else as it is, for a schema to judge. */
export function asLocalized(given: unknown): unknown {
  return typeof given === 'string' ? inEveryLanguage(given) : given;
}
