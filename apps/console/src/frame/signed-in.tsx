import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../parts/states';
import { SESSION_CHANNEL } from './sign-in-again';

/** The end of signing in again in a window of its own: tells the others, which go on, and closes. */
export function SignedIn() {
  const { t } = useTranslation('frame');
  useEffect(() => {
    new BroadcastChannel(SESSION_CHANNEL).postMessage('signed-in');
    window.close();
  }, []);
  return <Notice title={t('signed-in.title')}>{t('signed-in.text')}</Notice>;
}
