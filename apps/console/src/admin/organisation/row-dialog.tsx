import { Checkbox, Stack, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery, proceduresQuery } from '../../api/reads';
import { Dialog, SubmitOrCancel } from '../../parts/dialog';
import { ErrorSummary } from '../../parts/error-summary';
import { ChoiceField, DayField, TextField } from '../../parts/fields';
import { optionsOf } from '../../parts/options';
import type { Edit, KeyedRow, Organisation } from './edits';
import {
  firstPostFields,
  idFrom,
  mistakesIn,
  rowFields,
  rowOf,
  valuesOf,
  type FormPart,
  type Reader,
  type RowField,
  type Values,
} from './fields';
import { useRowWords, type RowWords } from './row-words';

const roles = ['clerk', 'official', 'head', 'auditor', 'administrator', 'migrator'] as const;
const mandateActions = ['decide', 'sign-apology', 'approve-exception'] as const;

interface RowDialogProps {
  readonly part: FormPart;
  /** Null for a new one. */
  readonly keyed: KeyedRow | null;
  readonly organisation: Organisation;
  /** What the preview found wrong, by field. */
  readonly wrong: Readonly<Record<string, string>>;
  readonly edit: (...edits: readonly Edit[]) => void;
  readonly close: () => void;
}

/** The form of one office, post, person, tenure ... It changes the edits; nothing is saved by it. */
export function RowDialog({ part, keyed, organisation, wrong, edit, close }: RowDialogProps) {
  const { t, i18n } = useTranslation('admin-organisation');
  const { data: me } = useSuspenseQuery(meQuery);
  const reader = { timeZone: me.timeZone, language: i18n.language };
  const isNew = keyed === null;
  const isNewOfficial = isNew && part === 'officials';
  const fields = isNewOfficial ? [...rowFields.officials, ...firstPostFields] : rowFields[part];
  const [values, setValues] = useState(() => valuesOf(fields, keyed?.row ?? null, reader));
  const [errors, setErrors] = useState(wrong);
  const words = useRowWords(organisation);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = values['postId']
      ? fields.map((field) => ({ ...field, required: field.required || field.name === 'from' }))
      : fields;
    const mistakes = Object.entries(mistakesIn(asked, values)).map(
      ([name, one]) => [name, t(`mistake.${one}`)] as const,
    );
    setErrors(Object.fromEntries(mistakes));
    if (mistakes.length > 0) return;
    const made = rowOf(rowFields[part], withId(values, part, organisation), keyed?.row ?? null, reader);
    const change: Edit = {
      part,
      key: keyed?.key ?? `new ${crypto.randomUUID()}`,
      before: keyed?.row ?? null,
      after: made,
    };
    edit(change, ...(isNewOfficial ? firstTenure(made, values, reader) : []));
    close();
  };
  return (
    <Dialog title={t(isNew ? `add.${part}` : `change.${part}`)} close={close} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <ErrorSummary
            errors={Object.entries(errors).map(([name, text]) => ({ name, label: words.label(part, name), text }))}
          />
          {fields.map((field) => (
            <RowInput
              key={field.name}
              field={field}
              isFixed={!isNew && field.kind === 'id'}
              label={words.label(part, field.name)}
              value={values[field.name] ?? ''}
              error={errors[field.name]}
              organisation={organisation}
              words={words}
              change={(value) => setValues({ ...values, [field.name]: value })}
            />
          ))}
          <Text size="sm" c="dimmed">
            {t('not-saved-yet')}
          </Text>
          <SubmitOrCancel label={t('take')} cancel={close} />
        </Stack>
      </form>
    </Dialog>
  );
}

/** Things with a name have an id of their own; who types none gets one made of the name. */
function withId(values: Values, part: FormPart, organisation: Organisation): Values {
  if (part !== 'offices' && part !== 'posts' && part !== 'officials') return values;
  if (values['id']?.trim()) return values;
  const taken = new Set(organisation[part].map(({ id }) => id));
  return { ...values, id: idFrom(values['name'] ?? '', taken) };
}

function firstTenure(official: Readonly<Record<string, unknown>>, values: Values, reader: Reader): readonly Edit[] {
  if (!values['postId']) return [];
  const tenure = rowOf(rowFields.tenures, { ...values, officialId: String(official['id']) }, null, reader);
  return [{ part: 'tenures', key: `new ${crypto.randomUUID()}`, before: null, after: tenure }];
}

interface RowInputProps {
  readonly field: RowField;
  readonly isFixed: boolean;
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly organisation: Organisation;
  readonly words: RowWords;
  readonly change: (value: string) => void;
}

function RowInput({ field, isFixed, label, value, error, organisation, words, change }: RowInputProps) {
  const { t, i18n } = useTranslation('admin-organisation');
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const { name, kind, required = false } = field;
  const input = { name, label, value, error, required, change };
  const description = t(`hint.${name}`, { defaultValue: '' });
  const choice = (ids: readonly string[], say: (id: string) => string) => (
    <ChoiceField
      {...input}
      description={description}
      options={optionsOf(
        ids.map((id) => ({ id, name: say(id) })),
        i18n.language,
      )}
    />
  );
  const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  switch (kind) {
    case 'office':
      return choice(idsOf(organisation.offices), (id) => words.field('office', id));
    case 'post':
      return choice(idsOf(organisation.posts), words.post);
    case 'official':
      return choice(idsOf(organisation.officials), words.official);
    case 'procedure': {
      const codes = (procedures ?? []).map(({ code }) => code);
      // One that is not in force any more stays what it is.
      return choice([...new Set([...codes, value])].filter(Boolean), (code) => words.field(kind, code));
    }
    case 'mandate-action':
      return choice(mandateActions, (action) => words.field(kind, action));
    case 'day':
    case 'last-day':
      return <DayField {...input} />;
    case 'roles':
      return <RolesInput label={label} value={value} change={change} />;
    case 'id':
      return isFixed ? (
        <Text size="sm">
          {label}: <code>{value}</code>
        </Text>
      ) : (
        <TextField {...input} description={t('id-made')} />
      );
    case 'name':
    case 'text':
    case 'phone':
    case 'code-prefix':
      return <TextField {...input} description={description} />;
  }
}

function RolesInput({ label, value, change }: Pick<RowInputProps, 'label' | 'value' | 'change'>) {
  const { t } = useTranslation('admin-organisation');
  return (
    <Checkbox.Group
      label={label}
      value={value === '' ? [] : value.split(' ')}
      onChange={(chosen) => change(chosen.join(' '))}
    >
      <Stack gap={6} mt={6}>
        {roles.map((role) => (
          <Checkbox key={role} value={role} label={t(`role-about.${role}`)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
