import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../parts/dialog';
import { ActRefusal, TakesTwo } from './act-words';
import type { AccountProposal } from './accounts-query';
import { useAct, type AccountAct, type AccountActDone } from './use-act';

interface ActDialogProps {
  readonly act: Exclude<AccountAct, { readonly act: 'opening' | 'binding' }>;
  /** Whose account or identity it is, in words. */
  readonly who: string;
  readonly close: () => void;
  readonly done: (done: AccountActDone) => void;
  readonly proposed: (proposal: AccountProposal) => void;
}

/** Says what will happen to whom, and does or proposes it upon a yes. */
export function ActDialog({ act, who, close, done, proposed }: ActDialogProps) {
  const { t } = useTranslation('admin-accounts');
  const { isProposal, isSending, refusal, send } = useAct(act.act, { done, proposed });
  return (
    <Dialog title={t(`change.${act.act}.act`)} close={isSending ? null : close}>
      <Stack gap="sm">
        <ActRefusal refusal={refusal} />
        <Text className="motcua-breaking">{t(`change.${act.act}.about`, { who })}</Text>
        {isProposal && <TakesTwo />}
        <Group>
          <Button loading={isSending} onClick={() => void send(act)} data-autofocus>
            {t(isProposal ? 'propose' : `change.${act.act}.yes`)}
          </Button>
          <Button variant="default" onClick={close} disabled={isSending}>
            {t('frame:cancel')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
