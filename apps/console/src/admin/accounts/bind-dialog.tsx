import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call';
import { directoryQuery } from '../../api/reads';
import { Dialog, SubmitOrCancel } from '../../parts/dialog';
import { ErrorSummary } from '../../parts/error-summary';
import { ChoiceField, TextField } from '../../parts/fields';
import { Failed } from '../../parts/states';

const empty = { officialId: '', issuer: '', subject: '' };
const names = ['officialId', 'issuer', 'subject'] as const;

/** Says which official somebody is whom another sign-in service knows. */
export function BindDialog({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('admin-accounts');
  const { data: directory } = useQuery(directoryQuery);
  const [values, setValues] = useState(empty);
  const [isAsked, setIsAsked] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isSending, setIsSending] = useState(false);
  const missing = isAsked ? names.filter((name) => values[name].trim() === '') : [];
  const errorOf = (name: (typeof names)[number]) => (missing.includes(name) ? t('frame:form.required') : undefined);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsAsked(true);
    if (names.some((name) => values[name].trim() === '')) return;
    setIsSending(true);
    try {
      await call('/api/accounts/identities', { method: 'POST', body: values });
      close();
    } catch (problem) {
      setRefusal(problem);
      setIsSending(false);
    }
  };
  const set = (name: (typeof names)[number]) => (value: string) => setValues({ ...values, [name]: value });
  return (
    <Dialog title={t('bind')} close={close}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <ErrorSummary
            errors={missing.map((name) => ({ name, label: t(`binding.${name}`), text: t('frame:form.required') }))}
          />
          {refusal !== null && <Failed error={refusal} />}
          <Text size="sm">{t('bind-about')}</Text>
          <ChoiceField
            name="officialId"
            label={t('binding.officialId')}
            required
            value={values.officialId}
            error={errorOf('officialId')}
            options={(directory?.officials ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            change={set('officialId')}
          />
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
          <SubmitOrCancel label={t('bind-yes')} isSending={isSending} cancel={close} />
        </Stack>
      </form>
    </Dialog>
  );
}
