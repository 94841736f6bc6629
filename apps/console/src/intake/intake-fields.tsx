import { List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryQuery } from '../api/reads';
import type { ProcedureInForce } from '../api/views';
import type { FieldError } from '../parts/error-summary';
import { ChoiceField, TextField } from '../parts/fields';
import { optionsOf } from '../parts/options';
import { PapersInput } from '../papers/papers-input';
import { Loading } from '../parts/states';
import { languageNames, languages, type Language } from '../words/words';
import { papersToMark, type IntakeDraft, type TypedField } from './intake-draft';
import { ProcedureField } from './procedure-field';

const EFormFields = lazy(() => import('../e-form/e-form-fields'));

interface IntakeFieldsProps {
  readonly procedures: readonly ProcedureInForce[];
  readonly procedure: ProcedureInForce | null;
  readonly draft: IntakeDraft;
  readonly keep: (draft: IntakeDraft) => void;
  readonly errors: readonly FieldError[];
}

const ofApplicant = [
  { name: 'applicant.name', required: true, maxLength: 200 },
  { name: 'applicant.phone', required: false, maxLength: 20 },
  { name: 'applicant.identityNumber', required: false, maxLength: 20 },
  { name: 'applicant.email', required: false, maxLength: 200 },
  { name: 'applicant.address', required: false, maxLength: 500 },
] as const;

/** Every field of an intake, in the order of the talk at the desk: what it is, who it is, what lies there. */
export function IntakeFields({ procedures, procedure, draft, keep, errors }: IntakeFieldsProps) {
  const { t, i18n } = useTranslation(['intake', 'papers']);
  const { values, papers, answers } = draft;
  const errorOf = (name: string) => errors.find((one) => one.name === name)?.text;
  const set = (name: TypedField, value: string) => keep({ ...draft, values: { ...values, [name]: value } });
  // Papers are those of the procedure: another one asks for others.
  const choose = (code: string) =>
    keep({ ...draft, papers: {}, answers: {}, values: { ...values, procedureCode: code, about: '' } });
  const field = (name: TypedField) => ({
    name,
    label: t(`field.${name}`),
    value: values[name],
    change: (value: string) => set(name, value),
    error: errorOf(name),
  });
  return (
    <Stack gap="sm">
      <div className="motcua-two">
        <ProcedureField procedures={procedures} chosen={procedure} choose={choose} error={errorOf('procedureCode')} />
        <ChoiceField {...field('channel')} required options={channelsOf(procedure).map(channelOption)} />
      </div>
      {procedure && procedure.kind !== 'service' && (
        <AboutField {...field('about')} required={procedure.kind === 'complaint'} />
      )}
      <Title order={2} size="h5">
        {t('applicant')}
      </Title>
      <div className="motcua-two motcua-halves">
        {ofApplicant.map(({ name, ...rest }) => (
          <TextField key={name} {...field(name)} {...rest} />
        ))}
        <ChoiceField
          {...field('language')}
          required
          options={languages.map((one) => ({ value: one, label: languageNames[one] }))}
        />
      </div>
      {procedure && (
        <>
          <Title order={2} size="h5">
            {t('papers:title')}
          </Title>
          <Checks procedure={procedure} />
          <PapersInput
            papers={papersToMark(procedure, i18n.language as Language)}
            marks={papers}
            change={(next) => keep({ ...draft, papers: next })}
            errorOf={errorOf}
          />
        </>
      )}
      {procedure?.eForm && (
        <>
          <Title order={2} size="h5">
            {t('e-form:title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('e-form:hint')}
          </Text>
          <Suspense fallback={<Loading />}>
            <EFormFields
              questions={procedure.eForm}
              typed={answers}
              change={(next) => keep({ ...draft, answers: next })}
              errorOf={errorOf}
            />
          </Suspense>
        </>
      )}
    </Stack>
  );

  function channelOption(channel: string) {
    return { value: channel, label: t(`channel.${channel}`) };
  }
}

/** What whoever takes it in compares and asks, by the procedure. */
function Checks({ procedure: { checklist } }: { readonly procedure: ProcedureInForce }) {
  const { i18n } = useTranslation('intake');
  return (
    <List size="sm">
      {checklist.map((one) => (
        <List.Item key={one.vi}>{one[i18n.language as Language]}</List.Item>
      ))}
    </List>
  );
}

/** What came online has its own way in: it is accepted or refused, not taken in at the desk. */
function channelsOf(procedure: ProcedureInForce | null): readonly string[] {
  return (procedure?.channels ?? ['desk', 'post', 'e-mail']).filter((one) => one !== 'online');
}

/** Whom a complaint or petition is about. The value is `official|<id>` or `office|<id>`. */
function AboutField(field: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly error: string | undefined;
  readonly required: boolean;
}) {
  const { i18n } = useTranslation('intake');
  const { data } = useQuery(directoryQuery);
  const options = (kind: string, list: readonly { readonly id: string; readonly name: string }[] = []) =>
    optionsOf(list, i18n.language).map(({ value, label }) => ({ value: `${kind}|${value}`, label }));
  return (
    <ChoiceField {...field} options={[...options('office', data?.offices), ...options('official', data?.officials)]} />
  );
}
