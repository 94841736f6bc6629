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
    'identity-number': identityNumber?.replace(/\s/g, '').toUpperCase() ?? '',
    phone: phone === null ? '' : nationalNumber(phone),
    name: name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase(),
  };
  return duplicateReasons.flatMap((why) =>
    said[why] === '' ? [] : [{ why, text: JSON.stringify([why, procedureCode, said[why]]) }],
  );
}

/** Digits alone, and Viet Nam's country code (84) as the leading zero it stands for. */
function nationalNumber(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  const isInternational = phone.trim().startsWith('+') || digits.startsWith('00');
  return isInternational ? digits.replace(/^(00)?84/, '0') : digits;
}
