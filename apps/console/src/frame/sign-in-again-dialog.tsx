import { Button, Group, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signInAddress, type Session } from '../api/session';
import { Dialog } from '../parts/dialog';
import { SESSION_CHANNEL, resume } from './sign-in-again';

/** The session has ended; the page stays as it is behind this dialog, and what was sent waits for the new sign-in. */
export default function SignInAgain({ session }: { readonly session: Session }) {
  const { t } = useTranslation('frame');
  const [isStillOut, setIsStillOut] = useState(false);
  const check = () => void resume(session).catch(() => setIsStillOut(true));
  const onSignedIn = useEffectEvent(check);
  useEffect(() => {
    const channel = new BroadcastChannel(SESSION_CHANNEL);
    channel.onmessage = () => onSignedIn();
    return () => channel.close();
  }, []);
  return (
    <Dialog title={t('again.title')} close={null}>
      <Text>{t('again.text', { name: session.official.name })}</Text>
      <Group mt="md">
        <Button component="a" href={signInAddress('/signed-in')} target="_blank" rel="opener" data-autofocus>
          {t('again.open')}
        </Button>
        <Button variant="default" onClick={check}>
          {t('again.check')}
        </Button>
      </Group>
      <Text role="status" mt="xs" size="sm">
        {isStillOut ? t('again.still-out') : ''}
      </Text>
    </Dialog>
  );
}
