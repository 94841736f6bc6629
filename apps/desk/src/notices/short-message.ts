/** The alphabet of an SMS in which a character takes seven bits (3GPP TS 23.038, default alphabet and its extension). */
const oneSeptet =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const twoSeptets = '^{}\\[~]|€';

/** Whether a text goes out as one SMS: 160 characters of its own alphabet, or 70 of any. */
export function fitsOneMessage(text: string): boolean {
  const septets = Array.from(text, (character): number => {
    if (oneSeptet.includes(character)) return 1;
    return twoSeptets.includes(character) ? 2 : Infinity;
  });
  return septets.reduce((sum, each) => sum + each, 0) <= 160 || text.length <= 70;
}

/** Vietnamese as people type it on telephones: `Hồ sơ đã có` becomes `Ho so da co`. */
export function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}
