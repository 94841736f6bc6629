import { Stack, Text } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, SubmitOrCancel } from '../../parts/dialog';
import { ErrorSummary } from '../../parts/error-summary';
import { OfficialField, TextField } from '../../parts/fields';
import { ActRefusal, TakesTwo } from './act-words';
import type { AccountProposal } from './accounts-query';
import { useAct, type AccountActDone } from './use-act';

const fields = {
  binding: ['officialId', 'issuer', 'subject'],
  barring: ['issuer', 'subject'],
} as const;
type Field = (typeof fields)['binding'][number];

interface IdentityDialogProps {
  readonly act: keyof typeof fields;
  readonly close: () => void;
  readonly done: (done: AccountActDone) => void;
  readonly proposed: (proposal: AccountProposal) => void;
}

/** Says which official somebody is whom another sign-in service knows, or that they are let in as nobody. */
export function IdentityDialog({ act, close, done, proposed }: IdentityDialogProps) {
  const { t } = useTranslation('admin-accounts');
  const [values, setValues] = useState<Readonly<Record<Field, string>>>({ officialId: '', issuer: '', subject: '' });
  const [isAsked, setIsAsked] = useState(false);
  const { isProposal, isSending, refusal, send } = useAct(act, { done, proposed });
  const missing = fields[act].filter((name) => values[name].trim() === '');
  const errorOf = (name: Field) =>
    isAsked && missing.some((one) => one === name) ? t('frame:form.required') : undefined;
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsAsked(true);
    if (missing.length > 0) return;
    const key = { issuer: values.issuer.trim(), subject: values.subject.trim() };
    await send(act === 'binding' ? { act, officialId: values.officialId, ...key } : { act, ...key });
  };
  const set = (name: Field) => (value: string) => setValues({ ...values, [name]: value });
  return (
    <Dialog title={t(`identity.${act}`)} close={close}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <ErrorSummary
            errors={(isAsked ? missing : []).map((name) => ({
              name,
              label: t(`binding.${name}`),
              text: t('frame:form.required'),
            }))}
          />
          <ActRefusal refusal={refusal} />
          <Text size="sm">{t(`identity.${act}-about`)}</Text>
          {act === 'binding' && (
            <OfficialField
              name="officialId"
              label={t('binding.officialId')}
              required
              value={values.officialId}
              error={errorOf('officialId')}
              change={set('officialId')}
            />
          )}
          {(['issuer', 'subject'] as const).map((name) => (
            <TextField
              key={name}
              name={name}
              label={t(`binding.${name}`)}
              description={t(`binding-about.${name}`)}
              required
              maxLength={255}
              value={values[name]}
              error={errorOf(name)}
              change={set(name)}
            />
          ))}
          {isProposal && <TakesTwo />}
          <SubmitOrCancel
            label={t(isProposal ? 'propose' : `identity.${act}-yes`)}
            isSending={isSending}
            cancel={close}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
