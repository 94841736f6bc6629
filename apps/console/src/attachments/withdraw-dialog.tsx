import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendCommand } from '../api/commands';
import type { Attachment } from '../api/views';
import { Dialog, SubmitOrCancel } from '../parts/dialog';
import { ChoiceField } from '../parts/fields';
import { Failed } from '../parts/states';
import { useSending } from '../parts/use-sending';

/** Why a file is taken back. */
const reasons = ['wrong-file', 'wrong-dossier', 'illegible', 'twice'] as const;

interface WithdrawDialogProps {
  readonly dossierId: string;
  readonly attachment: Attachment;
  readonly close: () => void;
}

/** Takes a file back, and says what that does and does not do. */
export function WithdrawDialog({ dossierId, attachment, close }: WithdrawDialogProps) {
  const { t } = useTranslation('attachments');
  const [key] = useState(() => crypto.randomUUID());
  const [reasonCode, setReasonCode] = useState('');
  const [isUnsaid, setIsUnsaid] = useState(false);
  const send = useSendCommand();
  const { isSending, refusal, run } = useSending();
  const submit = async () => {
    setIsUnsaid(reasonCode === '');
    if (reasonCode === '') return;
    const path = `attachments/${attachment.attachmentId}/withdrawal`;
    await run(async () => {
      await send({ dossierId, path, body: { reasonCode }, etag: null, key });
      close();
    });
  };
  return (
    <Dialog title={t('withdraw')} close={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          {refusal !== null && <Failed error={refusal} />}
          <Text size="sm">{t('withdraw-about', { name: attachment.name ?? t('erased') })}</Text>
          <ChoiceField
            name="reasonCode"
            label={t('why')}
            required
            value={reasonCode}
            change={setReasonCode}
            error={isUnsaid ? t('why-missing') : undefined}
            options={reasons.map((code) => ({ value: code, label: t(`reason.${code}`) }))}
          />
          <SubmitOrCancel label={t('withdraw')} isSending={isSending} cancel={close} />
        </Stack>
      </form>
    </Dialog>
  );
}
