import { Button, Group, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signInAddress, signInAgainAddress, type Session } from '../api/session';
import { giveUp, type WhySignIn } from '../api/signed-out';
import { Dialog } from '../parts/dialog';
import { SESSION_CHANNEL, resume } from './sign-in-again';

interface SignInAgainProps {
  readonly session: Session;
  readonly why: WhySignIn;
}

/**
 * The session has ended, or what was sent needs a newer sign-in; the page stays as it is behind this dialog, and what was sent
 * waits for it.
 */
export default function SignInAgain({ session, why }: SignInAgainProps) {
  const { t } = useTranslation('frame');
  const [isStillOut, setIsStillOut] = useState(false);
  const check = () => void resume(session, why).catch(() => setIsStillOut(true));
  const onSignedIn = useEffectEvent(check);
  useEffect(() => {
    const channel = new BroadcastChannel(SESSION_CHANNEL);
    channel.onmessage = () => onSignedIn();
    return () => channel.close();
  }, []);
  const isOver = why === 'session-over';
  const address = isOver ? signInAddress('/signed-in') : signInAgainAddress('/signed-in');
  return (
    <Dialog title={t(isOver ? 'again.title' : 'again.title-lately')} close={isOver ? null : giveUp}>
      <Text>{t(isOver ? 'again.text' : 'again.text-lately', { name: session.official.name })}</Text>
      <Group mt="md">
        <Button component="a" href={address} target="_blank" rel="opener" data-autofocus>
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
