export const searchKinds = ['code', 'name', 'phone', 'identityNumber'] as const;
/** By what desk searches; each is a field of the request. */
export type SearchKind = (typeof searchKinds)[number];

/** Of a code at least the day and the number: `261126-0001`. */
const code = /\d{6}-\d+$/;
/** A mobile or fixed line, with its 0 or its country code. */
const phone = /^(\+\d{8,14}|0\d{9,10})$/;
/** Twelve digits, nine of the old card, or a passport. */
const identityNumber = /^(\d{12}|\d{9}|[A-Z]\d{7,8})$/;

/** What typed text most likely is: whoever searches should not have to say it. What is none of the numbers is a name. */
export function kindOf(text: string): SearchKind {
  const said = text.trim().toUpperCase();
  const digits = said.replaceAll(/[ .-]/g, '');
  if (code.test(said)) return 'code';
  if (phone.test(digits)) return 'phone';
  return identityNumber.test(digits) ? 'identityNumber' : 'name';
}

/** The request of a search. */
export function searchOf(kind: SearchKind, text: string): Readonly<Partial<Record<SearchKind, string>>> {
  const said = text.trim();
  return { [kind]: kind === 'code' ? said.toUpperCase() : said };
}
