import { Stack } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../api/commands';
import { Dialog, SubmitOrCancel } from './dialog';
import { ErrorSummary } from './error-summary';
import { ReasonField } from './fields';
import { Failed } from './states';
import { useSending } from './use-sending';

interface DeclineDialogProps {
  readonly send: (decision: Decision) => Promise<void>;
  readonly close: () => void;
  readonly done: () => void;
}

/** Says no to a proposal, and why: its proposer reads the reason where the proposal stands. */
export function DeclineDialog({ send, close, done }: DeclineDialogProps) {
  const { t } = useTranslation('approvals');
  const [key] = useState(() => crypto.randomUUID());
  const [reasonCode, setReasonCode] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { isSending, refusal, run } = useSending();
  const error = isMissing ? t('frame:form.required-choice') : undefined;
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsMissing(reasonCode === '');
    if (reasonCode === '') return;
    await run(async () => {
      await send({ verb: 'decline', body: { reasonCode }, key });
      done();
      close();
    });
  };
  return (
    <Dialog title={t('decline')} close={close}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <ErrorSummary
            errors={error === undefined ? [] : [{ name: 'reasonCode', label: t('frame:form.reason'), text: error }]}
          />
          {refusal !== null && <Failed error={refusal} />}
          <ReasonField name="reasonCode" value={reasonCode} change={setReasonCode} error={error} required />
          <SubmitOrCancel label={t('decline')} isSending={isSending} cancel={close} />
        </Stack>
      </form>
    </Dialog>
  );
}
