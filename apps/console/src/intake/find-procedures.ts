import type { Localized } from '../api/views';

/** What a procedure is found by. */
interface Named {
  readonly code: string;
  readonly names: Localized;
}

/**
 * The procedures that typed text may mean, the likeliest first: by the beginning of their code or name, by the first letters of
 * the words (`dkks` for Đăng ký khai sinh), or by words in any order. Marks, `đ` and case make no difference: whoever types
 * quickly types without them. Without text it is all of them.
 */
export function proceduresFound<One extends Named>(
  procedures: readonly One[],
  text: string,
  language: keyof Localized,
): readonly One[] {
  const wanted = plain(text).trim();
  const byName = new Intl.Collator(language).compare;
  return procedures
    .map((procedure) => ({ procedure, rank: rankOf(procedure, wanted, language) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort(
      (one, other) => one.rank - other.rank || byName(one.procedure.names[language], other.procedure.names[language]),
    )
    .map(({ procedure }) => procedure);
}

const NOT_FOUND = 4;

function rankOf({ code, names }: Named, wanted: string, language: keyof Localized): number {
  const name = plain(names[language]);
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  if (plain(code).startsWith(wanted)) return 0;
  if (name.startsWith(wanted)) return 1;
  const initials = words.map((word) => word[0]).join('');
  if (wanted.length > 1 && initials.includes(wanted)) return 2;
  return wanted.split(/\s+/).every((part) => words.some((word) => word.startsWith(part))) ? 3 : NOT_FOUND;
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}
