import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { reasonsQuery } from '../api/reads';
import type { Language } from '../words/words';

/** Says a reason in the reader's words; by its code where the catalogue has none for it, as for an office's own. */
export function useReasonWords(): <Code extends string | null>(code: Code) => Code | string {
  const { i18n } = useTranslation();
  const { data: reasons } = useQuery(reasonsQuery);
  return (code) => reasons?.find((one) => one.code === code)?.text[i18n.language as Language] ?? code;
}
