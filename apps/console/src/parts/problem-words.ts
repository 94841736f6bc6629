import type { TFunction } from 'i18next';
import { Problem } from '../api/problem';

/** A refusal in the reader's words where we have them for its code; else what the service said, which is English. */
export function problemWords(
  t: TFunction<'frame'>,
  error: unknown,
): { readonly title: string; readonly detail: string | null } {
  if (!(error instanceof Problem))
    return { title: t('problem.unknown'), detail: error instanceof Error ? error.message : null };
  const known = t(`problem.${error.code}`, { defaultValue: '' });
  if (known !== '') return { title: known, detail: null };
  return { title: t('problem.other', { code: error.code }), detail: error.detail === '' ? null : error.detail };
}
