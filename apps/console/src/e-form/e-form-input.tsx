import { Fieldset, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldId } from '../parts/fields';
import { Failed, Loading } from '../parts/states';
import type { TypedAnswers } from './answers';
import { useEForm } from './use-e-form';

const EFormFields = lazy(() => import('./e-form-fields'));

interface EFormInputProps {
  readonly dossierId: string;
  readonly name: string;
  readonly label: string;
  readonly typed: TypedAnswers;
  readonly change: (typed: TypedAnswers) => void;
  readonly errorOf: (name: string) => string | undefined;
}

/** The answers of a dossier's e-form, to be corrected: all of them, by the form that was answered. */
export function EFormInput({ dossierId, name, label, typed, change, errorOf }: EFormInputProps) {
  const { t } = useTranslation('e-form');
  const { data, error, refetch } = useEForm(dossierId, { enabled: true });
  const mistake = errorOf(name);
  return (
    <Fieldset legend={<b>{label}</b>} id={fieldId(name)} tabIndex={-1}>
      {mistake !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)">
          {mistake}
        </Text>
      )}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.questions === null && <Text size="sm">{t('none')}</Text>}
      {data?.questions && (
        <Suspense fallback={<Loading />}>
          <EFormFields questions={data.questions} typed={typed} change={change} errorOf={errorOf} />
        </Suspense>
      )}
    </Fieldset>
  );
}
