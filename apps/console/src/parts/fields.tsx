import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { directoryQuery, reasonsQuery, useNames } from '../api/reads';
import type { Language } from '../words/words';
import { optionsOf, type Option } from './options';
import { Failed } from './states';

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
  readonly options: readonly Option[];
  readonly description?: string;
  /** Of a filter: nothing chosen is no filter. */
  readonly isFilter?: boolean;
}

/** One of a list. */
export function ChoiceField({ options, description, isFilter = false, ...field }: ChoiceFieldProps) {
  const { t } = useTranslation('frame');
  return (
    <NativeSelect
      {...inputProps(field)}
      description={description}
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

interface OfficialFieldProps extends Omit<ChoiceFieldProps, 'options'> {
  readonly isMeant?: (officialId: string) => boolean;
}

/** An official, of all or of those who are meant. Where the directory cannot be had that is said: an empty list would lie. */
export function OfficialField({ isMeant = () => true, ...field }: OfficialFieldProps) {
  const { i18n } = useTranslation('frame');
  const { data, error, refetch } = useQuery(directoryQuery);
  if (!data && error) return <Failed error={error} retry={() => void refetch()} />;
  const meant = (data?.officials ?? []).filter(({ id }) => isMeant(id));
  return <ChoiceField {...field} options={optionsOf(meant, i18n.language)} />;
}

/** An official in a post, of those who hold one now. The value is `officialId|postId`. */
export function HolderField(field: FieldProps) {
  const { i18n } = useTranslation('frame');
  const names = useNames();
  const { data, error, refetch } = useQuery(directoryQuery);
  if (!data && error) return <Failed error={error} retry={() => void refetch()} />;
  const holders = (data?.held ?? []).map(({ officialId, postId }) => {
    const post = data?.posts.find(({ id }) => id === postId);
    const place = post ? `${post.name}, ${names.office(post.officeId)}` : postId;
    return { id: `${officialId}|${postId}`, name: `${names.official(officialId)} (${place})` };
  });
  return <ChoiceField {...field} options={optionsOf(holders, i18n.language)} />;
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
