import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * The rules that people meet, by how services write them against a field (in English, for programs), and the word of each. What a
 * form asks before it sends anything is not among them.
 */
const rules: readonly (readonly [RegExp, string])[] = [
  [/^(is missing|must be sent|should not be empty|must be answered|must say how many|must be said)/, 'missing'],
  [/working day/, 'working-day'],
  [/must not lie in the future/, 'not-future'],
  [/must lie after the present appointment/, 'after-appointment'],
  [/must lie after now/, 'after-now'],
  [/must not lie before the first receipt/, 'after-first-receipt'],
  [/must lie (before the end|after its beginning)/, 'period'],
  [/this dossier has none$/, 'no-appointment'],
  [
    /holds the dossier already|is what the dossier is handled under already|is linked as .* already|was asked for before/,
    'already',
  ],
  [/stands twice|each value once/, 'twice'],
  [/must be of another office|must be another dossier/, 'another'],
  [/did not hold the post|is not a post of|nobody receives online/, 'not-in-post'],
  [/is not an office of/, 'not-an-office'],
  [/is not an official of/, 'not-an-official'],
  [/nobody is known|none is known of this dossier/, 'no-applicant'],
  [/is not a step of/, 'not-a-step'],
  [/charged$|paid and not given back$/, 'amount'],
  [/fee of this dossier already/, 'fee-twice'],
  [/only law makes silence a consent/, 'legal-basis'],
  [/no petition and no complaint|is a complaint$|one official or one office/, 'about'],
  [/control character/, 'plain-text'],
  [/(?:shorter than or equal to|at most) (?<most>\d+) characters/, 'too-long'],
  [/(?:longer than or equal to|at least) (?<least>\d+) characters/, 'too-short'],
  [/not be (?:less than) (?<least>-?\d+)$/, 'at-least'],
  [/not be (?:greater than) (?<most>-?\d+)$/, 'at-most'],
  [/whole number|integer number|must be a number/, 'number'],
  [/must be a day/, 'day'],
  [/phone/, 'phone'],
  [/email/, 'email'],
];

/** The word for a rule, and what is filled in there; a general one where none of the rules above is meant. */
export function ruleMeant(rule: string): { readonly word: string; readonly values: Readonly<Record<string, string>> } {
  for (const [pattern, word] of rules) {
    const found = pattern.exec(rule);
    if (found) return { word, values: { ...found.groups } };
  }
  return { word: 'other', values: {} };
}

/** Says what a service holds against a field, in the reader's words. */
export function useRuleWords(): (rule: string) => string {
  const { t } = useTranslation('frame');
  return useCallback(
    (rule) => {
      const { word, values } = ruleMeant(rule);
      return t(`rule.${word}`, values);
    },
    [t],
  );
}
