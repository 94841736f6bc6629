import { useTranslation } from 'react-i18next';
import { Notice } from '../parts/states';

export function NotFound() {
  const { t } = useTranslation('frame');
  return <Notice title={t('not-found.title')}>{t('not-found.text')}</Notice>;
}
