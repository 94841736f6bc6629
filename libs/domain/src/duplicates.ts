/** By what a dossier is recognised as one that came before. */
export const duplicateReasons = ['identity-number', 'phone', 'name'] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

/** What an applicant is recognised by. */
export interface Recognisable {
  readonly name: string;
  readonly phone: string | null;
  readonly identityNumber: string | null;
}

/**
 * The texts by which the same applicant with the same procedure is found again, however they were typed: one each for identity
 * number, phone and name. Two dossiers that share one are likely, not certainly, the same.
 */
export function recognisedBy(
  procedureCode: string,
  { name, phone, identityNumber }: Recognisable,
): readonly { readonly why: DuplicateReason; readonly text: string }[] {
  const said = {
    'identity-number': plainIdentity(identityNumber ?? ''),
    phone: nationalNumber(phone ?? ''),
    name: plainName(name),
  };
  return duplicateReasons.flatMap((why) =>
    said[why] === '' ? [] : [{ why, text: JSON.stringify([why, procedureCode, said[why]]) }],
  );
}

/** What somebody is searched by; one of the three. */
export type SearchedBy = { readonly [By in 'name' | 'phone' | 'identityNumber']?: string | undefined };

/** The texts by which an applicant is found whatever they handed in; a name also as it is typed without its diacritics. */
export function foundBy({ name, phone, identityNumber }: Recognisable): readonly string[] {
  return [
    searchText('identity-number', plainIdentity(identityNumber ?? '')),
    searchText('phone', nationalNumber(phone ?? '')),
    searchText('name', plainName(name)),
    searchText('bare-name', withoutDiacritics(plainName(name))),
  ].filter((text) => text !== null);
}

/** The text that a search looks for among those of {@link foundBy}; null where it says nothing. A bare name finds every spelling. */
export function searchedText({ name = '', phone = '', identityNumber = '' }: SearchedBy): string | null {
  const plain = plainName(name);
  const isBare = withoutDiacritics(plain) === plain;
  return (
    searchText('identity-number', plainIdentity(identityNumber)) ??
    searchText('phone', nationalNumber(phone)) ??
    searchText(isBare ? 'bare-name' : 'name', plain)
  );
}

function searchText(kind: DuplicateReason | 'bare-name', value: string): string | null {
  return value === '' ? null : JSON.stringify(['search', kind, value]);
}

function plainIdentity(identityNumber: string): string {
  return identityNumber.replace(/\s/g, '').toUpperCase();
}

function plainName(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** The letter đ has no mark that could be taken off. */
function withoutDiacritics(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd');
}

/** Digits alone, and Viet Nam's country code (84) as the leading zero it stands for. */
function nationalNumber(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  const isInternational = phone.trim().startsWith('+') || digits.startsWith('00');
  return isInternational ? digits.replace(/^(00)?84/, '0') : digits;
}
