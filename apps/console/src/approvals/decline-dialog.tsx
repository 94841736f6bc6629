import { Stack } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendDecision } from '../api/commands';
import type { Approval } from '../api/views';
import { Dialog, SubmitOrCancel } from '../parts/dialog';
import { ErrorSummary } from '../parts/error-summary';
import { ReasonField } from '../parts/fields';
import { Failed } from '../parts/states';

interface DeclineDialogProps {
  readonly approval: Approval;
  readonly close: () => void;
  readonly done: () => void;
}

/** Says no to a proposal, and why: its proposer reads the reason on the dossier's page. */
export function DeclineDialog({ approval, close, done }: DeclineDialogProps) {
  const { t } = useTranslation('approvals');
  const send = useSendDecision();
  const [key] = useState(() => crypto.randomUUID());
  const [reasonCode, setReasonCode] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const error = isMissing ? t('frame:form.required-choice') : undefined;
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsMissing(reasonCode === '');
    if (reasonCode === '') return;
    setIsSending(true);
    try {
      await send({ approval, verb: 'decline', body: { reasonCode }, key });
      done();
      close();
    } catch (problem) {
      setRefusal(problem);
    } finally {
      setIsSending(false);
    }
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
