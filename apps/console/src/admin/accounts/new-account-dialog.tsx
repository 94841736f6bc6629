import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryQuery } from '../../api/reads';
import { Dialog, SubmitOrCancel } from '../../parts/dialog';
import { ErrorSummary } from '../../parts/error-summary';
import { ChoiceField, OfficialField, TextField } from '../../parts/fields';
import { languageNames, languages, type Language } from '../../words/words';
import { ActRefusal, TakesTwo } from './act-words';
import type { Account, AccountProposal } from './accounts-query';
import { useAct, type AccountActDone } from './use-act';

/** As the gateway takes it. */
const usernameForm = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,99}$/u;

interface NewAccountDialogProps {
  readonly accounts: readonly Account[];
  readonly close: () => void;
  readonly done: (done: AccountActDone) => void;
  readonly proposed: (proposal: AccountProposal) => void;
}

/** An account for somebody of the organisation who has none; what comes of it is the link for their password. */
export function NewAccountDialog({ accounts, close, done, proposed }: NewAccountDialogProps) {
  const { t } = useTranslation('admin-accounts');
  const { data: directory } = useQuery(directoryQuery);
  const [officialId, setOfficialId] = useState('');
  const [username, setUsername] = useState('');
  const [language, setLanguage] = useState<string>('vi');
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const { isProposal, isSending, refusal, send } = useAct('opening', { done, proposed });
  const known = new Set(accounts.map((account) => account.officialId));
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong = {
      ...(officialId === '' && { officialId: t('frame:form.required-choice') }),
      ...(!usernameForm.test(username.trim()) && { username: t('username-wrong') }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    await send({ act: 'opening', officialId, username: username.trim(), language });
  };
  const labels: Readonly<Record<string, string>> = { officialId: t('person'), username: t('username') };
  return (
    <Dialog title={t('new')} close={close}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <ErrorSummary
            errors={Object.entries(errors).map(([name, text]) => ({ name, label: labels[name] ?? name, text }))}
          />
          <ActRefusal refusal={refusal} />
          {directory?.officials.every(({ id }) => known.has(id)) && <Text size="sm">{t('all-have-one')}</Text>}
          <OfficialField
            name="officialId"
            label={t('person')}
            required
            value={officialId}
            error={errors['officialId']}
            isMeant={(id) => !known.has(id)}
            change={(id) => {
              setOfficialId(id);
              setUsername(id);
            }}
          />
          <TextField
            name="username"
            label={t('username')}
            description={t('username-about')}
            required
            maxLength={100}
            value={username}
            error={errors['username']}
            change={setUsername}
          />
          <ChoiceField
            name="language"
            label={t('language')}
            value={language}
            options={languages.map((one: Language) => ({ value: one, label: languageNames[one] }))}
            change={(chosen) => setLanguage(chosen === '' ? 'vi' : chosen)}
          />
          <Text size="sm" c="dimmed">
            {t('new-about')}
          </Text>
          {isProposal && <TakesTwo />}
          <SubmitOrCancel label={t(isProposal ? 'propose' : 'new-yes')} isSending={isSending} cancel={close} />
        </Stack>
      </form>
    </Dialog>
  );
}
