import { Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call';
import { Dialog, SubmitOrCancel } from '../../parts/dialog';
import { ChoiceField } from '../../parts/fields';
import { Failed, Loading } from '../../parts/states';
import { useSending } from '../../parts/use-sending';
import { letterQuery, type Consumer, type Letter } from './letters-query';

export type LetterAct = 'show' | 'resend' | 'discard';

/** Why a message is discarded; journalled, with who does it. */
const reasons = ['foreign', 'damaged', 'superseded', 'drill'] as const;

interface LetterDialogProps {
  readonly consumer: Consumer;
  readonly letter: Letter;
  readonly act: LetterAct;
  readonly close: () => void;
  readonly done: () => void;
}

/** Shows a message, or lets its dossier go on: without it once the cause is mended, or because the message is nobody's. */
export function LetterDialog({ consumer, letter, act, close, done }: LetterDialogProps) {
  const { t } = useTranslation('admin-dead-letters');
  return (
    <Dialog title={t(`act.${act}`)} close={close} size="lg">
      {act === 'show' ? (
        <Shown consumer={consumer} letter={letter} />
      ) : (
        <Decided consumer={consumer} letter={letter} act={act} close={close} done={done} />
      )}
    </Dialog>
  );
}

function Shown({ consumer, letter }: Pick<LetterDialogProps, 'consumer' | 'letter'>) {
  const { t } = useTranslation('admin-dead-letters');
  const { data, error, refetch } = useQuery(letterQuery(consumer, letter.id));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Stack gap="xs">
      <Text size="sm">
        {t('sha256')}: <code>{data.sha256}</code>
      </Text>
      <Code block tabIndex={0} mah={360} className="motcua-region">
        {data.value}
      </Code>
    </Stack>
  );
}

function Decided({
  consumer,
  letter,
  act,
  close,
  done,
}: Omit<LetterDialogProps, 'act'> & { readonly act: 'resend' | 'discard' }) {
  const { t } = useTranslation('admin-dead-letters');
  const [reasonCode, setReasonCode] = useState('');
  const [isUnsaid, setIsUnsaid] = useState(false);
  const { isSending, refusal, run } = useSending();
  const isMissing = act === 'discard' && reasonCode === '';
  const submit = async () => {
    setIsUnsaid(isMissing);
    if (isMissing) return;
    await run(async () => {
      const body = act === 'discard' ? { reasonCode } : {};
      await call(`/api/${consumer}/dead-letters/${letter.id}/${act}`, { method: 'POST', body });
      done();
      close();
    });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        {refusal !== null && <Failed error={refusal} />}
        <Text>{t(`${act}-about`)}</Text>
        {act === 'discard' && (
          <ChoiceField
            name="reasonCode"
            label={t('reason-label')}
            required
            value={reasonCode}
            change={setReasonCode}
            error={isUnsaid ? t('frame:form.required-choice') : undefined}
            options={reasons.map((code) => ({ value: code, label: t(`reason.${code}`) }))}
          />
        )}
        <SubmitOrCancel label={t(`act.${act}`)} isSending={isSending} cancel={close} />
      </Stack>
    </form>
  );
}
