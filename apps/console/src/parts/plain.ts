/** A text as it is compared: without marks, `đ` and capitals, as people type who type quickly. */
export function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}
