import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../../api/reads';
import { Dialog } from '../../parts/dialog';
import { Failed } from '../../parts/states';
import { onAccount, type Account, type Invitation } from './accounts-query';

/** What can be done to an account; each is the end of its path. */
export type AccountChange = 'invitation' | 'disabling' | 'enabling' | 'sessions/end';

interface ChangeDialogProps {
  readonly account: Account;
  readonly change: AccountChange;
  readonly close: () => void;
  readonly done: () => void;
  readonly invited: (officialId: string, invitation: Invitation) => void;
}

/** Says what will happen to whom, and does it upon a yes. */
export function ChangeDialog({ account, change, close, done, invited }: ChangeDialogProps) {
  const { t } = useTranslation('admin-accounts');
  const names = useNames();
  const [error, setError] = useState<unknown>(null);
  const [isSending, setIsSending] = useState(false);
  const { officialId, username } = account;
  const send = async () => {
    setIsSending(true);
    try {
      const said = await onAccount<unknown>(officialId, change);
      if (change === 'invitation') {
        invited(officialId, said as Invitation);
        return;
      }
      done();
      close();
    } catch (problem) {
      setError(problem);
      setIsSending(false);
    }
  };
  return (
    <Dialog title={t(`change.${change}.act`)} close={close}>
      <Stack gap="sm">
        {error !== null && <Failed error={error} />}
        <Text>{t(`change.${change}.about`, { who: names.official(officialId), username })}</Text>
        <Group>
          <Button loading={isSending} onClick={() => void send()} data-autofocus>
            {t(`change.${change}.yes`)}
          </Button>
          <Button variant="default" onClick={close}>
            {t('frame:cancel')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
