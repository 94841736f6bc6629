import { plain } from '../parts/plain';
import type { Language } from '../words/words';

/**
 * The procedures that typed text may mean, the likeliest first: by the beginning of their code or name, by the first letters of
 * the words (`dkks` for Đăng ký khai sinh), or by words in any order. Marks, `đ` and case make no difference: whoever types
 * quickly types without them. Without text it is all of them.
 */
export function proceduresFound<One extends { readonly code: string }>(
  procedures: readonly One[],
  text: string,
  nameOf: (procedure: One) => string,
  language: Language,
): readonly One[] {
  const wanted = plain(text).trim();
  const byName = new Intl.Collator(language).compare;
  return procedures
    .map((procedure) => {
      const name = nameOf(procedure);
      return { procedure, name, rank: rankOf(procedure.code, name, wanted) };
    })
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort((one, other) => one.rank - other.rank || byName(one.name, other.name))
    .map(({ procedure }) => procedure);
}

const NOT_FOUND = 4;

function rankOf(code: string, called: string, wanted: string): number {
  const name = plain(called);
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  if (plain(code).startsWith(wanted)) return 0;
  if (name.startsWith(wanted)) return 1;
  const initials = words.map((word) => word[0]).join('');
  if (wanted.length > 1 && initials.includes(wanted)) return 2;
  return wanted.split(/\s+/).every((part) => words.some((word) => word.startsWith(part))) ? 3 : NOT_FOUND;
}
