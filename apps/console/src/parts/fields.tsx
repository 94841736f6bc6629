import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { directoryQuery, reasonsQuery } from '../api/reads';
import type { Language } from '../words/words';

/** What every field of a form has. `name` is the field's path in the request; errors are given in words. */
interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly error?: string | undefined;
  readonly required?: boolean;
}

/** The element of a field, for the links of the error summary. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

interface ChoiceFieldProps extends FieldProps {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Of a filter: nothing chosen is no filter. */
  readonly isFilter?: boolean;
}

/** One of a list. */
export function ChoiceField({ options, isFilter = false, ...field }: ChoiceFieldProps) {
  const { t } = useTranslation('frame');
  return (
    <NativeSelect
      {...inputProps(field)}
      data={[{ value: '', label: t(isFilter ? 'form.all' : 'form.choose') }, ...options]}
      onChange={(event) => field.change(event.currentTarget.value)}
    />
  );
}

/** Why something is done: a code of the office's list of reasons, shown in the reader's language. */
export function ReasonField(field: Omit<FieldProps, 'label'> & { readonly label?: string }) {
  const { t, i18n } = useTranslation('frame');
  const { data: reasons } = useQuery(reasonsQuery);
  const options = reasons?.map(({ code, text }) => ({ value: code, label: text[i18n.language as Language] })) ?? [];
  return <ChoiceField label={t('form.reason')} {...field} options={options} />;
}

/** An official in a post, of those who hold one now. The value is `officialId|postId`. */
export function HolderField(field: FieldProps) {
  const { i18n } = useTranslation('frame');
  const { data } = useQuery(directoryQuery);
  const nameOf = (
    list: readonly { readonly id: string; readonly name: string }[] | undefined,
    id: string | undefined,
  ) => list?.find((one) => one.id === id)?.name ?? id ?? '';
  const byName = new Intl.Collator(i18n.language).compare;
  const options = (data?.held ?? [])
    .map(({ officialId, postId }) => {
      const post = data?.posts.find(({ id }) => id === postId);
      const place = `${post?.name ?? postId}, ${nameOf(data?.offices, post?.officeId)}`;
      return { value: `${officialId}|${postId}`, label: `${nameOf(data?.officials, officialId)} (${place})` };
    })
    .sort((one, other) => byName(one.label, other.label));
  return <ChoiceField {...field} options={options} />;
}

/** A day, typed. */
export function DayField(field: FieldProps) {
  const { t } = useTranslation('frame');
  return (
    <TextInput
      {...inputProps(field)}
      description={t('form.date')}
      inputMode="numeric"
      autoComplete="off"
      maw={220}
      onChange={(event) => field.change(event.currentTarget.value)}
    />
  );
}

/** A day and a time, typed; the value is both with a blank between them. */
export function MomentField({ name, label, value, change, error, required = false }: FieldProps) {
  const { t } = useTranslation('frame');
  const [day = '', time = ''] = value.split(' ');
  const shared = { inputMode: 'numeric', autoComplete: 'off' } as const;
  return (
    <Group align="start" gap="xs" role="group" aria-label={label}>
      <TextInput
        {...shared}
        id={fieldId(name)}
        label={label}
        description={t('form.date')}
        value={day}
        error={error}
        withAsterisk={required}
        aria-required={required}
        onChange={(event) => change(`${event.currentTarget.value.replaceAll(' ', '')} ${time}`)}
      />
      <TextInput
        {...shared}
        label={t('form.time-of-day')}
        description={t('form.time')}
        value={time}
        withAsterisk={required}
        aria-required={required}
        onChange={(event) => change(`${day} ${event.currentTarget.value.replaceAll(' ', '')}`)}
      />
    </Group>
  );
}

/** Text of one line. */
export function TextField(field: FieldProps & { readonly description?: string; readonly maxLength?: number }) {
  return (
    <TextInput
      {...inputProps(field)}
      description={field.description}
      maxLength={field.maxLength ?? 200}
      autoComplete="off"
      onChange={(event) => field.change(event.currentTarget.value)}
    />
  );
}

/** The asterisk is for eyes and `aria-required` for ears; the browser's own bubbles would speak its language, not ours. */
function inputProps({ name, label, value, error, required = false }: FieldProps) {
  return { id: fieldId(name), label, value, error, withAsterisk: required, 'aria-required': required };
}
