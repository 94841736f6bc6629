import { useTranslation } from 'react-i18next';
import { Notice } from '../parts/states';

/** There is none, or it is not for the reader's eyes: which of the two is told to nobody. */
export function NoSuchDossier({ code }: { readonly code: string | null }) {
  const { t } = useTranslation('dossier');
  return <Notice title={code ?? t('no-code')}>{t('frame:problem.DOSSIER_NOT_FOUND')}</Notice>;
}
